"""A preview tells what an import would make of a file, and stores nothing."""

import io
import json
import time

import pytest

from workbench.errors import InputError
from workbench.formats.readers import BROWSER, RecordFault
from workbench.services import preparing, previewing
from workbench.services.choices import Choices, chosen
from workbench.services.mappings import key
from workbench.services.preparing import Source
from workbench.services.previewing import FIRST, MOST_TEXT

POLISH = "Łódź ponownie otworzyła nabrzeże. Nikt w Krakowie o to nie pytał, powiedziała."


def look(name, data, *, known=None, **choices):
    return previewing.look(Source(name, lambda: data, Choices(**choices)), known=known)


def test_what_is_shown_is_what_would_be_stored():
    data = b"Quay reopens\n\nBy Ada Lin\n\nThe quay opened on Monday. Two ferries came in.\n"
    (one,) = look("quay.txt", data).looks
    assert one.prepared == preparing.prepare("quay.txt", data)
    assert one.kinds == {"headline": 1, "byline": 1, "body": 2}
    assert not one.is_cut
    assert one.changes == ()


def test_another_encoding_is_read_anew():
    data = POLISH.encode("cp1250")
    wrong, right = (look("a.txt", data, encoding=name).looks[0] for name in ("cp1252", "cp1250"))
    assert wrong.prepared.text != POLISH
    assert right.prepared.text == POLISH
    assert "not valid UTF-8" in look("a.txt", data, encoding="utf-8").refused


def test_mojibake_is_shown_with_its_difference_before_and_after_it_is_chosen():
    text = "The café reopened on Monday.".encode().decode("cp1252").encode()
    (offered,) = look("a.txt", text).looks
    (taken,) = look("a.txt", text, repairs_mojibake=True).looks
    assert offered.changes == taken.changes != ()
    assert "cafÃ©" in offered.prepared.text
    assert "café" in taken.prepared.text
    assert taken.prepared.raw == text


def test_of_a_file_of_many_the_first_are_looked_at_and_the_rest_is_not_read():
    lines = [json.dumps({"text": f"It rained on day {n}."}).encode() for n in range(200_000)]
    file = io.BytesIO(b"\n".join(lines))
    started = time.process_time()
    found = previewing.look(Source("a.jsonl", lambda: file), limits=BROWSER)
    assert time.process_time() - started < 2
    assert len(found.found) == FIRST
    assert found.has_more


@pytest.mark.parametrize(("n", "has_more"), [(FIRST - 1, False), (FIRST, False), (FIRST + 1, True)])
def test_whether_there_are_more_is_told(n, has_more):
    data = b"\n".join(b'{"text": "It rained."}' for _ in range(n))
    found = look("a.jsonl", data)
    assert len(found.found) == min(n, FIRST)
    assert found.has_more is has_more


def test_of_a_long_article_the_beginning_is_split():
    data = b"It rained all day in the old harbour, she said.\n" * 20_000
    started = time.process_time()
    (one,) = look("a.txt", data).looks
    assert time.process_time() - started < 3
    assert one.is_cut
    assert len(one.prepared.text) == MOST_TEXT


def test_bad_records_stand_among_the_good_ones():
    found = look("a.jsonl", b'{"text": "One."}\n{"text": NaN}\n{"text": "Two."}\n').found
    assert [isinstance(each, RecordFault) for each in found] == [False, True, False]
    assert found[1].where == "line 2"


@pytest.mark.parametrize("data", [b"", bytes(range(256)) * 20, b"%PDF-1.4 nothing"])
def test_a_file_that_cannot_be_read_is_told_in_one_line(data):
    found = look("a.txt", data)
    assert found.refused.splitlines() == [found.refused]
    assert found.found == ()


def test_a_source_that_is_not_there_is_told():
    def gone():
        message = "It cannot be read."
        raise InputError(message)

    assert previewing.look(Source("a.txt", gone)).refused == "It cannot be read."


def test_columns_are_guessed_remembered_or_chosen():
    data = b"Body,Head,Day\nIt rained.,Rain,2020-01-02\n"
    guessed = look("a.csv", data)
    assert guessed.headers == ("Body", "Head", "Day")
    assert guessed.mapping == {"text": "Body", "title": "Head"}
    known = {key(["Day", "Body", "Head"]): {"text": "Body", "published": "Day"}}
    before = look("a.csv", data, known=known)
    assert before.is_remembered
    assert before.looks[0].prepared.details.published == "2020-01-02"
    now = look("a.csv", data, known=known, mapping={"text": "Head"})
    assert not now.is_remembered
    assert now.looks[0].prepared.text == "Rain"


def test_the_columns_of_a_table_without_a_known_text_can_be_chosen():
    found = look("a.csv", b"col_a,col_b\nIt rained.,Rain\n")
    assert "known to hold the text" in found.refused
    assert found.headers == ("col_a", "col_b")


def test_what_is_remembered_is_used_by_an_import_too():
    data = b"Body,Head\nIt rained.,Rain\n"
    known = {key(["Body", "Head"]): {"text": "Head"}}
    (one,) = preparing.articles(Source("a.csv", lambda: data), known=known)
    assert one.text == "Rain"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"encoding": "klingon"}, "no such encoding"),
        ({"language": "12"}, "is no language"),
        ({"mapping": {"title": "a"}}, "column for the text"),
        ({"mapping": {"text": "a", "colour": "b"}}, "column for the text"),
        ({"details": {"published": "yesterday"}}, "is no date"),
    ],
)
def test_a_choice_that_is_none_is_refused_in_words(given, words):
    with pytest.raises(InputError, match=words):
        chosen(**given)


def test_choices_are_kept_as_they_are_stored():
    found = chosen(
        encoding="UTF8",
        language="pt-BR",
        details={"title": " Rain \n again ", "author": " ", "published": "16 October 2015"},
    )
    assert (found.encoding, found.language) == ("utf-8", "pt")
    assert found.details == {"title": "Rain again", "author": None, "published": "2015-10-16"}
