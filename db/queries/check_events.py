"""What a check of decisions reads: events, what they lead to, and the audit log, as stored.

Values that a damaged file may hold wrongly (times, JSON) are read raw: the check says what is
wrong with them and does not stumble over them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import (
    Account,
    Annotation,
    AnnotationEvent,
    AnnotationLabel,
    AnnotationOrigin,
    Article,
    AuditEvent,
    Label,
    Sentence,
)
from db.models.naming import table

CHUNK = 500

_event = table(AnnotationEvent)
_annotation = table(Annotation)
_given = table(AnnotationLabel)
_label = table(Label)
_origin = table(AnnotationOrigin)
_sentence = table(Sentence)
_article = table(Article)
_audit = table(AuditEvent)
_account = table(Account)


@dataclass(frozen=True, slots=True)
class EventRow:
    """A decision's event, its JSON and times as they are stored."""

    id: int
    op_id: str
    project_id: int
    sentence_id: int
    reviewer_id: int
    act: str
    version: int
    old: str | None
    new: str
    label_set_id: int
    guideline_id: int
    active_ms: int
    shown_at: str | datetime | None
    decided_at: str | datetime | None
    stored_at: str | datetime
    payload_hash: str
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class AnnotationRow:
    """An annotation, without its labels."""

    id: int
    project_id: int
    article_id: int
    sentence_id: int
    reviewer_id: int
    version: int
    status: str
    check_worthiness: int | None
    comment: str | None
    mention_start: int | None
    mention_end: int | None
    is_flagged: bool
    skip_reason: str | None
    active_ms: int
    label_set_id: int
    guideline_id: int
    decided_at: str | datetime


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A row of the audit log, its JSON and time as they are stored."""

    id: int
    at: str | datetime
    actor: str | None
    act: str
    object_type: str
    object_id: str
    project: str | None
    details: str
    address: str
    prev_hash: str
    hash: str


def _raw(column: sa.Column[Any]) -> Any:
    if isinstance(column.type, sa.JSON):
        return sa.cast(column, sa.Text)
    if column.name.endswith("at") and column.type.python_type is datetime:
        return sa.type_coerce(column, sa.String)
    return column


_EVENTS = sa.select(*(_raw(_event.c[name]) for name in EventRow.__dataclass_fields__))
_ANNOTATIONS = sa.select(
    *(_raw(_annotation.c[name]) for name in AnnotationRow.__dataclass_fields__)
)


def chain(session: Session, *, project_id: int, reviewer_id: int) -> Iterator[EventRow]:
    """A reviewer's events in a project, in the order they were stored."""
    mine = _EVENTS.where(_event.c.project_id == project_id, _event.c.reviewer_id == reviewer_id)
    last = 0
    while rows := session.execute(
        mine.where(_event.c.id > last).order_by(_event.c.id).limit(CHUNK)
    ).all():
        yield from (EventRow(*row) for row in rows)
        last = rows[-1][0]


def annotations(
    session: Session, *, above: tuple[int, int]
) -> tuple[list[AnnotationRow], tuple[int, int] | None]:
    """The next annotations by reviewer and sentence, and the last key of them; None at the end."""
    key = sa.tuple_(_annotation.c.reviewer_id, _annotation.c.sentence_id)
    statement = (
        _ANNOTATIONS.where(key > above)
        .order_by(_annotation.c.reviewer_id, _annotation.c.sentence_id)
        .limit(CHUNK)
    )
    rows = [AnnotationRow(*row) for row in session.execute(statement)]
    if len(rows) < CHUNK:
        return rows, None
    return rows, (rows[-1].reviewer_id, rows[-1].sentence_id)


def events_between(
    session: Session, *, above: tuple[int, int], upto: tuple[int, int] | None
) -> Sequence[EventRow]:
    """The events of these reviewers and sentences, each sentence's by version."""
    key = sa.tuple_(_event.c.reviewer_id, _event.c.sentence_id)
    statement = _EVENTS.where(key > above).order_by(
        _event.c.reviewer_id, _event.c.sentence_id, _event.c.version
    )
    if upto is not None:
        statement = statement.where(key <= upto)
    return [EventRow(*row) for row in session.execute(statement)]


def labels_of(session: Session, *, annotation_ids: Sequence[int]) -> dict[int, list[str]]:
    """The keys of the labels that annotations give, sorted."""
    statement = (
        sa.select(_given.c.annotation_id, _label.c.key)
        .join(_label, _label.c.id == _given.c.label_id)
        .where(_given.c.annotation_id.in_(annotation_ids))
        .order_by(_given.c.annotation_id, _label.c.key)
    )
    found: dict[int, list[str]] = {}
    for annotation_id, key in session.execute(statement):
        found.setdefault(annotation_id, []).append(key)
    return found


def origins_of(session: Session, *, annotation_ids: Sequence[int]) -> dict[int, str]:
    """The public ids of the sentences whose answers annotations repeat."""
    statement = (
        sa.select(_origin.c.annotation_id, _article.c.public_id, _sentence.c.start, _sentence.c.end)
        .join(_sentence, _sentence.c.id == _origin.c.sentence_id)
        .join(_article, _article.c.id == _sentence.c.article_id)
        .where(_origin.c.annotation_id.in_(annotation_ids))
    )
    return {row[0]: f"{row[1]}:{row[2]}-{row[3]}" for row in session.execute(statement)}


def audit_log(session: Session) -> Iterator[AuditRow]:
    """Every row of the audit log, in order."""
    columns = [
        _account.c.public_id if name == "actor" else _raw(_audit.c[name])
        for name in AuditRow.__dataclass_fields__
    ]
    everything = sa.select(*columns).outerjoin(_account, _account.c.id == _audit.c.actor_id)
    last = 0
    while rows := session.execute(
        everything.where(_audit.c.id > last).order_by(_audit.c.id).limit(CHUNK)
    ).all():
        yield from (AuditRow(*row) for row in rows)
        last = rows[-1][0]
