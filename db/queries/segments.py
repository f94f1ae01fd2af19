"""Segments as they are changed by hand, and the counts that have to follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Annotation, AuditEvent, Membership, Sentence
from db.models.naming import table

_sentence = table(Sentence)
_annotation = table(Annotation)
_membership = table(Membership)


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A segment without its text; `position` is below zero where it is retired."""

    id: int
    article_id: int
    position: int
    start: int
    end: int
    kind: str
    reason: str
    is_queued: bool
    queue_key: int
    quote_group: int | None
    is_retired: bool


_COLUMNS = tuple(_sentence.c[name] for name in SegmentRow.__dataclass_fields__)


def lock_places(session: Session, *, project_id: int) -> None:
    """Hold every place in the project's queue until the transaction ends.

    Whoever labels holds their own place and reads then what is queued: after this they either
    have counted what they did, or will read what is queued from now on. On SQLite the
    transaction is the only writer already.
    """
    statement = (
        sa.select(_membership.c.id)
        .where(_membership.c.project_id == project_id)
        .order_by(_membership.c.id)
        .with_for_update()
    )
    session.execute(statement).all()


def at(session: Session, *, article_id: int, spans: Iterable[tuple[int, int]]) -> list[SegmentRow]:
    """The segments of exactly these spans, retired ones too, in the order of the text."""
    wanted = set(spans)
    statement = (
        sa.select(*_COLUMNS)
        .where(_sentence.c.article_id == article_id)
        .where(_sentence.c.start.in_(sorted({start for start, _ in wanted})))
        .order_by(_sentence.c.start, _sentence.c.end)
    )
    rows = [SegmentRow(*row) for row in session.execute(statement)]
    return [row for row in rows if (row.start, row.end) in wanted]


def live(session: Session, *, article_id: int) -> list[SegmentRow]:
    """The segments of an article in reading order, without those that are retired."""
    statement = (
        sa.select(*_COLUMNS)
        .where(_sentence.c.article_id == article_id, _sentence.c.position >= 0)
        .order_by(_sentence.c.position)
    )
    return [SegmentRow(*row) for row in session.execute(statement)]


def of_reason(session: Session, *, article_id: int, reason: str) -> list[SegmentRow]:
    """The segments of an article that were set apart for the same reason, in reading order."""
    statement = (
        sa.select(*_COLUMNS)
        .where(_sentence.c.article_id == article_id, _sentence.c.position >= 0)
        .where(_sentence.c.reason == reason)
        .order_by(_sentence.c.position)
    )
    return [SegmentRow(*row) for row in session.execute(statement)]


_WRITE = (
    sa.update(_sentence)
    .where(_sentence.c.id == sa.bindparam("row_id"))
    .values(
        kind=sa.bindparam("new_kind"),
        is_queued=sa.bindparam("new_queued"),
        reason=sa.bindparam("new_reason"),
    )
)


def write(session: Session, *, rows: Sequence[SegmentRow]) -> None:
    """Store kind, reason and place in or out of the queue; spans are never touched."""
    session.connection().execute(
        _WRITE,
        [
            {
                "row_id": row.id,
                "new_kind": row.kind,
                "new_queued": row.is_queued,
                "new_reason": row.reason,
            }
            for row in rows
        ],
    )


_SET_GROUP = (
    sa.update(_sentence)
    .where(_sentence.c.id == sa.bindparam("row_id"))
    .values(quote_group=sa.bindparam("number"))
)


def set_groups(session: Session, *, groups: dict[int, int | None]) -> None:
    """Store which quotation segments belong to, by their keys."""
    if groups:
        rows = [{"row_id": key, "number": number} for key, number in groups.items()]
        session.connection().execute(_SET_GROUP, rows)


def done_by(session: Session, *, sentence_ids: Iterable[int]) -> list[tuple[int, int]]:
    """Who has done which of these sentences: pairs of sentence and reviewer."""
    statement = (
        sa.select(_annotation.c.sentence_id, _annotation.c.reviewer_id)
        .where(_annotation.c.sentence_id.in_(list(sentence_ids)))
        .where(_annotation.c.status != "open")
    )
    return [(sentence, reviewer) for sentence, reviewer in session.execute(statement)]


def n_decided(session: Session, *, article_id: int) -> tuple[int, int]:
    """How many answers there are for an article's segments, retired ones too, and of how many."""
    people = sa.func.count(sa.distinct(_annotation.c.reviewer_id))
    statement = sa.select(sa.func.count(sa.distinct(_annotation.c.sentence_id)), people).where(
        _annotation.c.article_id == article_id
    )
    n_answers, n_people = session.execute(statement).one()
    return n_answers, n_people


def changes(
    session: Session, *, object_id: str, acts: Iterable[str], limit: int = 500
) -> Sequence[AuditEvent]:
    """What was changed by hand in articles of this id, newest first."""
    statement = (
        select(AuditEvent)
        .where(col(AuditEvent.object_type) == "article")
        .where(col(AuditEvent.object_id) == object_id)
        .where(col(AuditEvent.act).in_(list(acts)))
        .order_by(col(AuditEvent.id).desc())
        .limit(limit)
    )
    return session.exec(statement).all()
