"""From the records of an export back to the article they were taken from, as far as they tell it.

An export holds sentences with their places, not whole articles. What lay between them is lost, but
for the neighbours that `before` and `after` quote: those stand again next to their sentence, and
every other segment is a single sign in the space that it had. So all that a record says of a
sentence holds again: its text, its place, its number and its neighbours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.errors import InputError
from workbench.formats.records import Record
from workbench.text.kinds import QUEUED_KINDS, Kind

LOST = "…"
"""Stands for a segment of which an export tells only that it was there."""


@dataclass(frozen=True, slots=True)
class RebuiltSegment:
    """A segment of a rebuilt article.

    Attributes:
        start: Where it begins, in code points.
        end: Where it ends.
        kind: What it is; what was lost counts as boilerplate.
        is_queued: Whether it stands in the queue.
        record: The number of its record among those given; None for one that is only known as a
            neighbour, or lost.
    """

    start: int
    end: int
    kind: str
    is_queued: bool
    record: int | None = None


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A rebuilt article: its text, and its segments in the order of the text."""

    text: str
    segments: tuple[RebuiltSegment, ...]


def rebuild(records: Sequence[Record]) -> Rebuilt:
    """The article that records of one article were taken from.

    Args:
        records: The article's, in the order of their starts.

    Raises:
        InputError: Their texts do not fit their places, or they overlap.
    """
    _check(records)
    queued = _queued(records)
    segments: list[RebuiltSegment] = []
    pieces: list[str] = []
    end, position = 0, 0
    for number, record in enumerate(records):
        gap = _Gap(end, record.start, record.position - position)
        gap.put_last(_hidden_before(records, queued, number))
        gap.put_first(_hidden_after(records, queued, number - 1))
        segments += gap.segments()
        pieces += (gap.text(), record.text)
        own = RebuiltSegment(record.start, record.end, record.kind, queued[number], number)
        segments.append(own)
        end, position = record.end, record.position + 1
    last = _hidden_after(records, queued, len(records) - 1)
    if last is not None:
        segments.append(RebuiltSegment(end + 1, end + 1 + len(last), Kind.BODY, is_queued=True))
        pieces += ("\n", last)
    return Rebuilt("".join(pieces), tuple(segments))


def _check(records: Sequence[Record]) -> None:
    for record in records:
        if not 0 <= record.start < record.end or record.end - record.start != len(record.text):
            message = f"{record.id}: its text does not fit its place {record.start}-{record.end}."
            raise InputError(message)
    for one, other in pairwise(records):
        if one.end > other.start or one.position >= other.position:
            message = f"{other.id}: it overlaps {one.id}, or stands in the wrong order."
            raise InputError(message)


def _queued(records: Sequence[Record]) -> list[bool]:
    """Which sentences were in the queue: their neighbours quote those, and pass over the others."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for number, record in enumerate(records):
        first.setdefault(record.text, number)
        last[record.text] = number
    found = []
    for number, own in enumerate(records):
        left = records[number - 1] if number else None
        right = records[number + 1] if number + 1 < len(records) else None
        is_quoted = (left is not None and left.after == own.text) or (
            right is not None and right.before == own.text
        )
        is_passed = (
            left is not None
            and (_beside(left, own) or left.after is None or last.get(left.after, 0) > number)
        ) or (
            right is not None
            and (
                _beside(own, right)
                or right.before is None
                or first.get(right.before, number) < number
            )
        )
        found.append(is_quoted or (not is_passed and own.kind in QUEUED_KINDS))
    return found


def _beside(one: Record, other: Record) -> bool:
    return one.position + 1 == other.position


def _hidden_before(records: Sequence[Record], queued: Sequence[bool], number: int) -> str | None:
    """The text that a sentence quotes as its left neighbour, unless that is a record itself."""
    known = next((records[n].text for n in range(number - 1, -1, -1) if queued[n]), None)
    quoted = records[number].before
    return None if quoted == known else quoted


def _hidden_after(records: Sequence[Record], queued: Sequence[bool], number: int) -> str | None:
    """The same of the right neighbour."""
    if number < 0:
        return None
    known = next((records[n].text for n in range(number + 1, len(records)) if queued[n]), None)
    quoted = records[number].after
    return None if quoted == known else quoted


class _Gap:
    """The space between two records, and the segments that were in it."""

    def __init__(self, start: int, end: int, n_segments: int) -> None:
        self._start, self._end = start, end
        self._n_lost = max(n_segments, 0)
        self._signs = [" "] if end - start == 1 else ["\n"] * (end - start)
        self._found: list[RebuiltSegment] = []

    def put_last(self, text: str | None) -> None:
        if text is not None and self._n_lost:
            at = max(self._start, self._end - len(text) - 1)
            at = at if at + len(text) < self._end else self._end - len(text)
            self._put(at, text, Kind.BODY, is_queued=True)

    def put_first(self, text: str | None) -> None:
        if text is None or not self._n_lost:
            return
        if self._found and self._text_of(self._found[0]) == text:
            return  # the one neighbour of both
        room = (self._found[0].start if self._found else self._end) - self._start
        at = self._start + 1 if len(text) < room else self._start
        self._put(at, text, Kind.BODY, is_queued=True)

    def _put(self, at: int, text: str, kind: str, *, is_queued: bool) -> None:
        limit = self._found[0].start if self._found else self._end
        if at < self._start or at + len(text) > limit:
            return  # it was shortened or altered on its way: its place is lost
        self._signs[at - self._start : at - self._start + len(text)] = text
        self._found.insert(0, RebuiltSegment(at, at + len(text), kind, is_queued))
        self._n_lost -= 1

    def _text_of(self, segment: RebuiltSegment) -> str:
        return "".join(self._signs[segment.start - self._start : segment.end - self._start])

    def segments(self) -> list[RebuiltSegment]:
        """What was in it, in the order of the text; lost ones where there is room."""
        lost = list(self._places())[: self._n_lost]
        for at in lost:
            self._signs[at - self._start] = LOST
        found = [RebuiltSegment(at, at + 1, Kind.BOILERPLATE, is_queued=False) for at in lost]
        return sorted([*self._found, *found], key=lambda segment: segment.start)

    def _places(self) -> Iterator[int]:
        """Free places, between the neighbours first: there the lost ones stood."""
        taken = {at for one in self._found for at in range(one.start, one.end)}
        free = [at for at in range(self._start, self._end) if at not in taken]
        first = self._found[0].end if len(self._found) > 1 else self._start
        inside = [at for at in free if at >= first]
        apart = inside[1::2] or inside
        rest = [at for at in [*inside, *free] if at not in set(apart)]
        yield from dict.fromkeys([*apart, *rest])

    def text(self) -> str:
        """Its text, after `segments`."""
        return "".join(self._signs)
