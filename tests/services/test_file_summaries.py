"""Each of many files is told in a line."""

import json

import pytest

from workbench.formats import readers
from workbench.formats.labelled import Asked
from workbench.services.choices import Choices
from workbench.services.file_summaries import RECORDS, summary
from workbench.services.preparing import Source

KNOWN = Asked(labels={"claim": "Claim"})
STORY = b"Quay reopens after the flood\n\nThe quay opened on Monday. Two ferries came in late.\n"


def told(name, data, **said):
    source = Source(name, lambda: data, Choices(**said))
    return summary(source, known=None, asked=KNOWN, limits=readers.BROWSER)


def test_an_article_is_told_by_what_was_found_in_it():
    found = told("quay.txt", STORY)
    assert (found.kind, found.encoding, found.language) == ("txt", "utf-8", "en")
    assert (found.title, found.n_articles) == ("Quay reopens after the flood", 1)
    assert (found.n_segments, found.has_more, found.problems) == (3, False, "")


def test_of_many_records_the_first_are_looked_at():
    rows = "".join(f"It rained {n}.\n" for n in range(RECORDS + 2))
    found = told("a.csv", f"text\n{rows}".encode())
    assert (found.n_articles, found.has_more) == (RECORDS, True)


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", "Das Café öffnet in São Tomé.".encode().decode("cp1252").encode(), "mojibake"),
        ("a.jsonl", b'{"text": "It rained."}\n{"text": \n', "line 2"),
    ],
)
def test_what_is_wrong_is_told(name, data, problem):
    assert problem in told(name, data).problems


def test_what_was_said_about_a_file_holds():
    assert told("a.txt", "Łódź otwarta.".encode("cp1250"), encoding="cp1250").encoding == "cp1250"


def test_a_labelled_file_says_how_many_of_its_labels_are_unknown():
    record = {"text": "A boat left.", "accept": ["ODD"], "answer": "accept"}
    found = told("a.jsonl", json.dumps(record).encode())
    assert (found.kind, found.n_articles) == ("labelled", 1)
    assert found.problems == "labels unknown here: 1"
