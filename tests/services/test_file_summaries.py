"""Each of many files is told in a line."""

import json

import pytest

from workbench.formats import readers
from workbench.formats.labelled import Asked
from workbench.formats.readers import RecordFault
from workbench.services import labelled_previews, preparing, previewing
from workbench.services.choices import Choices
from workbench.services.counting import MOST_RECORDS
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
    assert (found.n_segments, found.is_counted, found.problems) == (3, True, "")


def test_of_many_records_all_are_counted_and_the_first_are_split():
    rows = "".join(f"It rained {n}.\n" for n in range(1_000))
    found = told("a.csv", f"text\n{rows}".encode())
    assert (found.n_articles, found.n_refused, found.is_counted) == (1_000, 0, True)
    assert (found.n_split, found.n_segments) == (RECORDS, None)


def test_the_count_ends_at_a_bound_and_says_so():
    line = b'{"text": "It rained."}\n'
    whole, cut = (told("a.jsonl", line * n) for n in (MOST_RECORDS, MOST_RECORDS + 1))
    assert (whole.n_articles, whole.is_counted) == (MOST_RECORDS, True)
    assert (cut.n_articles, cut.is_counted) == (MOST_RECORDS, False)


RECORDS_OF_MANY_KINDS = [
    b'{"text": "It rained."}\n' * 2 + b'{"text": 3}\n' * 6,
    b'{"text": 3}\n' * 30 + b'{"text": "It rained."}\n' * 70,
    b'{"text": "It rained."}\n' * 50 + b'{"text": " "}\n' * 3,
    b'{"text": "It rained."}\n',
]


@pytest.mark.parametrize("data", RECORDS_OF_MANY_KINDS)
def test_the_page_of_a_file_says_the_same_numbers_and_the_import_does_so(data):
    source = Source("a.jsonl", lambda: data)
    line, page = told("a.jsonl", data), previewing.look(source, limits=readers.BROWSER).counted
    came = [isinstance(each, RecordFault) for each in preparing.articles(source)]
    assert (line.n_articles, line.n_refused) == (page.n_articles, page.n_refused)
    assert (line.n_articles, line.n_refused) == (came.count(False), came.count(True))


def test_a_file_that_breaks_off_behind_its_first_records_is_refused_as_its_import_is():
    data = b"[" + b'{"text": "It rained."}, ' * 100 + b'{"text"'
    found = told("a.json", data)
    assert found.n_articles == 0
    assert found.problems


def test_how_many_more_are_refused_is_told():
    found = told("a.jsonl", RECORDS_OF_MANY_KINDS[0])
    assert found.problems.startswith("line 3:")
    assert found.problems.endswith("; and 5 more refused")


def test_a_labelled_file_is_counted_as_its_page_counts_it():
    record = {"text": "A boat left.", "accept": ["claim"], "answer": "accept"}
    data = "\n".join(json.dumps(record | {"text": f"Boat {n} left."}) for n in range(300)).encode()
    page = labelled_previews.look(
        Source("a.jsonl", lambda: data), known=KNOWN, limits=readers.BROWSER
    )
    assert told("a.jsonl", data).n_articles == page.n_texts == 300


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
