"""Krippendorff's alpha of what reviewers gave, from counts that grow with the patterns alone.

Alpha is 1 less the observed disagreement in parts of the expected one. It needs, for every pair of
values, how often two reviewers of one sentence gave them: that is added up pattern by pattern, so
a million sentences take no more memory than the few ways in which they were labelled.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Given = tuple[str, ...]
"""What one reviewer gave: label keys, sorted."""
Pattern = tuple[Given, ...]
"""What all reviewers of one sentence gave, sorted."""
Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One coefficient, or why there is none.

    Attributes:
        measure: What it is about: a label's key, or "label sets".
        alpha: From 1, perfect, over 0, as by chance, to below 0; None where it is undefined.
        reason: Why it is undefined; empty otherwise.
        n_sentences: Sentences with two or more votes: the ones it is computed from.
        n_votes: Votes on them.
    """

    measure: str
    alpha: float | None
    reason: str
    n_sentences: int
    n_votes: int


def label_agreement(patterns: Mapping[Pattern, int], label: str) -> Agreement:
    """Nominal alpha of one label: given or not given."""
    units: Counter[tuple[bool, ...]] = Counter()
    for pattern, count in patterns.items():
        units[tuple(label in given for given in pattern)] += count
    return _agreement(label, units, lambda one, other: float(one != other))


def set_agreement(patterns: Mapping[Pattern, int]) -> Agreement:
    """Alpha of whole label sets, with the MASI distance between them."""
    return _agreement("label sets", patterns, masi)


def masi(one: Given, other: Given) -> float:
    """How far two label sets are apart, from 0 to 1: MASI after Passonneau (2006).

    1 less the Jaccard index times 1 for equal sets, 2/3 where one holds the other, 1/3 where they
    overlap, and 0 where they share nothing. Two empty sets are equal.
    """
    a, b = set(one), set(other)
    if a == b:
        return 0.0
    shared = a & b
    if not shared:
        return 1.0
    monotonic = 2 / 3 if shared in (a, b) else 1 / 3
    return 1 - len(shared) / len(a | b) * monotonic


def _agreement(
    measure: str,
    units: Mapping[tuple[Value, ...], int],
    distance: Callable[[Value, Value], float],
) -> Agreement:
    paired = {unit: count for unit, count in units.items() if len(unit) > 1}
    n_sentences = sum(paired.values())
    n_votes = sum(len(unit) * count for unit, count in paired.items())
    given: Counter[Value] = Counter()
    observed = 0.0
    for unit, count in paired.items():
        given.update({value: n * count for value, n in Counter(unit).items()})
        apart = sum(distance(one, other) for one in unit for other in unit)
        observed += count * apart / (len(unit) - 1)
    expected = sum(
        n * m * distance(one, other) for one, n in given.items() for other, m in given.items()
    ) / max(1, n_votes - 1)
    if not n_sentences:
        reason = "no sentence has two votes"
    elif not expected:
        reason = "every vote is the same, so there is nothing to tell from chance"
    else:
        return Agreement(measure, 1 - observed / expected, "", n_sentences, n_votes)
    return Agreement(measure, None, reason, n_sentences, n_votes)
