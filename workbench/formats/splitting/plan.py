"""What a split is asked, of which sentences, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.errors import InputError, WorkbenchError

NONE = "none"
"""Stands in the counts for a final label of no labels."""


class Split(StrEnum):
    """What a part of the training set is for."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


SHARES: Mapping[Split, int] = {Split.TRAIN: 80, Split.VALIDATION: 10, Split.TEST: 10}


class StraddleError(WorkbenchError):
    """Something that must stay together stands in two splits."""

    status = 409


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence, as far as a split asks; texts that say nothing are None.

    Attributes:
        article: The public id of its article: a database's own number would give another split
            on another machine.
        labels: Its final label.
        wire: What it shares with the sentences that are copies of it.
        article_wire: What its article shares with other copies of the article.
        story: What its article shares with others that tell the same.
        outlet: Who published the article.
        published: The day or month, `2026-03-02` or `2026-03`.
    """

    article: str
    labels: tuple[str, ...] = ()
    wire: str | None = None
    article_wire: str | None = None
    story: str | None = None
    outlet: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """How to split.

    Attributes:
        shares: Per cent of the sentences for each split, 100 together; a split with 0 is not made.
        seed: What ties are drawn with: another seed gives another split.
        hold_out_outlets: Their articles are the test split, with all that belongs to their groups.
        hold_out_from: So are articles published on that day or later; `2026-03-01`.
        keeps_stories: Whether the articles of one story stay together, beside copies.
    """

    shares: Mapping[Split, int] = field(default_factory=lambda: dict(SHARES))
    seed: int = 0
    hold_out_outlets: tuple[str, ...] = ()
    hold_out_from: str | None = None
    keeps_stories: bool = True

    def __post_init__(self) -> None:
        """Refuse what can be no split.

        Raises:
            InputError: The shares are not whole per cents of 100 in all, or two hold-outs at once.
        """
        if any(share < 0 for share in self.shares.values()) or sum(self.shares.values()) != 100:
            message = "Shares are whole per cents, 100 together: 80, 10 and 10, for example."
            raise InputError(message)
        if self.hold_out_outlets and self.hold_out_from:
            message = "Hold out by outlet or by date, not by both."
            raise InputError(message)
        if self.holds_out and not self.shares.get(Split.TRAIN):
            message = "Beside what is held out there has to be a train split: give it a share."
            raise InputError(message)

    @property
    def holds_out(self) -> bool:
        """Whether the test split is what was held out."""
        return bool(self.hold_out_outlets or self.hold_out_from)

    def is_held_out(self, item: Item) -> bool:
        """Whether the item's article is to be in the test split."""
        if self.hold_out_outlets:
            return item.outlet in self.hold_out_outlets
        return bool(self.hold_out_from and item.published and item.published >= self.hold_out_from)


@dataclass(frozen=True, slots=True)
class SplitShare:
    """What a split came to.

    Attributes:
        asked: The share of the sentences that was asked for, 0 to 1; None for what was held out.
        n_sentences: Sentences in it.
        n_articles: Articles in it.
        n_groups: Groups in it.
        n_labels: Per label how many sentences have it; `none` is an explicit none.
    """

    asked: float | None
    n_sentences: int
    n_articles: int
    n_groups: int
    n_labels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class GroupSize:
    """How much is tied together.

    Attributes:
        n_articles: Articles in a group of this size.
        n_groups: Groups of this size.
        n_sentences: Sentences in all of them.
    """

    n_articles: int
    n_groups: int
    n_sentences: int


@dataclass(frozen=True, slots=True)
class SplitReport:
    """What was asked, and what came of it.

    Attributes:
        plan: What was asked.
        splits: What each split came to, in order.
        sizes: Groups by their number of articles, smallest first.
        largest: Sentences in the largest group.
        n_along: Sentences in the test split that were not held out themselves but belong to a
            group with something that was.
        remarks: What should be known before the set is used, in sentences.
    """

    plan: Plan
    splits: Mapping[Split, SplitShare]
    sizes: tuple[GroupSize, ...]
    largest: int
    n_along: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Splits:
    """The split of each article, by its public id, with the report."""

    of_article: Mapping[str, Split]
    report: SplitReport
