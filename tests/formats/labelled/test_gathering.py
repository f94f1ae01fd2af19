"""Records of an export are met article by article, in whatever order a file has them."""

import json
from collections import Counter
from itertools import groupby

import orjson
import pytest
from exported import record
from hypothesis import given
from hypothesis import strategies as st

from workbench.formats.labelled import Asked, LabelledFault, is_gathered, read
from workbench.formats.labelled.gathering import gathered

ASKED = Asked(labels={"claim": "Claim"})


def line(name, start, text="It was."):
    end = start + len(text)
    one = record(id=f"{name}:{start}-{end}", article_id=name, start=start, end=end, text=text)
    return orjson.dumps(one) + b"\n"


def found(data):
    return list(read("a.jsonl", data, "jsonl", ASKED))


def test_records_that_follow_each_other_are_gathered():
    data = line("a", 0) + line("a", 9) + b"\n" + line("b", 0)

    assert is_gathered("a.jsonl", data, "jsonl")


@pytest.mark.parametrize(
    "data",
    [
        line("a", 0) + line("b", 0) + line("a", 9),
        line("a", 0) + b'{"schema": 1}\n' + line("a", 9),
        line("a", 0) + b"no JSON\n",
    ],
)
def test_an_article_that_comes_again_or_cannot_be_told_is_not(data):
    assert not is_gathered("a.jsonl", data, "jsonl")


def test_white_space_between_the_words_of_a_file_makes_no_difference():
    spaced = [
        json.dumps(orjson.loads(line(name, start)), indent=None, separators=(" , ", " : "))
        for name, start in [("a", 0), ("a", 9), ("b", 0)]
    ]

    assert is_gathered("a.jsonl", "\n".join(spaced).encode(), "jsonl")


def test_a_text_that_looks_like_an_article_is_a_text():
    text = '"article":{"id":"b"}'
    data = line("a", 0, text) + line("a", 90) + line("b", 0, text) + line("b", 90)

    assert is_gathered("a.jsonl", data, "jsonl")


def test_texts_of_other_tools_are_of_no_article():
    assert is_gathered("a.jsonl", b'{"text": "One.", "label": ["claim"]}\n', "doccano")


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 50)), max_size=40))
def test_all_that_was_read_comes_again_article_by_article_and_in_the_order_it_had(places):
    data = b"".join(line(name, 10 * start) for name, start in places) + b"no JSON\n"
    before = found(data)

    with gathered(before) as again:
        after = list(again())
        assert list(again()) == after

    names = ["" if isinstance(it, LabelledFault) else it.record.article.id for it in after]
    assert max(Counter(name for name, _ in groupby(names)).values()) == 1
    assert sorted(map(repr, after)) == sorted(map(repr, before))
    for name in set(names) - {""}:
        mine = [it for it in before if not isinstance(it, LabelledFault)]
        wanted = [it.where for it in mine if it.record.article.id == name]
        assert [it.where for it, of in zip(after, names, strict=True) if of == name] == wanted
