"""Events: appended once each, never changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from db.models import AnnotationEvent, Article, Sentence
from db.models.naming import table

AFTER_ALL = 2**62  # no event has a number like that

_event = table(AnnotationEvent)
_sentence = table(Sentence)
_article = table(Article)

_ADD = {
    name: dialect.insert(_event)
    .on_conflict_do_nothing(index_elements=["op_id"])
    .returning(_event.c.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


def append(session: Session, *, event: dict[str, Any]) -> bool:
    """Add an event unless its `op_id` was used before; whether it was added.

    The row that comes back tells: psycopg's count of rows is -1 here.
    """
    statement = _ADD[session.get_bind().dialect.name]
    return session.connection().execute(statement, event).first() is not None


_BY_OP = sa.select(_event.c.reviewer_id, _event.c.payload_hash, _event.c.version).where(
    _event.c.op_id == sa.bindparam("op_id")
)


def by_op(session: Session, *, op_id: str) -> tuple[int, str, int] | None:
    """An op that was stored before: reviewer, payload hash and version."""
    row = session.connection().execute(_BY_OP, {"op_id": op_id}).first()
    return None if row is None else (row[0], row[1], row[2])


def of_reviewer(reviewer_id: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whose events; with `LAST_FIRST`, one step of an index however many events there are.

    Told "=", PostgreSQL reads all events backwards until it meets the reviewer's: none for a while
    where they paused, and to the very first where they have none. A range keeps to the index.
    """
    return _event.c.reviewer_id.between(reviewer_id, reviewer_id)


LAST_FIRST = (_event.c.reviewer_id.desc(), _event.c.id.desc())

_LATEST = (
    sa.select(_event.c.stored_at)
    .where(_event.c.project_id == sa.bindparam("project_id"))
    .where(of_reviewer(sa.bindparam("reviewer_id")))
    .order_by(*LAST_FIRST)
    .limit(1)
)


def latest_at(session: Session, *, project_id: int, reviewer_id: int) -> datetime | None:
    """When this reviewer's newest event was stored."""
    values = {"project_id": project_id, "reviewer_id": reviewer_id}
    found: datetime | None = session.connection().execute(_LATEST, values).scalar()
    return found


@dataclass(frozen=True, slots=True)
class ActOnSentence:
    """One event, and the sentence it was about."""

    id: int
    op_id: str
    act: str
    old: dict[str, Any] | None
    undoes: str | None
    together: str | None
    article_id: int
    article: str
    start: int
    end: int


_NEWEST: sa.Select[Any] = (
    sa.select(
        *(_event.c[name] for name in ("id", "op_id", "act", "old")),
        *(_event.c.new[name].as_string() for name in ("undoes", "together")),
        *(_sentence.c.article_id, _article.c.public_id, _sentence.c.start, _sentence.c.end),
    )
    .join(_sentence, _sentence.c.id == _event.c.sentence_id)
    .join(_article, _article.c.id == _sentence.c.article_id)
    .where(_event.c.project_id == sa.bindparam("project_id"))
    # Both at once, so that the index is entered at that event, however many came after it.
    .where(
        sa.tuple_(_event.c.reviewer_id, _event.c.id)
        < sa.tuple_(
            sa.bindparam("reviewer_id", type_=sa.Integer()),
            sa.bindparam("before_id", type_=sa.BigInteger()),
        )
    )
    .where(_event.c.reviewer_id >= sa.bindparam("reviewer_id"))
    .order_by(*LAST_FIRST)
    .limit(sa.bindparam("n"))
)


def newest(
    session: Session, *, project_id: int, reviewer_id: int, n: int, before_id: int = AFTER_ALL
) -> list[ActOnSentence]:
    """A reviewer's last events, newest first; only those before an event, where one is given."""
    values = {
        "project_id": project_id,
        "reviewer_id": reviewer_id,
        "before_id": before_id,
        "n": n,
    }
    return [ActOnSentence(*row) for row in session.connection().execute(_NEWEST, values)]
