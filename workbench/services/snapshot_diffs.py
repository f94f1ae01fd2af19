"""Compare two snapshots: which sentences came, went and changed, and whose answers did."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge
from itertools import groupby
from pathlib import Path

from workbench.errors import InputError
from workbench.formats.manifest import SENTENCES
from workbench.formats.record_lines import parse_records
from workbench.formats.records import Record, RecordAnnotation

NO_FINAL = "-"
EXPLICIT_NONE = "none"


class Event(StrEnum):
    """What became of a sentence from one snapshot to the next."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class AnnotatorChange:
    """What one annotator gave before and after; None: no answer."""

    annotator: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        """One piece of a line for people."""
        return f"{self.annotator}: {self.before or 'no answer'} -> {self.after or 'no answer'}"


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence that is not the same in both: its final labels, its split, whose answers."""

    event: Event
    id: str
    text: str
    before: str | None
    after: str | None
    split_before: str | None
    split_after: str | None
    annotators: tuple[AnnotatorChange, ...]


def changes(
    before: Path, after: Path, *, done: Callable[[int], None] | None = None
) -> Iterator[Change]:
    """Every sentence that came, went or changed, in the order of the sentences.

    Both files are in the same order, so they are read side by side, a line at a time.

    Args:
        before: The folder of the earlier snapshot.
        after: The folder of the later one.
        done: Called with the number of sentences just read.

    Raises:
        InputError: A folder is no snapshot, or its sentences cannot be read.
    """
    sides = (_keyed(before, 0), _keyed(after, 1))
    for _, group in groupby(merge(*sides, key=_key), key=_key):
        found: list[Record | None] = [None, None]
        for _, side, record in group:
            found[side] = record
            if done is not None:
                done(1)
        change = _change(*found)
        if change is not None:
            yield change


_Sided = tuple[tuple[str, int, int], int, Record]


def _key(sided: _Sided) -> tuple[str, int, int]:
    return sided[0]


def _keyed(folder: Path, side: int) -> Iterator[_Sided]:
    path = folder / SENTENCES
    if not path.is_file():
        message = f"{folder} is no snapshot: it holds no {SENTENCES}."
        raise InputError(message)
    with path.open("rb") as file:
        for record in parse_records(file, name=str(path)):
            yield (record.article.id, record.start, record.end), side, record


def _change(before: Record | None, after: Record | None) -> Change | None:
    present = after or before
    if present is None or before == after:
        return None
    was, now = _final(before), _final(after)
    annotators = tuple(_annotators(before, after))
    splits = (before.split if before else None, after.split if after else None)
    if before is not None and after is not None:
        event = Event.CHANGED
        if was == now and splits[0] == splits[1] and not annotators:
            return None  # a neighbour or the article's title changed, no label
    else:
        event = Event.WENT if after is None else Event.CAME
    return Change(event, present.id, present.text, was, now, *splits, annotators)


def _final(record: Record | None) -> str | None:
    if record is None:
        return None
    if record.label_source == "none":
        return NO_FINAL
    return ", ".join(record.labels) or EXPLICIT_NONE


def _annotators(before: Record | None, after: Record | None) -> Iterator[AnnotatorChange]:
    was = {one.annotator: _given(one) for one in before.annotations} if before else {}
    now = {one.annotator: _given(one) for one in after.annotations} if after else {}
    for name in sorted(was.keys() | now.keys(), key=lambda name: (len(name), name)):
        if was.get(name) != now.get(name):
            yield AnnotatorChange(name, was.get(name), now.get(name))


def _given(annotation: RecordAnnotation) -> str:
    if annotation.skipped:
        return "skipped"
    return ", ".join(annotation.labels) or EXPLICIT_NONE
