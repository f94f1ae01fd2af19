"""The final label of a sentence: from an adjudication, or from the votes of its annotations."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class LabelSource(StrEnum):
    """How a final label came about."""

    ADJUDICATED = "adjudicated"
    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    SINGLE = "single"
    NONE = "none"


class LabelChoice(StrEnum):
    """Whose labels an export holds.

    `gold` takes the best final label there is, `majority` the vote alone, and both leave out
    sentences without one. `all` holds every sentence.
    """

    GOLD = "gold"
    MAJORITY = "majority"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class FinalLabel:
    """A final label with the votes behind it.

    Attributes:
        labels: The keys, sorted; none of them is an explicit none unless `source` is "none".
        source: How it came about, a value of `LabelSource`; "none": there is no final label.
        votes: How many annotations give each label, in the order of the label set.
        n_annotations: How many annotations voted.
    """

    labels: tuple[str, ...]
    source: str
    votes: Mapping[str, int]
    n_annotations: int


@lru_cache(maxsize=4096)
def settle(
    given: tuple[tuple[str, ...], ...],
    *,
    keys: tuple[str, ...],
    adjudicated: tuple[str, ...] | None = None,
) -> FinalLabel:
    """Decide a sentence.

    A label wins with strictly more than half of the votes; one with exactly half leaves the whole
    sentence undecided. Cached, because a project has few combinations and very many sentences.

    Args:
        given: The labels of each annotation that was not skipped.
        keys: The labels there are, in the order of the label set.
        adjudicated: What an adjudicator decided; it wins over every vote.
    """
    votes = {key: sum(key in labels for labels in given) for key in keys}
    n = len(given)
    if adjudicated is not None:
        return FinalLabel(tuple(sorted(adjudicated)), LabelSource.ADJUDICATED.value, votes, n)
    if not n or any(2 * count == n for count in votes.values()):
        return FinalLabel((), LabelSource.NONE.value, votes, n)
    winners = tuple(sorted(key for key, count in votes.items() if 2 * count > n))
    return FinalLabel(winners, _source(given).value, votes, n)


def _source(given: Sequence[Collection[str]]) -> LabelSource:
    if len(given) == 1:
        return LabelSource.SINGLE
    if len({frozenset(labels) for labels in given}) == 1:
        return LabelSource.UNANIMOUS
    return LabelSource.MAJORITY


def lower_median(values: Sequence[int]) -> int | None:
    """The middle value, the lower one of two; None of nothing."""
    return sorted(values)[(len(values) - 1) // 2] if values else None
