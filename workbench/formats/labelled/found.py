"""What a reader of labelled files gives back: texts with decisions, and faults by line."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workbench.formats.records import Record


class Problem(StrEnum):
    """What is wrong with a line."""

    UNREADABLE = "unreadable"
    NO_TEXT = "no text"
    UNKNOWN_LABEL = "unknown label"
    BAD_SPAN = "bad span"
    UNKNOWN_TEXT = "unknown text"


@dataclass(frozen=True, slots=True)
class LabelledFault:
    """A line, or task, that was not taken, while the others go on.

    Attributes:
        where: The place: "line 17", "task 3".
        problem: What kind of fault.
        reason: One sentence: what is wrong and what to do. It may name an unknown label, cut to
            40 characters, and quotes nothing else that was imported.
    """

    where: str
    problem: Problem
    reason: str


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A label on a part of the text.

    Attributes:
        start: Where it begins in the text, in code points.
        end: Where it ends; the character there is not part of it.
        label: A key of the label set.
    """

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person, or a team as a whole, gave to a text.

    Attributes:
        annotator: As the file calls them; None: the file does not say who.
        labels: Keys of the label set, sorted; those of spans are not among them.
        spans: Labels on parts of the text, by start.
        rejected: Keys that were asked for one by one and refused. With `labels` they are all that
            was asked: nothing is known of the other labels.
        is_partial: Whether labels were asked for one by one.
        skipped: Whether they passed; labels and spans are empty then.
        is_final: Whether it is the final label rather than one person's.
        check_worthiness: 0 to 2, where the file has it.
        comment: What they wrote.
        active_ms: Time spent, milliseconds; 0: the file does not say.
        decided_at: When, aware; None: the file does not say.
    """

    annotator: str | None = None
    labels: tuple[str, ...] = ()
    spans: tuple[LabelledSpan, ...] = ()
    rejected: tuple[str, ...] = ()
    is_partial: bool = False
    skipped: bool = False
    is_final: bool = False
    check_worthiness: int | None = None
    comment: str | None = None
    active_ms: int = 0
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from; None where the file says nothing.

    Attributes:
        sentence_id: The sentence's public id, if the file came from a workbench.
        title: The article's headline.
        outlet: Who published it.
        author: Who wrote it.
        published: When, as written.
        url: Where.
    """

    sentence_id: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with what was given to it.

    Attributes:
        where: The place: "line 17", "task 3".
        text: A sentence, or a whole article.
        decisions: What was given to it, in the order of the file; nothing where nobody labelled.
        origin: Where it comes from, as far as the file says.
        record: The whole record of a native export; None from other tools.
    """

    where: str
    text: str
    decisions: tuple[Decision, ...]
    origin: Origin
    record: Record | None = None


LabelledFound = LabelledText | LabelledFault


class LineError(ValueError):
    """A line cannot be taken; it becomes a `LabelledFault`."""

    def __init__(self, problem: Problem, reason: str) -> None:
        """Keep what is wrong and the sentence that says so."""
        super().__init__(reason)
        self.problem = problem
