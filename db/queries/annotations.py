"""Annotations and their events: the hot path, in few statements and no ORM objects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from db.models import (
    Annotation,
    AnnotationEvent,
    AnnotationLabel,
    Article,
    Guideline,
    Label,
    LabelSet,
    Sentence,
)
from db.models.naming import table

_annotation = table(Annotation)
_given = table(AnnotationLabel)
_event = table(AnnotationEvent)
_article = table(Article)
_sentence = table(Sentence)
_label = table(Label)
_label_set = table(LabelSet)
_guideline = table(Guideline)


@dataclass(frozen=True, slots=True)
class SentenceKeys:
    """The inside of a public sentence id."""

    id: int
    article_id: int
    is_queued: bool
    queue_key: int


@dataclass(frozen=True, slots=True)
class Stored:
    """An annotation as it is stored, with the keys of its labels sorted."""

    id: int
    sentence_id: int
    version: int
    status: str
    labels: tuple[str, ...]
    check_worthiness: int | None
    comment: str | None
    is_flagged: bool
    skip_reason: str | None
    active_ms: int


_RULE_IDS = sa.select(
    sa.select(_label_set.c.id)
    .where(_label_set.c.project_id == sa.bindparam("project_id"))
    .order_by(_label_set.c.version.desc())
    .limit(1)
    .scalar_subquery(),
    sa.select(_guideline.c.id)
    .where(_guideline.c.project_id == sa.bindparam("project_id"))
    .order_by(_guideline.c.version.desc())
    .limit(1)
    .scalar_subquery(),
)


def rule_ids(session: Session, *, project_id: int) -> tuple[int, int]:
    """The keys of the label set and the guideline in force."""
    label_set_id, guideline_id = session.execute(_RULE_IDS, {"project_id": project_id}).one()
    return label_set_id, guideline_id


_LABEL_KEYS = sa.select(_label.c.key, _label.c.id).where(
    _label.c.label_set_id == sa.bindparam("label_set_id")
)


def label_keys(session: Session, *, label_set_id: int) -> dict[str, int]:
    """The keys of a label set's labels, with what they are stored under."""
    rows = session.execute(_LABEL_KEYS, {"label_set_id": label_set_id})
    return {key: label_id for key, label_id in rows}  # noqa: C416 - a row is no pair to mypy


_KEYS = (
    sa.select(_sentence.c.id, _sentence.c.article_id, _sentence.c.is_queued, _sentence.c.queue_key)
    .join(_article, _article.c.id == _sentence.c.article_id)
    .where(
        _article.c.project_id == sa.bindparam("project_id"),
        _article.c.public_id == sa.bindparam("article"),
        _sentence.c.start == sa.bindparam("first"),
        _sentence.c.end == sa.bindparam("last"),
    )
)


def sentence_keys(
    session: Session, *, project_id: int, article: str, start: int, end: int
) -> SentenceKeys | None:
    """The stored sentence of a public id, in this project only."""
    values = {"project_id": project_id, "article": article, "first": start, "last": end}
    row = session.execute(_KEYS, values).first()
    return SentenceKeys(*row) if row else None


_EVENTS = sa.select(
    _event.c.op_id, _event.c.reviewer_id, _event.c.payload_hash, _event.c.version
).where(_event.c.op_id.in_(sa.bindparam("op_ids", expanding=True)))


def events_by_op(session: Session, *, op_ids: Iterable[str]) -> dict[str, tuple[int, str, int]]:
    """Ops that were stored before: reviewer, payload hash and version by op id."""
    rows = session.execute(_EVENTS, {"op_ids": list(op_ids)})
    return {op_id: (reviewer, payload, version) for op_id, reviewer, payload, version in rows}


_STORED_COLUMNS = (
    _annotation.c.id,
    _annotation.c.sentence_id,
    _annotation.c.version,
    _annotation.c.status,
    _annotation.c.check_worthiness,
    _annotation.c.comment,
    _annotation.c.is_flagged,
    _annotation.c.skip_reason,
    _annotation.c.active_ms,
)
_BY_SENTENCES = sa.select(*_STORED_COLUMNS).where(
    _annotation.c.reviewer_id == sa.bindparam("reviewer_id"),
    _annotation.c.sentence_id.in_(sa.bindparam("sentence_ids", expanding=True)),
)
_BY_ARTICLES = sa.select(*_STORED_COLUMNS).where(
    _annotation.c.reviewer_id == sa.bindparam("reviewer_id"),
    _annotation.c.article_id.in_(sa.bindparam("article_ids", expanding=True)),
)
_LABELS = (
    sa.select(_given.c.annotation_id, _label.c.key)
    .join(_label, _label.c.id == _given.c.label_id)
    .where(_given.c.annotation_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(_given.c.annotation_id, _label.c.key)
)


def of_sentences(
    session: Session, *, reviewer_id: int, sentence_ids: Iterable[int]
) -> dict[int, Stored]:
    """This reviewer's annotations of these sentences, by sentence."""
    values = {"reviewer_id": reviewer_id, "sentence_ids": list(sentence_ids)}
    return _with_labels(session, session.execute(_BY_SENTENCES, values).all())


def of_articles(
    session: Session, *, reviewer_id: int, article_ids: Iterable[int]
) -> dict[int, Stored]:
    """This reviewer's annotations in these articles, by sentence."""
    values = {"reviewer_id": reviewer_id, "article_ids": list(article_ids)}
    return _with_labels(session, session.execute(_BY_ARTICLES, values).all())


def _with_labels(session: Session, rows: Sequence[sa.Row[Any]]) -> dict[int, Stored]:
    labels: dict[int, list[str]] = {}
    ids = [row.id for row in rows if row.status == "labelled"]
    if ids:
        for annotation_id, key in session.execute(_LABELS, {"ids": ids}):
            labels.setdefault(annotation_id, []).append(key)
    return {
        row.sentence_id: Stored(
            row.id,
            row.sentence_id,
            row.version,
            row.status,
            tuple(labels.get(row.id, ())),
            row.check_worthiness,
            row.comment,
            row.is_flagged,
            row.skip_reason,
            row.active_ms,
        )
        for row in rows
    }


_ADD_EVENT = {
    name: dialect.insert(_event)
    .on_conflict_do_nothing(index_elements=["op_id"])
    .returning(_event.c.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_ADD_ANNOTATION = sa.insert(_annotation).returning(_annotation.c.id)
_ADVANCE = (
    sa.update(_annotation)
    .where(_annotation.c.id == sa.bindparam("row_id"))
    .where(_annotation.c.version == sa.bindparam("base_version"))
)
_DROP_LABELS = sa.delete(_given).where(_given.c.annotation_id == sa.bindparam("row_id"))
_ADD_LABELS = sa.insert(_given)


def append(session: Session, *, event: dict[str, Any]) -> bool:
    """Add an event unless its `op_id` was used before; whether it was added.

    The row that comes back tells: psycopg's count of rows is -1 here.
    """
    statement = _ADD_EVENT[session.get_bind().dialect.name]
    return session.connection().execute(statement, event).first() is not None


def create(session: Session, *, values: dict[str, Any]) -> int:
    """Store a first annotation; its key."""
    key: int = session.connection().execute(_ADD_ANNOTATION, values).scalar_one()
    return key


def advance(
    session: Session, *, annotation_id: int, base_version: int, values: dict[str, Any]
) -> bool:
    """Give an annotation its next value, if it is still at the version it is based on."""
    bound = {"row_id": annotation_id, "base_version": base_version, **values}
    result = session.connection().execute(
        _ADVANCE.values({k: sa.bindparam(k) for k in values}), bound
    )
    return result.rowcount == 1


def set_labels(
    session: Session, *, annotation_id: int, label_ids: Sequence[int], had: bool
) -> None:
    """Make these the labels of an annotation; `had` says whether it has others."""
    connection = session.connection()
    if had:
        connection.execute(_DROP_LABELS, {"row_id": annotation_id})
    if label_ids:
        rows = [{"annotation_id": annotation_id, "label_id": key} for key in label_ids]
        connection.execute(_ADD_LABELS, rows)


# By id, not max(stored_at): one step of an index however many events there are.
_LATEST = (
    sa.select(_event.c.stored_at)
    .where(
        _event.c.project_id == sa.bindparam("project_id"),
        _event.c.reviewer_id == sa.bindparam("reviewer_id"),
    )
    .order_by(_event.c.id.desc())
    .limit(1)
)


def latest_event_at(session: Session, *, project_id: int, reviewer_id: int) -> datetime | None:
    """When this reviewer's newest event was stored."""
    values = {"project_id": project_id, "reviewer_id": reviewer_id}
    found: datetime | None = session.execute(_LATEST, values).scalar()
    return found
