"""What a decision is, without any database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loop import op

from workbench.errors import InputError
from workbench.services.chains import HASHED, chained
from workbench.services.decisions import (
    Act,
    Op,
    Value,
    after,
    fault,
    parse_sentence_id,
    sentence_id,
)

KNOWN = frozenset({"claim", "dispute"})
CLAIM = Value("labelled", ("claim",), 2, "note", flagged=True)
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
EVENT = dict.fromkeys(HASHED, 0) | {"shown_at": NOON, "decided_at": None, "stored_at": NOON}


@pytest.mark.parametrize(
    ("before", "act", "given", "value"),
    [
        (Value(), Act.LABEL, {"labels": ("dispute", "claim")}, ("labelled", ("claim", "dispute"))),
        (Value(), Act.LABEL, {"labels": ("claim", "claim")}, ("labelled", ("claim",))),
        (Value(), Act.LABEL, {"labels": ()}, ("labelled", ())),
        (CLAIM, Act.LABEL, {"labels": ()}, ("labelled", ())),
        (CLAIM, Act.SKIP, {"reason": "menu"}, ("skipped", ())),
        (CLAIM, Act.CLEAR, {}, ("open", ())),
        (CLAIM, Act.COMMENT, {"comment": "x"}, ("labelled", ("claim",))),
        (CLAIM, Act.FLAG, {"flagged": False}, ("labelled", ("claim",))),
        (Value(), Act.FLAG, {}, ("open", ())),
    ],
)
def test_what_an_act_makes_of_a_value(before, act, given, value):
    made = after(before, op("a:0-1", act=act, **given))

    assert (made.status, made.labels) == value


@pytest.mark.parametrize("act", [Act.LABEL, Act.SKIP, Act.CLEAR, Act.COMMENT])
def test_a_flag_stays_until_it_is_taken_off(act):
    assert after(CLAIM, op("a:0-1", act=act, reason="menu")).flagged


@pytest.mark.parametrize(
    ("given", "comment"), [({}, "note"), ({"comment": " new "}, "new"), ({"comment": "  "}, None)]
)
def test_a_comment_stays_until_another_is_given(given, comment):
    assert after(CLAIM, op("a:0-1", labels=("claim",), **given)).comment == comment


MENTIONING = Value(comment="note", mention=(2, 5))


@pytest.mark.parametrize("act", [Act.LABEL, Act.SKIP, Act.CLEAR, Act.FLAG])
def test_what_a_comment_mentions_stays_with_it(act):
    assert after(MENTIONING, op("a:0-9", act=act, reason="menu")).mention == (2, 5)


@pytest.mark.parametrize(
    ("given", "mention"),
    [
        ({"comment": "new", "mention": (0, 3)}, (0, 3)),
        ({"comment": "new"}, None),
        ({"comment": "", "mention": (0, 3)}, None),
    ],
)
def test_another_comment_mentions_what_it_says(given, mention):
    assert after(MENTIONING, op("a:0-9", act=Act.COMMENT, **given)).mention == mention


@pytest.mark.parametrize(
    ("mention", "is_fine"),
    [((0, 9), True), ((8, 9), True), ((3, 3), False), ((5, 2), False), ((4, 10), False)],
)
def test_a_comment_mentions_a_part_of_its_sentence(mention, is_fine):
    asked = op("a:10-19", act=Act.COMMENT, comment="Why?", mention=mention)

    assert (fault(asked, known_labels=KNOWN) is None) is is_fine


def test_ops_without_a_mention_hash_as_they_did_before_there_were_any():
    asked = Op("id", "a:0-9", 0, Act.COMMENT, comment="Why?")

    assert (
        asked.payload_hash() == "ed8cc3fa6ae685ba155c60912d6e8485b515c5a927729e355229734fa7c6be10"
    )
    assert "mention" not in Value(comment="Why?").as_json()


@pytest.mark.parametrize("act", [Act.LABEL, Act.SKIP, Act.CLEAR])
def test_check_worthiness_goes_with_the_decision_it_belonged_to(act):
    assert after(CLAIM, op("a:0-1", act=act, reason="menu")).check_worthiness is None


@pytest.mark.parametrize("value", [Value("labelled"), Value("skipped", reason="menu")])
def test_a_decision_takes_the_sentence_out_of_the_queue(value):
    assert value.is_done


def test_without_a_decision_it_is_to_do():
    assert not Value(comment="only a note", flagged=True).is_done


@pytest.mark.parametrize(
    ("given", "is_fine"),
    [
        ({"labels": ("claim",)}, True),
        ({"labels": ("claim", "nonsense")}, False),
        ({"act": Act.SKIP, "reason": "menu"}, True),
        ({"act": Act.SKIP, "reason": "\n"}, False),
        ({"act": Act.COMMENT, "comment": ""}, True),
        ({"act": Act.COMMENT}, False),
        ({"comment": "x" * 4000}, True),
        ({"comment": "x" * 4001}, False),
    ],
)
def test_what_can_be_applied(given, is_fine):
    assert (fault(op("a:0-1", **given), known_labels=KNOWN) is None) is is_fine


@pytest.mark.parametrize(
    "name",
    [
        *("", "a", ":0-1", "a:", "a:1", "a:-1-2", "a:1-2-3", "a:x-y", "a:１-２", "a:1 -2"),
        *("a\0:0-1", "é:0-1", f"{'a' * 41}:0-1", "a:0-9999999999", f"a:{'9' * 5000}-1"),
    ],
)
def test_what_is_no_sentence_id_is_refused(name):
    with pytest.raises(InputError):
        parse_sentence_id(name)


@given(st.from_regex(r"[0-9a-f]{16}", fullmatch=True), *[st.integers(0, 10**9 - 1)] * 2)
def test_a_sentence_id_comes_back_as_it_was(article, start, end):
    assert parse_sentence_id(sentence_id(article, start, end)) == (article, start, end)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"labels": ("claim",)}, {"labels": ()}),
        ({"comment": None}, {"comment": ""}),
        ({"flagged": True}, {"flagged": False}),
        ({"check_worthiness": 0}, {"check_worthiness": None}),
    ],
)
def test_another_decision_has_another_payload(one, other):
    assert op("a:0-1", **one).payload_hash() != op("a:0-1", **other).payload_hash()


def test_the_same_decision_sent_later_has_the_same_payload():
    late = op("a:0-1", labels=("dispute", "claim"), active_ms=9, decided_at=NOON)

    assert late.payload_hash() == op("a:0-1", labels=("claim", "dispute")).payload_hash()


@pytest.mark.parametrize("name", HASHED)
def test_the_chain_holds_everything_an_event_says(name):
    changed = EVENT | {name: "something else"}

    assert chained("", changed) != chained("", EVENT)


def test_the_chain_holds_what_came_before():
    assert chained("a", EVENT) != chained("b", EVENT)


def test_the_chain_does_not_mind_in_which_zone_a_time_was_told():
    there = EVENT | {"shown_at": NOON.astimezone(timezone(timedelta(hours=-7)))}

    assert chained("", there) == chained("", EVENT)
