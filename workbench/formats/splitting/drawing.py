"""Which group goes to which split: the large ones first, each to where most is missing."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import add

from workbench.formats.splitting.groups import Group
from workbench.formats.splitting.plan import Plan, Split

# The number of sentences weighs more than the labels: where one group is larger than a split, the
# others would go on filling it with the labels that the large group lacks.
_SENTENCES = 4


def drawn(groups: Sequence[Group], plan: Plan) -> dict[str, Split]:
    """The split of each group, by its id.

    What was held out is the test split. The others are placed one after the other where they
    bring the counts of sentences and of each label nearest to their shares (by the squared
    distance in parts of what is wanted). Groups of about one size come in an order that the seed
    draws. No split stays empty while another one has two groups.
    """
    placed = {group.id: Split.TEST for group in groups if plan.holds_out and group.n_held_out}
    free = [group for group in groups if group.id not in placed]
    total = summed(map(_counts, free))
    scales = [_Scale(split, share, total) for split, share in _shares(plan).items()]
    for group in sorted(free, key=lambda group: _turn(group, plan.seed)):
        counts = [(place, count) for place, count in enumerate(_counts(group)) if count]
        costs = [scale.cost(counts) for scale in scales]
        best = scales[costs.index(min(costs))]
        best.add(counts)
        placed[group.id] = best.split
    _fill_empty(free, placed, [scale.split for scale in scales])
    return placed


def asked(plan: Plan) -> dict[Split, float | None]:
    """The share of all sentences that each split was asked to have; None for what is held out."""
    if not plan.holds_out:
        return dict(_shares(plan))
    return {**_shares(plan), Split.TEST: None}


def summed(rows: Iterable[Sequence[int]]) -> list[int]:
    """Rows of counts added up, place by place; nothing of no rows."""
    total: list[int] = []
    for row in rows:
        total = [*map(add, total, row)] if total else [*row]
    return total


class _Scale:
    """One split while it is filled: what is there of each count, and what is wanted."""

    def __init__(self, split: Split, share: float, total: Sequence[int]) -> None:
        self.split = split
        self._there = [0] * len(total)
        self._wanted = [share * count for count in total]
        self._weights = [_SENTENCES * len(total), *(1 for _ in total[1:])]

    def cost(self, counts: Iterable[tuple[int, int]]) -> float:
        """How the squared distance to what is wanted changes when these counts are added."""
        there, wanted, weights = self._there, self._wanted, self._weights
        return sum(
            [
                weights[place]
                * count
                * (2 * (there[place] - wanted[place]) + count)
                / wanted[place]
                for place, count in counts
            ],
            start=0.0,
        )

    def add(self, counts: Iterable[tuple[int, int]]) -> None:
        for place, count in counts:
            self._there[place] += count


def _counts(group: Group) -> tuple[int, ...]:
    return (group.n_sentences, *group.n_labels)


def _shares(plan: Plan) -> dict[Split, float]:
    """What each split that is drawn for is to have, 0 to 1."""
    drawn_for = {
        split: plan.shares[split]
        for split in Split
        if plan.shares.get(split) and not (plan.holds_out and split is Split.TEST)
    }
    return {split: share / sum(drawn_for.values()) for split, share in drawn_for.items()}


def _turn(group: Group, seed: int) -> tuple[int, bytes]:
    """Large groups first, by powers of two; among those of about one size the seed decides."""
    drawn_by = hashlib.blake2b(f"{seed}:{group.id}".encode(), digest_size=16).digest()
    return -group.n_sentences.bit_length(), drawn_by


def _fill_empty(free: Sequence[Group], placed: dict[str, Split], splits: Sequence[Split]) -> None:
    n_groups = Counter(placed[group.id] for group in free)
    for empty in splits:
        giver = max(splits, key=lambda split: n_groups[split])
        if n_groups[empty] or n_groups[giver] < 2:
            continue
        given = [group for group in free if placed[group.id] is giver]
        smallest = min(given, key=lambda group: (group.n_sentences, group.id))
        placed[smallest.id] = empty
        n_groups[giver] -= 1
        n_groups[empty] += 1
