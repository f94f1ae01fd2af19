"""What a training set is and where it comes from, as far as its records do not say it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LabelFace:
    """A label as people know it.

    Attributes:
        key: What stands in the records.
        name: What stands on the screen.
        meaning: When it is to be given.
        colour: `#rrggbb`.
    """

    key: str
    name: str
    meaning: str = ""
    colour: str = "#888888"


@dataclass(frozen=True, slots=True)
class About:
    """The training set as a whole.

    Nothing in it depends on when or where an export is written: the same data has to give the
    same bytes.

    Attributes:
        project: The slug of the project.
        title: Its name.
        labels: Every label that occurs in the records, in the order of the label set; labels that
            only an older label set had come after those in force.
        description: What the project says of itself.
        snapshot: The number of the snapshot; None where none was taken.
        tool: The workbench with its version.
        splitter: What cut the articles into sentences, with its version.
        filters: What was asked for when the sentences were chosen, by name.
        seed: What the splits were drawn with; None without splits.
        shares: Per cent asked for each split; empty without splits.
        n_sentences: Sentences of the project that were queued or decided; None where not counted.
        n_unsettled: Of these, left out because their votes leave the label open.
        unsettled_votes: What was given to those, how often each way: the labels of every vote on
            a sentence, sorted. They count for agreement, which would be too good without them;
            empty where they are in the set or not counted.
        n_unlabelled: Of these, left out because nobody labelled them.
        random_share: The share of the sentences, 0 to 1, that was chosen at random; None where it
            is not known.
        suggesters: What made the suggestions that were shown, with versions.
        guideline: The written instructions, Markdown; empty where they are not to be told.
        licence: What the owner allows, an SPDX name or a URL; None: left to the owner.
        url: Where the set is published; None: nowhere yet.
        published: The day it was published, `2026-03-03`; None: not yet.
        creator: Who made it; None: left to the owner.
        languages: ISO 639 codes of the articles.
    """

    project: str
    title: str
    labels: tuple[LabelFace, ...]
    description: str = ""
    snapshot: int | None = None
    tool: str = "workbench"
    splitter: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    seed: int | None = None
    shares: Mapping[str, int] = field(default_factory=dict)
    n_sentences: int | None = None
    n_unsettled: int | None = None
    unsettled_votes: Mapping[tuple[tuple[str, ...], ...], int] = field(default_factory=dict)
    n_unlabelled: int | None = None
    random_share: float | None = None
    suggesters: tuple[str, ...] = ()
    guideline: str = ""
    licence: str | None = None
    url: str | None = None
    published: str | None = None
    creator: str | None = None
    languages: tuple[str, ...] = ("en",)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the labels, in order."""
        return tuple(label.key for label in self.labels)
