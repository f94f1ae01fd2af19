"""An article rebuilt from its records says the same of every sentence as they did."""

import pytest
from exported import record
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.formats.rebuilding import LOST, rebuild

words = st.text(st.sampled_from("ab .é😀"), min_size=1, max_size=6).filter(str.strip)
pieces = st.lists(
    st.tuples(
        words.map(str.strip),
        st.sampled_from(["body", "headline", "boilerplate"]),
        st.booleans(),  # in the queue
        st.booleans(),  # in the export
        st.sampled_from([" ", "\n\n"]),
    ),
    min_size=1,
    max_size=9,
)


def last_queued(found):
    """The nearest queued text before each."""
    last = None
    for text, is_queued in found:
        yield last
        last = text if is_queued else last


def exported(article):
    """The records of an article, as an export makes them."""
    flags = [(text, is_queued) for text, _, is_queued, _, _ in article]
    before = list(last_queued(flags))
    after = list(last_queued(flags[::-1]))[::-1]
    start, records = 0, []
    for position, (text, kind, _, is_in, space) in enumerate(article):
        if is_in:
            records.append(
                record(
                    text=text,
                    kind=kind,
                    start=start,
                    end=start + len(text),
                    position=position,
                    before=before[position],
                    after=after[position],
                )
            )
        start += len(text) + len(space)
    return records


@given(pieces)
def test_every_text_stands_in_its_place_in_order_and_nothing_is_outside(article):
    records = exported(article)
    rebuilt = rebuild(records)

    own = {one.record: one for one in rebuilt.segments if one.record is not None}
    assert sorted(own) == list(range(len(records)))
    for number, one in own.items():
        assert rebuilt.text[one.start : one.end] == records[number].text
        assert (one.start, one.end) == (records[number].start, records[number].end)
    ends = [0]
    for one in rebuilt.segments:
        assert not rebuilt.text[ends[-1] : one.start].strip()
        ends.append(one.end)
    assert ends == sorted(ends)
    assert not rebuilt.text[ends[-1] :].strip()


@given(pieces)
def test_a_whole_export_gives_every_number_and_neighbour_again(article):
    """Where all that was queued is in the export, as with `--labels all`."""
    whole = [(text, kind, on, on or is_in, space) for text, kind, on, is_in, space in article]
    distinct = [(f"{text}{n}", *rest) for n, (text, *rest) in enumerate(whole)]
    records = exported(distinct)
    rebuilt = rebuild(records)

    flags = [(rebuilt.text[one.start : one.end], one.is_queued) for one in rebuilt.segments]
    before = list(last_queued(flags))
    after = list(last_queued(flags[::-1]))[::-1]
    for position, one in enumerate(rebuilt.segments):
        if one.record is not None:
            was = records[one.record]
            assert (position, before[position]) == (was.position, was.before)
            assert after[position] == was.after


@given(pieces)
def test_neighbours_that_are_not_in_the_export_stand_where_they_were_quoted(article):
    distinct = [
        (f"{text}{n}", "body", True, *rest) for n, (text, _, _, *rest) in enumerate(article)
    ]
    records = exported(distinct)
    rebuilt = rebuild(records)

    texts = [rebuilt.text[one.start : one.end] for one in rebuilt.segments]
    for position, one in enumerate(rebuilt.segments):
        if one.record is not None:
            was = records[one.record]
            assert position == was.position
            assert (texts[position - 1] if position else None) == was.before
            assert (texts[position + 1] if position + 1 < len(texts) else None) == was.after


def test_what_is_only_known_to_have_been_there_is_a_sign_of_boilerplate():
    [lost, own] = rebuild([record(before=None, position=1)]).segments

    assert (lost.kind, lost.is_queued, lost.end - lost.start) == ("boilerplate", False, len(LOST))
    assert own.record == 0


@pytest.mark.parametrize(
    "records",
    [
        [record(end=45)],
        [record(start=-34, end=0)],
        [record(), record(start=20, end=54, position=2)],
        [record(), record(start=50, end=84, position=1)],
        [record(start=50, end=84), record(position=2)],
    ],
)
def test_records_that_do_not_fit_each_other_are_refused(records):
    with pytest.raises(InputError, match=r"does not fit|overlaps"):
        rebuild(records)
