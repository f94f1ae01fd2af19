"""Segments that are split and merged: retired, made, put in their place, and linked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from db.models import Annotation, Sentence, SentenceOrigin
from db.models.naming import table
from db.queries.segments import SegmentRow

_sentence = table(Sentence)
_origin = table(SentenceOrigin)
_annotation = table(Annotation)

ASIDE = 1 << 30
"""Where positions wait while others are put in their place; lower than any retired one's."""


def set_aside(session: Session, *, article_id: int, first: int) -> None:
    """Move the segments from a position on out of the way of those that come before them.

    Positions and places in the queue are unique at every moment, so that they cannot be moved up
    or down one by one.
    """
    session.connection().execute(
        sa.update(_sentence)
        .where(_sentence.c.article_id == article_id, _sentence.c.position >= first)
        .values(position=-ASIDE - _sentence.c.position, queue_key=-_sentence.c.queue_key)
    )


def put_back(session: Session, *, article_id: int, by: int) -> None:
    """Move what was set aside to where it was, so many places further on."""
    session.connection().execute(
        sa.update(_sentence)
        .where(_sentence.c.article_id == article_id, _sentence.c.position <= -ASIDE)
        .values(position=by - ASIDE - _sentence.c.position, queue_key=by - _sentence.c.queue_key)
    )


def retire(session: Session, *, ids: Iterable[int]) -> None:
    """Take segments out of the reading order and the queue; all that hangs on them stays."""
    session.connection().execute(
        sa.update(_sentence)
        .where(_sentence.c.id.in_(list(ids)))
        .values(is_retired=True, is_queued=False, position=-_sentence.c.id, quote_group=None)
    )


_REVIVE = (
    sa.update(_sentence)
    .where(_sentence.c.id == sa.bindparam("row_id"))
    .values(
        is_retired=False,
        position=sa.bindparam("at"),
        queue_key=sa.bindparam("key"),
        kind=sa.bindparam("new_kind"),
        is_queued=sa.bindparam("new_queued"),
        reason=sa.bindparam("new_reason"),
    )
)


def revive(session: Session, *, rows: Sequence[SegmentRow]) -> None:
    """Put retired segments into the reading order as these rows say."""
    values = [
        {
            "row_id": row.id,
            "at": row.position,
            "key": row.queue_key,
            "new_kind": row.kind,
            "new_queued": row.is_queued,
            "new_reason": row.reason,
        }
        for row in rows
    ]
    if values:
        session.connection().execute(_REVIVE, values)


def make(session: Session, *, project_id: int, row: SegmentRow) -> int:
    """Store a new segment; its key."""
    values = {
        "project_id": project_id,
        "article_id": row.article_id,
        "position": row.position,
        "start": row.start,
        "end": row.end,
        "kind": row.kind,
        "reason": row.reason,
        "is_queued": row.is_queued,
        "queue_key": row.queue_key,
    }
    statement = sa.insert(_sentence).values(values).returning(_sentence.c.id)
    key: int = session.connection().execute(statement).scalar_one()
    return key


_LINK = {
    "sqlite": sqlite.insert(_origin).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_origin).on_conflict_do_nothing(),
}


def link(session: Session, *, pairs: Iterable[tuple[int, int]]) -> None:
    """Store which segment (first) was made of which (second); what is stored already stays."""
    rows = [{"sentence_id": made, "origin_id": origin} for made, origin in pairs]
    if rows:
        session.connection().execute(_LINK[session.get_bind().dialect.name], rows)


@dataclass(frozen=True, slots=True)
class RetiredRow:
    """A retired segment that somebody has decided about."""

    id: int
    start: int
    end: int
    n_labelled: int


def retired_with_labels(
    session: Session, *, article_id: int, reviewer_id: int | None = None
) -> list[RetiredRow]:
    """The retired segments of an article that carry decisions, in the order of the text.

    Everybody's decisions, or those of one reviewer.
    """
    n = sa.func.count(_annotation.c.id)
    statement: sa.Select[Any] = (
        sa.select(_sentence.c.id, _sentence.c.start, _sentence.c.end, n)
        .join(_annotation, _annotation.c.sentence_id == _sentence.c.id)
        .where(_sentence.c.article_id == article_id, _sentence.c.position < 0)
        .where(_annotation.c.status != "open")
        .group_by(_sentence.c.id, _sentence.c.start, _sentence.c.end)
        .order_by(_sentence.c.start, _sentence.c.end)
    )
    if reviewer_id is not None:
        statement = statement.where(_annotation.c.reviewer_id == reviewer_id)
    return [RetiredRow(*row) for row in session.execute(statement)]
