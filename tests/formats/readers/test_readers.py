import gzip
import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests.formats.readers import making, reading
from workbench.formats import readers
from workbench.formats.readers import BROWSER, COMMAND, Limits, ReaderError, headers, read

TINY = Limits(file_bytes=100, records=2, archive_bytes=1_000, whole_bytes=50)


def test_a_stream_is_read_like_its_bytes_and_left_open(tmp_path):
    path: Path = tmp_path / "a.csv"
    path.write_bytes(b"text\nOne.\nTwo.\n")
    with path.open("rb") as file:
        found = list(read("a.csv", file))
        assert not file.closed

    assert found == list(read("a.csv", path.read_bytes()))


@pytest.mark.parametrize("kind", [".csv", ".jsonl", ".json", ".html", ".zip", ".pdf", ".parquet"])
def test_no_reader_closes_a_stream(kind, samples):
    file = io.BytesIO(samples[kind])
    list(read(f"a{kind}", file))

    assert not file.closed


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.txt", b"x" * 101, "command"),
        ("a.txt", b"x" * 51, "Split"),
        ("a.csv", b"text\na\nb\nc\n", "more than 2 records"),
        ("a.csv", b"text\n\n", "no article"),
        ("a.txt", b"", "empty"),
    ],
)
def test_a_file_beyond_the_limits_is_refused(name, data, word):
    assert word in reading.reason(name, data, TINY)


def test_records_come_one_by_one():
    found = read("a.csv", b"text\nOne.\nTwo.\n" + b"x\n" * 200_000)

    assert next(found).text == "One."


def test_the_limits_are_those_that_are_promised():
    assert (BROWSER.file_bytes, BROWSER.records) == (50_000_000, 100_000)
    assert (BROWSER.archive_bytes, COMMAND.archive_bytes) == (200_000_000, 2_000_000_000)
    assert (COMMAND.file_bytes, COMMAND.records) == (None, None)
    assert (BROWSER.members, BROWSER.member_bytes, BROWSER.ratio) == (20_000, 20_000_000, 100)
    assert (BROWSER.line, BROWSER.depth) == (1_000_000, 20)


def test_a_disk_that_fails_is_told():
    class Failing(io.BytesIO):
        def read(self, *size):
            raise OSError(5, "Input/output error")

    with pytest.raises(ReaderError, match="Input/output error"):
        list(read("a.csv", Failing(b"text\nOne.\n")))


@pytest.mark.parametrize("suffix", readers.SUFFIXES)
def test_every_suffix_has_a_reader(suffix, samples):
    assert readers.sniffing.suffix_of(f"a{suffix}") in samples


def test_every_sample_is_read_without_a_fault(samples):
    assert set(samples) == set(readers.READERS)
    for kind, data in samples.items():
        assert reading.records(f"a{kind}", data)


def test_columns_are_told_for_tables_only(samples):
    told = {kind for kind, data in samples.items() if headers(f"a.csv{kind}", data)}

    assert told == {".csv", ".tsv", ".jsonl", ".json", ".parquet", ".gz"}
    with pytest.raises(ReaderError, match="inside"):
        headers("a.zip.gz", gzip.compress(samples[".zip"]))


def test_reading_starts_without_the_heavy_libraries():
    code = (
        "import sys, workbench.formats.readers\n"
        "heavy = {'trafilatura', 'lxml', 'pypdfium2', 'pyarrow', 'chardet', 'pandas'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout == "[]\n"


def test_the_example_in_the_documentation_holds():
    assert reading.one("reports.csv", b"id,text\n1,The bridge was closed on Monday.\n").text
    assert making.BODY
