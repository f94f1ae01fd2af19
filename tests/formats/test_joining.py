import json

import pytest
from exported import record
from exporting_formats import download
from hypothesis import given
from hypothesis import strategies as st

from workbench.formats.joining import JoinFault, JoinText, join

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
ARTICLE = "Old pier shut. Boats left, he said. It rained."


def sentence(text=ARTICLE, start=15, end=35, **given):
    return record(text=text[start:end], start=start, end=end, id=f"a:{start}-{end}", **given)


def joined(lines, text=ARTICLE, title="Ferry stays in port"):
    articles = {record().article.id: JoinText(text, title)}
    return list(join(lines.splitlines(keepends=True), articles.get))


def test_records_come_back_whole():
    one = sentence(before="Old pier shut.", after="It rained.")
    assert joined(download("standoff", one)) == [one]


@given(before=TEXT, gap=TEXT, text=TEXT, after=TEXT, title=st.none() | TEXT)
def test_any_texts_come_back_equal(before, gap, text, after, title):
    start = len(before) + len(gap)
    article = f"{before}{gap}{text}{gap}{after}"
    one = sentence(
        article, start, start + len(text), before=before, after=after, article_title=title
    )
    lines = download("standoff", one).split(b"\n")
    articles = {one.article.id: JoinText(article, title)}
    (back,) = join(lines, articles.get)
    assert back == one


def test_a_standoff_export_holds_no_text_of_its_article():
    one = sentence(before="Old pier shut.", after="It rained.")
    line = download("standoff", one)
    for text in (one.text, one.before, one.after, one.article.title):
        assert text.encode() not in line
    assert "text" not in {type(value) for value in json.loads(line)["article"].values()}


def test_neighbours_that_are_not_there_stay_away():
    one = sentence(before=None, after=None)
    assert joined(download("standoff", one)) == [one]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"text": ARTICLE.replace("Boats", "Ships")}, "reads otherwise here"),
        ({"text": ARTICLE[:20]}, "reads otherwise here"),
        ({"text": ARTICLE.replace("rained", "snowed")}, "A sentence beside it"),
        ({"title": "Another"}, "reads otherwise here"),
    ],
)
def test_an_article_that_was_changed_is_told(given, reason):
    (fault,) = joined(download("standoff", sentence(before=None, after="It rained.")), **given)
    assert isinstance(fault, JoinFault)
    assert fault.where == "line 1"
    assert reason in fault.reason


def test_an_article_that_is_not_here_is_told_and_the_others_are_joined():
    away = sentence(article_id="ffff", before=None)
    here = sentence(before=None)
    fault, back = joined(download("standoff", away, here))
    assert "not here" in fault.reason
    assert back == here


@pytest.mark.parametrize(
    "change",
    [
        {"start": "1"},
        {"article": None},
        {"article": {"id": 3, "title": None}},
        {"article": {"id": "a"}},
        {"text": "words"},
        {"before": {"length": -1, "sha256": ""}},
        {"schema": "other"},
        {"labels": None},
    ],
)
def test_a_line_of_another_shape_is_told(change):
    values = json.loads(download("standoff", sentence(before=None, after=None))) | change
    (fault,) = joined(json.dumps(values).encode())
    assert isinstance(fault, JoinFault)


@pytest.mark.parametrize("line", [b"{oops", b"3", b"{}"])
def test_what_is_no_standoff_record_is_told_by_its_line(line):
    (fault,) = joined(b"\n\n" + line)
    assert fault.where == "line 3"
