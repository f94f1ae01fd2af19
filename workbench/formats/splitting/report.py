"""What came of a split, in numbers and in sentences."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from workbench.formats.splitting.drawing import asked, summed
from workbench.formats.splitting.groups import Group, Groups
from workbench.formats.splitting.plan import (
    NONE,
    GroupSize,
    Plan,
    Split,
    SplitReport,
    SplitShare,
)

_NOTABLE = 0.02  # from here on a share that is not what was asked is told


def reported(found: Groups, placed: Mapping[str, Split], plan: Plan) -> SplitReport:
    """Count what a split came to."""
    groups, wanted = found.all, asked(plan)
    splits = {
        split: _share(found, [one for one in groups if placed[one.id] is split], wanted[split])
        for split in Split
        if split in wanted
    }
    largest = max(group.n_sentences for group in groups)
    along = sum(group.n_sentences - group.n_held_out for group in groups if group.n_held_out)
    return SplitReport(
        plan=plan,
        splits=splits,
        sizes=_sizes(groups),
        largest=largest,
        n_along=along,
        remarks=tuple(_remarks(splits, largest, along)),
    )


def _share(found: Groups, groups: Sequence[Group], wanted: float | None) -> SplitShare:
    n_labels = dict(zip(found.labels, summed(one.n_labels for one in groups), strict=False))
    return SplitShare(
        asked=wanted,
        n_sentences=sum(group.n_sentences for group in groups),
        n_articles=sum(len(group.articles) for group in groups),
        n_groups=len(groups),
        n_labels={name: count for name, count in n_labels.items() if count},
    )


def _sizes(groups: Sequence[Group]) -> tuple[GroupSize, ...]:
    n_groups: Counter[int] = Counter()
    n_sentences: Counter[int] = Counter()
    for group in groups:
        n_groups[len(group.articles)] += 1
        n_sentences[len(group.articles)] += group.n_sentences
    return tuple(GroupSize(size, n_groups[size], n_sentences[size]) for size in sorted(n_groups))


def _remarks(splits: Mapping[Split, SplitShare], largest: int, along: int) -> Iterator[str]:
    total = sum(share.n_sentences for share in splits.values())
    free = sum(share.n_sentences for share in splits.values() if share.asked is not None)
    if along:
        yield (
            f"{along:,} sentences came into the test split beside what was held out: they belong "
            "to one group with it."
        )
    for split, share in splits.items():
        if not share.n_sentences:
            yield f"No group was left for {split}: there are too few that can be told apart."
            continue
        if share.asked is not None and abs(share.n_sentences / free - share.asked) >= _NOTABLE:
            yield (
                f"{split.capitalize()} came to {share.n_sentences / free:.1%} where "
                f"{share.asked:.1%} was asked: groups are not cut."
            )
        yield from _missing(split, share, splits)
    if len(splits) > 1 and largest > total / 2:
        yield f"One group ties {largest:,} of {total:,} sentences together."


def _missing(split: Split, share: SplitShare, splits: Mapping[Split, SplitShare]) -> Iterator[str]:
    labels = {label for other in splits.values() for label in other.n_labels}
    for label in sorted(labels - share.n_labels.keys()):
        what = "without any label" if label == NONE else f"with the label {label}"
        yield f"{split.capitalize()} has no sentence {what}."
