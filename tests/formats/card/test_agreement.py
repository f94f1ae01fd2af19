from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.formats.card.agreement import label_agreement, masi, set_agreement

GIVEN = st.sampled_from([(), ("claim",), ("attribution", "claim"), ("dispute",)])
PATTERNS = st.lists(st.lists(GIVEN, max_size=4).map(lambda some: tuple(sorted(some)))).map(Counter)


def patterns(*units):
    return Counter(tuple(sorted(tuple(sorted(given)) for given in unit)) for unit in units)


def binary(*units):
    return patterns(*([("x",) if value else () for value in unit] for unit in units))


def test_the_worked_example_for_two_observers_and_binary_data():
    # Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example A: 0.095.
    jon = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    han = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    found = label_agreement(binary(*zip(jon, han, strict=True)), "x")
    assert found.alpha == pytest.approx(0.095, abs=0.0005)
    assert (found.n_sentences, found.n_votes) == (10, 20)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((), (), 0),
        (("a",), ("a",), 0),
        (("a",), (), 1),
        (("a",), ("b",), 1),
        (("a",), ("a", "b"), 1 - 1 / 2 * 2 / 3),
        (("a", "b"), ("b", "c"), 1 - 1 / 3 * 1 / 3),
    ],
)
def test_label_sets_are_as_far_apart_as_masi_says(one, other, distance):
    assert masi(one, other) == masi(other, one) == pytest.approx(distance)


def test_full_agreement_is_one():
    agreed = patterns([("a",), ("a",)], [(), ()], [("a", "b"), ("a", "b")])
    assert set_agreement(agreed).alpha == label_agreement(agreed, "a").alpha == 1


@pytest.mark.parametrize(
    ("units", "reason"),
    [
        ([], "no sentence has two votes"),
        ([[("a",)], []], "no sentence has two votes"),
        ([[("a",), ("a",)]], "every vote is the same"),
    ],
)
def test_what_cannot_be_computed_says_why(units, reason):
    found = set_agreement(patterns(*units))
    assert found.alpha is None
    assert reason in found.reason


@given(PATTERNS, st.integers(1, 3))
def test_sentences_with_fewer_than_two_votes_change_nothing(found, n):
    more = found + Counter({(): n, (("claim",),): n})
    assert set_agreement(more) == set_agreement(found)


@given(PATTERNS)
def test_no_alpha_is_above_one(found):
    for one in (set_agreement(found), label_agreement(found, "claim")):
        assert one.alpha is None or one.alpha <= 1
        assert (one.alpha is None) == bool(one.reason)
