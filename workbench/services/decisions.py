"""What a decision is: an op as it comes in, the value it leads to, and its hashes. Pure code."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import orjson

from workbench.errors import InputError

MAX_ID = 40
MAX_DIGITS = 9  # no text is that long, and both databases count so far
MAX_COMMENT = 4000
MAX_REASON = 500
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
MAX_AHEAD = timedelta(days=1)  # of the database's clock


class Act(StrEnum):
    """What a reviewer did to a sentence."""

    LABEL = "label"
    SKIP = "skip"
    COMMENT = "comment"
    FLAG = "flag"
    CLEAR = "clear"


class AckStatus(StrEnum):
    """What became of an op."""

    APPLIED = "applied"
    REPLAYED = "replayed"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Op:
    """One decision on its way.

    Attributes:
        op_id: A UUID made in the browser: the op is applied once, however often it is sent.
        sentence: The public id of the sentence that was on the screen.
        base_version: The version of the reviewer's annotation that was on the screen; 0 for none.
        act: What was done.
        labels: The keys of the labels given; empty is an explicit "none".
        check_worthiness: 0, 1, 2 or not given.
        reason: Why it was skipped.
        comment: A comment, or None where it is not touched.
        mention: The part of the sentence that the comment is about, for `act` comment: first and
            last code point of it, the last not included, counted from the sentence's start.
        flagged: The flag's new state, for `act` flag.
        copied_from: The public id of the sentence whose answer is repeated, for `act` label.
        undoes: The id of the op that this one takes back; None where it takes back none.
        together: An id that all ops of one press share; None where it was one op.
        label_set: The version of the label set that was on the screen; None for the newest.
        guideline: The same of the guideline.
        active_ms: Milliseconds of attention, as the browser counted them.
        shown_at: When the sentence came on the screen, by the browser's clock.
        decided_at: When the key was pressed, by the browser's clock.
    """

    op_id: str
    sentence: str
    base_version: int
    act: Act
    labels: tuple[str, ...] = ()
    check_worthiness: int | None = None
    reason: str | None = None
    comment: str | None = None
    mention: tuple[int, int] | None = None
    flagged: bool = True
    copied_from: str | None = None
    undoes: str | None = None
    together: str | None = None
    label_set: int | None = None
    guideline: int | None = None
    active_ms: int = 0
    shown_at: datetime | None = None
    decided_at: datetime | None = None

    def payload_hash(self) -> str:
        """What tells the same op sent again from another op under a used id."""
        body = [
            self.sentence,
            self.base_version,
            str(self.act),
            sorted(self.labels),
            self.check_worthiness,
            self.reason,
            self.comment,
            self.flagged,
            *([self.copied_from] if self.copied_from else []),  # ops of before had none of these
            *(["undoes", self.undoes] if self.undoes else []),
            *(["together", self.together] if self.together else []),
            *(["mention", *self.mention] if self.mention else []),
        ]
        return hashlib.sha256(orjson.dumps(body)).hexdigest()


@dataclass(frozen=True, slots=True)
class BadOp:
    """An op that cannot be read; its sender is told why."""

    op_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Value:
    """A reviewer's answer for a sentence, without its version."""

    status: str = "open"
    labels: tuple[str, ...] = ()
    check_worthiness: int | None = None
    comment: str | None = None
    flagged: bool = False
    reason: str | None = None
    mention: tuple[int, int] | None = None

    @property
    def is_done(self) -> bool:
        """Whether the sentence leaves the reviewer's queue."""
        return self.status != "open"

    def as_json(self) -> dict[str, Any]:
        """The value as events keep it and as the browser gets it; a mention where there is one."""
        mention = {"mention": as_span(self.mention)} if self.mention else {}
        return {
            "status": self.status,
            "labels": list(self.labels),
            "check_worthiness": self.check_worthiness,
            "comment": self.comment,
            "flagged": self.flagged,
            "reason": self.reason,
        } | mention


def as_span(mention: tuple[int, int]) -> dict[str, int]:
    """A mention as it travels."""
    return {"start": mention[0], "end": mention[1]}


@dataclass(frozen=True, slots=True)
class Ack:
    """The answer to an op.

    Attributes:
        op_id: Whose answer it is.
        status: Applied, replayed (it was applied before), conflict or refused.
        version: The annotation's version after the op; on a conflict the current one.
        reason: Why not, in words; with an applied op, what is to be known of it.
        current: On a conflict the stored value, with its version.
    """

    op_id: str
    status: AckStatus
    version: int = 0
    reason: str | None = None
    current: dict[str, Any] | None = None


def parse_sentence_id(sentence: str) -> tuple[str, int, int]:
    """Split `<article id>:<start>-<end>`.

    Raises:
        InputError: It is not of that form.
    """
    article, _, span = sentence.rpartition(":")
    start, _, end = span.partition("-")
    is_named = 0 < len(article) <= MAX_ID and article.isascii() and article.isprintable()
    if not (is_named and _is_place(start) and _is_place(end)):
        message = f"'{sentence[:80]}' is not a sentence id."
        raise InputError(message)
    return article, int(start), int(end)


def _is_place(digits: str) -> bool:
    return digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS


def sentence_id(article: str, start: int, end: int) -> str:
    """The public id of a sentence."""
    return f"{article}:{start}-{end}"


def after(value: Value, op: Op) -> Value:
    """The value that an op leads to from the present one."""
    comment = value.comment if op.comment is None else (op.comment.strip() or None)
    mention = op.mention if op.act is Act.COMMENT else value.mention
    mention = mention if comment else None  # nothing is said about it any more
    kept = {"comment": comment, "flagged": value.flagged, "mention": mention}
    if op.act is Act.LABEL:
        labels = tuple(sorted(set(op.labels)))
        return Value("labelled", labels, op.check_worthiness, **kept)  # type: ignore[arg-type]
    if op.act is Act.SKIP:
        return Value("skipped", reason=op.reason, **kept)  # type: ignore[arg-type]
    if op.act is Act.CLEAR:
        return Value(**kept)  # type: ignore[arg-type]
    flagged = op.flagged if op.act is Act.FLAG else value.flagged
    kept |= {"flagged": flagged, "reason": value.reason}
    return Value(value.status, value.labels, value.check_worthiness, **kept)  # type: ignore[arg-type]


def remembered(op: Op, new: Value, *, repeats: bool) -> dict[str, Any]:
    """The new value as its event keeps it: with what it repeats, takes back and came with."""
    notes = {
        "copied_from": op.copied_from if repeats else None,
        "undoes": op.undoes,
        "together": op.together,
    }
    return new.as_json() | {name: note for name, note in notes.items() if note}


def credible(moment: datetime | None, *, now: datetime) -> datetime | None:
    """A browser's time, or None where its clock must be wrong: the decision counts all the same."""
    return moment if moment is not None and EARLIEST <= moment <= now + MAX_AHEAD else None


def fault(op: Op, *, known_labels: frozenset[str]) -> str | None:
    """Why an op cannot be applied whatever is stored; None if it can."""
    unknown = sorted(set(op.labels) - known_labels)
    if unknown:
        return f"The label set has no label '{unknown[0][:40]}'. Reload the page."
    if op.act is Act.SKIP and not (op.reason or "").strip():
        return "Skipping needs a reason."
    if op.act is Act.COMMENT and op.comment is None:
        return "The comment is missing."
    if len(op.comment or "") > MAX_COMMENT:
        return f"The comment has {len(op.comment or ''):,} characters; at most {MAX_COMMENT:,} fit."
    if len(op.reason or "") > MAX_REASON:
        return f"The reason has {len(op.reason or ''):,} characters; at most {MAX_REASON} fit."
    return _mention_fault(op)


def _mention_fault(op: Op) -> str | None:
    if op.mention is None:
        return None
    first, last = op.mention
    _, start, end = parse_sentence_id(op.sentence)
    if 0 <= first < last <= end - start:
        return None
    return "What the comment mentions is not a part of the sentence."
