import gzip
import io
import zipfile

import pytest

from workbench.formats.readers import ArticleRecord, ReaderError, headers, read
from workbench.formats.readers.encodings import OFFERED, known

TEXT = "Łódź reopened its quay. Nobody in Kraków had asked, she said."
FILES = {
    "a.txt": TEXT,
    "a.md": TEXT,
    "a.csv": f"text\r\n{TEXT}\r\n",
    "a.tsv": f"text\ttitle\n{TEXT}\tŁódź\n",
    "a.jsonl": f'{{"text": "{TEXT}"}}\n',
    "a.json": f'[{{"text": "{TEXT}"}}]',
    "a.html": f"<html><head><meta charset=utf-8><title>Quay</title></head><body><article>"
    f"<p>{TEXT}</p><p>{TEXT}</p></article></body></html>",
}


def first(name, data, encoding):
    (record,) = list(read(name, data, encoding=encoding))
    assert isinstance(record, ArticleRecord)
    return record


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2", "utf-16"])
def test_the_encoding_that_a_person_chose_is_used(name, encoding):
    assert TEXT in first(name, FILES[name].encode(encoding), encoding).text


@pytest.mark.parametrize("name", FILES)
def test_a_choice_counts_before_what_the_bytes_seem_to_be(name):
    assert TEXT in first(name, FILES[name].encode(), "utf-8").text
    assert TEXT not in first(name, FILES[name].encode(), "mac-roman").text


def test_the_choice_goes_for_what_is_packed_too():
    data = FILES["a.txt"].encode("cp1250")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/a.txt", data)
    assert first("a.zip", packed.getvalue(), "cp1250").text == TEXT
    assert first("a.txt.gz", gzip.compress(data), "cp1250").text == TEXT


def test_the_names_of_columns_are_read_in_the_chosen_encoding():
    data = "treść,tytuł\nx,y\n".encode("cp1250")
    assert headers("a.csv", data, encoding="cp1250") == ("treść", "tytuł")


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.html"])
def test_bytes_that_are_none_of_the_chosen_encoding_are_refused_in_words(name):
    with pytest.raises(ReaderError, match="not valid UTF-8 text"):
        list(read(name, FILES[name].encode("cp1250"), encoding="utf-8"))


@pytest.mark.parametrize("name", ["", "klingon", "rot13", "zlib", "unicode_escape", "a\0b", "idna"])
def test_what_is_no_encoding_of_texts_is_refused(name):
    with pytest.raises(ReaderError, match="no such encoding"):
        known(name)


@pytest.mark.parametrize("name", OFFERED)
def test_every_encoding_that_is_offered_is_known_by_its_own_name(name):
    assert known(name) == name
