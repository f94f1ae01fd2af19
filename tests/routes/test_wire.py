"""JSON of the annotate loop: read, bounded or refused, and nothing else."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.routes.wire import MAX_BODY, MAX_OPS, NO_DAY, Batch, parse_batch
from workbench.services.decisions import BadOp, Op

OP = {
    "op_id": "b459f7b8-a405-4adc-9a14-95f52ab7239b",
    "sentence": "0123456789abcdef:0-4",
    "labels": [],
}


def batch(**given):
    return orjson.dumps({"project": "demo", "reviewer": "r", "ops": []} | given)


def one_op(**given):
    (parsed,) = parse_batch(batch(ops=[OP | given])).ops
    return parsed


def test_an_op_is_read_with_what_it_leaves_out():
    parsed = one_op()

    assert parsed == Op(OP["op_id"], OP["sentence"], 0, "label")


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b'"x"', b"null", b"\xff", b"NaN", b"[" * 2000, b" " * (MAX_BODY + 1)),
        *(b'{"ops": {}}', b'{"ops": null}', b'{"project": 1}', b'{"project": "\\ud800"}'),
        *(b'{"reviewer": []}', b'{"after": {}}', b'{"have": 5}', b'{"have": {"a": 1}}'),
        *(b'{"want": null}', b'{"want": -1}', b'{"want": 1.5}', b'{"want": 1e300}'),
        *(b'{"want": "9"}', b'{"want": true}'),
    ],
)
def test_what_is_no_request_is_refused(body):
    with pytest.raises(InputError):
        parse_batch(body)


def test_more_ops_than_are_read_are_refused_together():
    with pytest.raises(InputError, match=f"at most {MAX_OPS}"):
        parse_batch(batch(ops=[OP] * (MAX_OPS + 1)))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"op_id": "nonsense"}, "UUID"),
        ({"op_id": None}, "UUID"),
        ({"op_id": {}}, "UUID"),
        ({"undoes": "the last one"}, "'undoes' is not a UUID"),
        ({"together": 7}, "'together' is not a UUID"),
        ({"act": "delete"}, "no act 'delete'"),
        ({"act": ["label"]}, "no act"),
        ({"labels": "claim"}, "labels"),
        ({"labels": None}, "'labels' is missing"),
        ({"labels": [1]}, "labels"),
        ({"labels": {"claim": 1}}, "labels"),
        ({"sentence": 7}, "sentence"),
        ({"base_version": -1}, "base_version"),
        ({"base_version": 2**40}, "base_version"),
        ({"base_version": True}, "base_version"),
        ({"check_worthiness": 3}, "check_worthiness"),
        ({"check_worthiness": "1"}, "check_worthiness"),
        ({"active_ms": -5}, "active_ms"),
        ({"active_ms": "x"}, "active_ms"),
        ({"comment": 5}, "comment"),
        ({"reason": ["menu"]}, "reason"),
        ({"shown_at": "2026-03-03T12:00:00"}, "zone"),
        ({"shown_at": 1772539200}, "zone"),
    ],
)
def test_an_op_that_cannot_be_read_is_kept_with_its_reason(given, words):
    parsed = one_op(**given)

    assert isinstance(parsed, BadOp)
    assert words in parsed.reason


def test_a_label_without_its_labels_is_not_taken_for_none():
    (parsed,) = parse_batch(batch(ops=[{**OP, "labels": None}])).ops
    without = {name: value for name, value in OP.items() if name != "labels"}
    (missing,) = parse_batch(batch(ops=[without])).ops

    assert parsed == missing == BadOp(OP["op_id"], parsed.reason)


@pytest.mark.parametrize("thing", [None, 1, "op", [], [OP], True])
def test_an_op_that_is_no_object_is_kept_with_its_reason(thing):
    (parsed,) = parse_batch(batch(ops=[thing])).ops

    assert parsed == BadOp("", "An op is not an object.")


@pytest.mark.parametrize(
    ("given", "name", "value"),
    [
        ({"base_version": 2.0}, "base_version", 2),
        ({"active_ms": 10**9}, "active_ms", 24 * 3600 * 1000),
        ({"active_ms": None}, "active_ms", 0),
        ({"labels": None, "act": "clear"}, "labels", ()),
        ({"decided_at": "0001-01-01T00:00:00+14:00"}, "decided_at", NO_DAY),
        ({"decided_at": "9999-12-31T23:59:59-14:00"}, "decided_at", NO_DAY),
        ({"flagged": None}, "flagged", True),
        ({"flagged": False}, "flagged", False),
        ({"comment": "a\0b"}, "comment", "a\ufffdb"),
        ({"reason": "\0"}, "reason", "\ufffd"),
        ({"mention": {"start": 2, "end": 5.0}}, "mention", (2, 5)),
        ({"mention": None}, "mention", None),
        ({"op_id": OP["op_id"].upper()}, "op_id", OP["op_id"]),
    ],
)
def test_what_can_be_read_is_read_in_one_form(given, name, value):
    assert getattr(one_op(**given), name) == value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)  # fmt: skip
FIELDS = ("op_id", "sentence", "base_version", "act", "labels", "check_worthiness", "reason")
MORE = ("comment", "mention", "flagged", "active_ms", "shown_at", "decided_at")
OPS = st.fixed_dictionaries({}, optional=dict.fromkeys((*FIELDS, *MORE), JSON))
BATCHES = st.fixed_dictionaries(
    {"ops": st.lists(OPS | JSON, max_size=3)},
    optional=dict.fromkeys(("project", "reviewer", "after", "want", "have", "articles"), JSON),
)


def read(body):
    """What was read, or why it was not."""
    try:
        return parse_batch(body)
    except InputError as error:
        return str(error)


@given(BATCHES | JSON)
def test_any_json_is_a_batch_or_refused_in_words(data):
    found = read(orjson.dumps(data))

    assert found
    assert isinstance(found, str) or all(isinstance(one, (Op, BadOp)) for one in found.ops)


@given(OPS)
def test_any_op_is_read_or_kept_with_its_reason(data):
    parsed = one_op(**data)

    assert isinstance(parsed, Op) or parsed.reason


@given(st.binary())
def test_any_bytes_are_a_batch_or_refused_in_words(data):
    assert isinstance(read(data), (str, Batch))
