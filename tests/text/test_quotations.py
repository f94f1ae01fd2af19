from itertools import groupby
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text.kinds import Kind
from workbench.text.quotations import quote_groups
from workbench.text.segmenting import segment


def groups(text):
    return quote_groups(text, segment(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("He left. She stayed.", [None, None]),
        ('"We left," he said. "We did."', [None, None]),
        ('"We left. We ran," he said. She stayed.', [0, 0, None]),
        ("“We left. We ran. We hid,” he said. “Go. Now.”", [0, 0, 0, 1, 1]),
        ("“They said „go“ to us. We went,” he said.", [0, 0]),
        ("„Wir gehen. Wir bleiben nicht.“ Er ging.", [0, 0, None]),
        ("»Vi gik. Vi løb.« Han gik.", [0, 0, None]),
        ("”Vi gick. Vi sprang.” Han gick.", [0, 0, None]),
        ("‘We’ve left. We ran,’ he said. She stayed.", [0, 0, None]),
        ('He said: "It is over. We lost.\n"We lost it all.\nShe left.', [0, 0, 0, None]),
        ('He said: "It is over. We lost.\nShe left.', [0, 0, None]),
        ("The ship’s crew” left. They ran.", [None, None]),
    ],
)
def test_sentences_in_one_open_quotation_are_linked(text, expected):
    assert groups(text) == expected


def test_a_heading_is_in_no_quotation():
    assert groups("“The bridge\nIt fell. It is gone.”") == [None, None, None]


MARKS = st.lists(st.sampled_from(['"', "“", "”", "„", "«", "»", "A. ", "b", "\n", " "])).map(
    "".join
)
TEXTS = st.one_of(MARKS, st.text(st.characters(exclude_categories=["Cs"])))


@given(TEXTS)
def test_groups_run_in_order_and_hold_neighbours(text):
    found = groups(text)
    numbers = [number for number in found if number is not None]

    assert len(found) == len(segment(text))
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(set(numbers))))
    assert all(found.count(number) > 1 for number in set(numbers))


@given(TEXTS)
def test_a_group_is_one_run_of_segments(text):
    found = groups(text)
    runs = [number for number, _ in groupby(found) if number is not None]

    assert len(runs) == len(set(runs))


@given(st.lists(st.sampled_from(["“A b c.", "Menu", "D e f.”", '"', "SHOW MORE", "By Ana Roth"])))
def test_a_group_holds_body_and_standfirst_only(lines):
    text = "\n".join(lines)
    segments = segment(text)

    for found, group in zip(segments, quote_groups(text, segments), strict=True):
        assert group is None or found.kind in {Kind.BODY, Kind.STANDFIRST}


@pytest.mark.parametrize("unit", ['"', "“", '“A. "B. ', "» a. ", "‘"])
def test_time_grows_no_faster_than_the_marks(unit):
    def seconds(count):
        text = f"He left. {unit * count} Ann went off. Then Bob stayed. Nobody came."
        segments = segment(text)
        start = process_time()
        quote_groups(text, segments)
        return process_time() - start

    # Quadratic work would take a hundred times as long.
    assert min(seconds(40_000) for _ in range(2)) < (seconds(4_000) + 0.02) * 30
