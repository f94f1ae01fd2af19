import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.formats.final_labels import LabelSource, lower_median, settle

KEYS = ("claim", "attribution", "dispute")
C, A, D = ("claim",), ("attribution",), ("dispute",)
CA = ("attribution", "claim")
votes = st.lists(st.sets(st.sampled_from(KEYS)).map(lambda one: tuple(sorted(one))), max_size=6)


@pytest.mark.parametrize(
    ("given_labels", "source", "labels"),
    [
        ((), "none", ()),
        ((C,), "single", C),
        (((),), "single", ()),
        ((C, C), "unanimous", C),
        (((), ()), "unanimous", ()),
        ((CA, CA, CA), "unanimous", CA),
        ((C, A), "none", ()),
        ((C, ()), "none", ()),
        ((C, CA), "none", ()),
        ((C, C, A), "majority", C),
        ((CA, C, C), "majority", C),
        ((CA, C, A), "majority", CA),
        ((C, A, D), "majority", ()),
        ((C, C, A, A), "none", ()),
        ((C, C, C, A), "majority", C),
        ((CA, CA, C, C), "none", ()),
        ((CA, CA, CA, C), "majority", CA),
    ],
)
def test_more_than_half_gives_a_label_and_exactly_half_leaves_all_open(
    given_labels, source, labels
):
    final = settle(given_labels, keys=KEYS)
    assert (final.source, final.labels) == (source, labels)


def test_an_adjudication_wins_over_every_vote():
    final = settle((C, C), keys=KEYS, adjudicated=("dispute", "attribution"))
    assert (final.source, final.labels) == ("adjudicated", ("attribution", "dispute"))
    assert final.votes["claim"] == 2


def test_votes_stand_in_the_order_of_the_label_set():
    final = settle((C, CA), keys=KEYS)
    assert list(final.votes.items()) == [("claim", 2), ("attribution", 1), ("dispute", 0)]
    assert final.n_annotations == 2


@given(votes, st.randoms(use_true_random=False))
def test_the_order_of_the_votes_changes_nothing(given_labels, random):
    shuffled = random.sample(given_labels, len(given_labels))
    assert settle(tuple(given_labels), keys=KEYS) == settle(tuple(shuffled), keys=KEYS)


@given(votes)
def test_only_an_unsettled_sentence_has_a_label_at_half(given_labels):
    final = settle(tuple(given_labels), keys=KEYS)
    n = len(given_labels)
    has_half = n == 0 or any(2 * count == n for count in final.votes.values())
    assert (final.source == LabelSource.NONE) == has_half


@pytest.mark.parametrize(
    ("values", "middle"), [([], None), ([2], 2), ([2, 0], 0), ([2, 0, 1], 1), ([0, 2, 2, 1], 1)]
)
def test_the_lower_of_two_middles_is_taken(values, middle):
    assert lower_median(values) == middle
