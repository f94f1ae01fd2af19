"""`workbench db check`: is everything in the database what it was when it was stored?"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from sqlmodel import Session

from db.errors import DamagedError
from db.models import Annotation, AnnotationEvent, Article, AuditEvent, Sentence
from db.queries import check_events, checks, queue
from db.queries.check_events import AuditRow
from db.translating import translated
from workbench.services import article_checks, audit, copy_checks, event_checks, lease_checks
from workbench.services.faults import Fault as Fault
from workbench.services.faults import to_the_end
from workbench.services.permissions import Actor, Permission, check


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is to look at."""

    n_articles: int
    n_segments: int
    n_annotations: int
    n_events: int
    n_audit_events: int

    @property
    def steps(self) -> int:
        """Rows that `faults` reports as done: every event is read for its chain and its fold."""
        return self.n_articles + 2 * self.n_events + self.n_audit_events

    def __str__(self) -> str:
        """One line."""
        return (
            f"{self.n_articles:,} articles, {self.n_segments:,} segments, "
            f"{self.n_annotations:,} annotations, {self.n_events:,} events, "
            f"{self.n_audit_events:,} audit events"
        )


def extent(session: Session, *, actor: Actor) -> Extent:
    """Count what there is."""
    check(actor, Permission.MANAGE_INSTALLATION)
    return Extent(
        n_articles=_count(session, Article),
        n_segments=_count(session, Sentence),
        n_annotations=_count(session, Annotation),
        n_events=_count(session, AnnotationEvent),
        n_audit_events=_count(session, AuditEvent),
    )


def _count(session: Session, model: type[Any]) -> int:
    try:
        with translated():
            return checks.count(session, model)
    except DamagedError:
        return 0  # what cannot be counted is named by `faults`


def faults(
    session: Session, *, actor: Actor, done: Callable[[int], None] = lambda _n: None
) -> Iterator[Fault]:
    """Everything that is not as it should be, found row by row in a flat amount of memory.

    Args:
        session: One long look at one moment.
        actor: Who asks.
        done: Told how many rows have been looked at since the last time.

    Yields:
        A fault for each row that has one. A change is found by hash, wherever it came from.
    """
    check(actor, Permission.MANAGE_INSTALLATION)
    yield from to_the_end("database", _page_faults(session))
    yield from to_the_end("article", article_checks.faults(session, done))
    yield from to_the_end("annotation_event", event_checks.chain_faults(session, done))
    yield from to_the_end("annotation", event_checks.fold_faults(session, done))
    yield from to_the_end("sentence", copy_checks.faults(session))
    yield from to_the_end("project", _count_faults(session))
    yield from to_the_end("membership", _place_faults(session))
    yield from to_the_end("assignment", lease_checks.faults(session))
    yield from to_the_end("audit_event", _audit_faults(session, done))


def _page_faults(session: Session) -> Iterator[Fault]:
    for what in checks.page_faults(session):
        yield Fault("database", "-", what)


def _count_faults(session: Session) -> Iterator[Fault]:
    for slug, counted, there in checks.queue_counts(session):
        if counted != there:
            what = f"it counts {counted} sentences in its queue; there are {there}"
            yield Fault("project", slug, what)


def _place_faults(session: Session) -> Iterator[Fault]:
    for place in checks.places(session):
        name = f"{place.project}/{place.account}"
        keys = {"project_id": place.project_id}
        there = checks.n_done(session, account_id=place.account_id, **keys)
        if there != place.n_done:
            what = f"it counts {place.n_done} sentences done; there are {there}"
            yield Fault("membership", name, what)
        first = queue.first_open(session, reviewer_id=place.account_id, mark=0, **keys)
        if first < place.queue_mark:
            what = "a sentence still to do lies before the place where its search begins"
            yield Fault("membership", name, what)


def _audit_faults(session: Session, done: Callable[[int], None]) -> Iterator[Fault]:
    head = ""
    for row in check_events.audit_log(session):
        name = f"number {row.id}"
        if row.prev_hash != head:
            yield Fault("audit_event", name, "the row before it is missing or another one")
        try:
            is_same = _audit_hash(row) == row.hash
            details = orjson.loads(row.details)
            project = audit.project_of(row.object_type, row.object_id, details)
        except (AttributeError, TypeError, ValueError):
            is_same = False
        if not is_same:
            yield Fault("audit_event", name, "it is not as it was stored (its hash differs)")
        elif row.project != project:
            yield Fault("audit_event", name, "it stands under another project than it concerns")
        head = row.hash
        done(1)


def _audit_hash(row: AuditRow) -> str:
    at = event_checks.moment(row.at)
    body = {
        "at": at.isoformat() if at else None,
        "actor": row.actor or "",
        "act": row.act,
        "object": [row.object_type, row.object_id],
        "details": orjson.loads(row.details),
        "address": row.address,
    }
    packed = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(row.prev_hash.encode() + packed).hexdigest()
