"""Are the decisions what they were when they came: each chain, and what its events lead to?

What the events lead to is worked out here from the events alone and not by the code that applies
ops, so that a fault in that code is found too.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import orjson
from sqlmodel import Session

from db.queries import check_events, checks
from db.queries.check_events import AnnotationRow, EventRow
from workbench.services.chains import HASHED, chained
from workbench.services.faults import Fault

DECISIONS = frozenset({"label", "skip", "clear"})
BESIDE_THE_VALUE = frozenset({"copied_from", "undoes", "together"})  # said of an op, not of it


def chain_faults(session: Session, done: Callable[[int], None]) -> Iterator[Fault]:
    """Events that are not as they were stored, or missing from a chain; wrong totals of them."""
    for place in checks.places(session):
        head, n_events, active_ms = "", 0, 0
        for event in check_events.chain(
            session, project_id=place.project_id, reviewer_id=place.account_id
        ):
            for what in _of_link(head, event):
                yield Fault("annotation_event", event.op_id, what)
            head, n_events, active_ms = event.hash, n_events + 1, active_ms + event.active_ms
            done(1)
        name = f"{place.project}/{place.account}"
        if head != place.chain_hash:
            yield Fault("membership", name, "its newest event is not the last one of its chain")
        if (n_events, active_ms) != (place.n_events, place.active_ms):
            yield Fault(
                "membership",
                name,
                f"it counts {place.n_events} events of {place.active_ms} ms; there are {n_events} "
                f"of {active_ms} ms",
            )
    for project_id, reviewer_id in checks.strangers(session):
        row = f"{project_id}/{reviewer_id}"
        yield Fault("membership", row, "there are events of somebody who is no member")


def _of_link(head: str, event: EventRow) -> Iterator[str]:
    if event.prev_hash != head:
        yield "the event before it is missing or is not the one it was chained to"
    try:
        body = {
            **{name: getattr(event, name) for name in HASHED},
            "old": _json(event.old),
            "new": _json(event.new),
            "shown_at": moment(event.shown_at),
            "decided_at": moment(event.decided_at),
            "stored_at": moment(event.stored_at),
        }
        digest = chained(event.prev_hash, body)
    except (TypeError, ValueError):
        yield "it cannot be read"
        return
    if digest != event.hash:
        yield "it is not as it was stored (its hash differs)"


def moment(value: str | datetime | None) -> datetime | None:
    """A stored time: SQLite keeps UTC as text without a zone."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value.astimezone(UTC) if value else None


def _json(value: str | None) -> Any:
    return None if value is None else orjson.loads(value)


def fold_faults(session: Session, done: Callable[[int], None]) -> Iterator[Fault]:
    """Annotations that are not what their events lead to."""
    above: tuple[int, int] | None = (0, 0)
    while above is not None:
        rows, upto = check_events.annotations(session, above=above)
        events = check_events.events_between(session, above=above, upto=upto)
        yield from _piece_faults(session, rows, events)
        done(len(events))
        above = upto


def _piece_faults(
    session: Session, rows: Sequence[AnnotationRow], events: Sequence[EventRow]
) -> Iterator[Fault]:
    labels = check_events.labels_of(session, annotation_ids=[row.id for row in rows])
    origins = check_events.origins_of(session, annotation_ids=[row.id for row in rows])
    homes = checks.sentence_homes(session, sentence_ids=[row.sentence_id for row in rows])
    folded = {
        key: list(group)
        for key, group in groupby(events, key=lambda event: (event.reviewer_id, event.sentence_id))
    }
    for row in rows:
        history = folded.pop((row.reviewer_id, row.sentence_id), [])
        what = "it has no events"
        if history:
            origin = origins.get(row.id)
            what = _difference(row, labels.get(row.id, []), history) or _repeated(origin, history)
        if not what and homes.get(row.sentence_id) != (row.project_id, row.article_id):
            what = "it is in another project or article than its sentence"
        if what:
            yield Fault("annotation", _name(session, row.sentence_id, row.reviewer_id), what)
    for reviewer_id, sentence_id in folded:
        row_name = _name(session, sentence_id, reviewer_id)
        yield Fault("annotation", row_name, "its events are there and it is not")


def _name(session: Session, sentence_id: int, reviewer_id: int) -> str:
    sentence = checks.sentence_name(session, sentence_id=sentence_id)
    return f"{sentence} of account number {reviewer_id}"


def _difference(row: AnnotationRow, labels: list[str], history: Sequence[EventRow]) -> str:
    """What of an annotation is not what its events lead to, in words; empty if all is."""
    try:
        wrong = _broken_history(history)
        if wrong:
            return wrong
        expected = _fold(history)
        decided_at = moment(row.decided_at)
    except (KeyError, TypeError, ValueError):
        return "its events cannot be read"
    found = {
        "version": row.version,
        "status": row.status,
        "labels": labels,
        "check_worthiness": row.check_worthiness,
        "comment": row.comment,
        "mention": (row.mention_start, row.mention_end),
        "flag": bool(row.is_flagged),
        "reason": row.skip_reason,
        "active_ms": row.active_ms,
        "label set": row.label_set_id,
        "guideline": row.guideline_id,
        "decided_at": decided_at,
    }
    differing = [name for name, value in expected.items() if found[name] != value]
    return f"not what its events lead to: {', '.join(differing)}" if differing else ""


def _broken_history(history: Sequence[EventRow]) -> str:
    if [event.version for event in history] != list(range(1, len(history) + 1)):
        return "an event between its first and its last version is missing"
    before: Any = None
    for event in history:
        if _json(event.old) != before:
            return f"its event of version {event.version} does not begin where the last one ended"
        before = {k: v for k, v in _json(event.new).items() if k not in BESIDE_THE_VALUE}
    return ""


def _repeated(origin: str | None, history: Sequence[EventRow]) -> str:
    # Answers that came with an import say of what they are copies in their annotation alone.
    told = _json(_decisive(history).new).get("copied_from")
    return "" if told in (None, origin) else "it does not say whose answer it repeats"


def _decisive(history: Sequence[EventRow]) -> EventRow:
    return [e for n, e in enumerate(history) if n == 0 or e.act in DECISIONS][-1]


def _mention(told: dict[str, int] | None) -> tuple[int | None, int | None]:
    return (told["start"], told["end"]) if told else (None, None)


def _fold(history: Sequence[EventRow]) -> dict[str, Any]:
    last = _json(history[-1].new)
    decisive = _decisive(history)
    return {
        "version": len(history),
        "status": last["status"],
        "labels": sorted(last["labels"]),
        "check_worthiness": last["check_worthiness"],
        "comment": last["comment"],
        "mention": _mention(last.get("mention")),
        "flag": last["flagged"],
        "reason": last["reason"],
        "active_ms": sum(event.active_ms for event in history),
        "label set": decisive.label_set_id,
        "guideline": decisive.guideline_id,
        "decided_at": moment(decisive.stored_at),
    }
