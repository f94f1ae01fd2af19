"""What the JSONL writer wrote comes back as the same records; anything else is named."""

import orjson
import pytest
from exported import record
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.formats.record_lines import parse_record, parse_records


def line(**given):
    return orjson.dumps(record(**given), option=orjson.OPT_APPEND_NEWLINE)


def without(name):
    told = orjson.loads(line())
    del told[name]
    return orjson.dumps(told)


@given(text=st.text(st.characters(exclude_categories=["Cs"])), comment=st.text(max_size=20))
def test_any_text_comes_back(text, comment):
    try:
        comment.encode()
    except UnicodeEncodeError:
        comment = ""
    one = record(text=text, annotation_comment=comment)

    assert parse_record(orjson.dumps(one)) == one


def test_a_file_gives_its_records_in_order_and_passes_over_empty_lines():
    lines = [line(), b"\n", line(start=50, end=60)]

    assert [one.start for one in parse_records(lines, name="a.jsonl")] == [10, 50]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (b"{", "line 2 is not JSON"),
        (b"[]", "no record of an export"),
        (b'{"schema": "workbench.sentence/2"}', "workbench.sentence/1"),
        (without("votes"), 'lacks "votes"'),
        (
            orjson.dumps({**orjson.loads(line()), "article": 3}),
            '"article" is not what an export writes',
        ),
        (orjson.dumps({**orjson.loads(line()), "annotations": [{}]}), "annotation 1 lacks"),
        (
            orjson.dumps({**orjson.loads(line()), "labels": "claim"}),
            '"labels" is not what an export writes',
        ),
    ],
)
def test_what_is_no_record_is_named_by_file_and_line(bad, words):
    with pytest.raises(InputError) as refused:
        list(parse_records([line(), bad], name="a.jsonl"))

    assert "a.jsonl, line 2" in str(refused.value)
    assert words in str(refused.value)
