"""What a browser sends is taken as text that both databases hold, or not at all."""

import math

import pytest

from workbench.components import told
from workbench.components.changes import change_of

SENT = {"id": "1", "act": "split", "sentence": "a:0-1", "kind": "body", "queued": True, "at": 3}


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        ("a1b2:0-5", "a1b2:0-5"),
        ("😀", "😀"),
        ("a\ud83d", "a?"),
        ("\udc00:0-5", "?:0-5"),
        ("x" * 100, "x" * 80),
        (None, ""),
        (5, ""),
        ({"a": 1}, ""),
    ],
)
def test_a_text_is_whole_characters_and_bounded(sent, taken):
    assert told(sent, 80) == taken


@pytest.mark.parametrize("at", [math.nan, math.inf, -1, 2**70, "3", None, 1.5])
def test_a_place_that_is_none_is_none(at):
    assert change_of({**SENT, "at": at}).at == -1


def test_a_change_that_is_whole_is_taken():
    change = change_of({**SENT, "sentence": "\ud800:0-1"})
    assert (change.sentence, change.at, change.queued) == ("?:0-1", 3, True)


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        "split",
        {},
        7,
        {**SENT, "act": "drop"},
        {**SENT, "id": ""},
        {**SENT, "sentence": None},
    ],
)
def test_what_is_no_change_is_none(sent):
    assert change_of(sent) is None
