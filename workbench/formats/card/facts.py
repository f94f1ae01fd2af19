"""The numbers of a data card."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.formats.about import About
from workbench.formats.card.agreement import Agreement


@dataclass(frozen=True, slots=True)
class ReviewerFacts:
    """What one reviewer did, under a pseudonym.

    Attributes:
        annotator: A1 to An, the same in every file.
        n_annotations: Decisions that were not skipped.
        n_skipped: Decisions that were.
        n_labels: How often each label was given.
        active_ms: Time spent, milliseconds.
    """

    annotator: str
    n_annotations: int
    n_skipped: int
    n_labels: Mapping[str, int]
    active_ms: int


@dataclass(frozen=True, slots=True)
class Range:
    """The first and last of times or days as they are written; None where there is none."""

    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a training set holds, counted while its records passed.

    Attributes:
        about: What the records do not say.
        n_sentences: Records.
        n_articles: Articles that they come from.
        n_characters: Code points in all sentences.
        n_labels: Per label, in label-set order, sentences whose final label holds it.
        n_explicit_none: Sentences whose final label is an explicit none.
        n_unsettled: Sentences without a final label.
        n_together: Sentences per pair of labels, in label-set order, that hold both.
        n_sources: Sentences per label source.
        n_kinds: Sentences per kind of segment.
        n_outlets: Sentences per outlet, most first; None: not known.
        n_splits: Sentences per split; empty without splits.
        n_worth: Sentences per check-worthiness.
        n_votes: Sentences per number of annotations that were not skipped.
        n_wire_sentences: Sentences that are wire copy.
        n_wire_clusters: Wire texts that these are copies of.
        published: The first and last day of publication.
        n_undated: Sentences of articles without such a day.
        decided: The first and last decision.
        label_sets: Versions of the label set that decisions were made under.
        guidelines: Versions of the guideline.
        n_shown: Decisions before which a suggestion was on the screen.
        n_comments: Decisions with a comment.
        reviewers: Who labelled.
        agreement: One for each label in label-set order, then that of label sets; over the set
            and the unsettled votes of `about`.
        n_unanimous: Sentences with two votes or more that are all the same, of the same ones.
    """

    about: About
    n_sentences: int
    n_articles: int
    n_characters: int
    n_labels: Mapping[str, int]
    n_explicit_none: int
    n_unsettled: int
    n_together: Mapping[tuple[str, str], int]
    n_sources: Mapping[str, int]
    n_kinds: Mapping[str, int]
    n_outlets: Mapping[str | None, int]
    n_splits: Mapping[str, int]
    n_worth: Mapping[int, int]
    n_votes: Mapping[int, int]
    n_wire_sentences: int
    n_wire_clusters: int
    published: Range
    n_undated: int
    decided: Range
    label_sets: tuple[int, ...]
    guidelines: tuple[int, ...]
    n_shown: int
    n_comments: int
    reviewers: tuple[ReviewerFacts, ...]
    agreement: tuple[Agreement, ...]
    n_unanimous: int

    @property
    def n_annotations(self) -> int:
        """Decisions that were not skipped."""
        return sum(reviewer.n_annotations for reviewer in self.reviewers)

    @property
    def n_skipped(self) -> int:
        """Decisions that were skipped."""
        return sum(reviewer.n_skipped for reviewer in self.reviewers)
