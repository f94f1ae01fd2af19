"""Annotations by the labels they hold: which of them need another look, and whose they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Account, Annotation, AnnotationLabel, Article, Sentence
from db.models.naming import table

_account = table(Account)
_annotation = table(Annotation)
_article = table(Article)
_given = table(AnnotationLabel)
_sentence = table(Sentence)


@dataclass(frozen=True, slots=True)
class HeldRow:
    """An annotation that holds a label of those asked for."""

    annotation_id: int
    article_id: int
    is_queued: bool
    article: str
    title: str
    start: int
    end: int
    text: str
    label_set_id: int
    decided_at: datetime


def per_reviewer(
    session: Session, *, project_id: int, label_ids: Collection[int]
) -> list[tuple[str, str, int]]:
    """Public id, name and how many such annotations, for each reviewer who has some."""
    n = sa.func.count(sa.distinct(_annotation.c.id))
    statement = (
        _holding(sa.select(_account.c.public_id, _account.c.name, n), project_id, label_ids)
        .join(_account, _account.c.id == _annotation.c.reviewer_id)
        .group_by(_account.c.id, _account.c.public_id, _account.c.name)
        .order_by(n.desc(), _account.c.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def count(
    session: Session, *, project_id: int, reviewer_id: int, label_ids: Collection[int]
) -> int:
    """How many of one reviewer's annotations hold one of these labels."""
    n = sa.select(sa.func.count(sa.distinct(_annotation.c.id)))
    mine = _holding(n, project_id, label_ids).where(_annotation.c.reviewer_id == reviewer_id)
    found: int = session.execute(mine).scalar_one()
    return found


def rows(
    session: Session,
    *,
    project_id: int,
    reviewer_id: int,
    label_ids: Collection[int],
    offset: int,
    limit: int,
) -> list[HeldRow]:
    """One reviewer's annotations that hold one of these labels, in reading order."""
    held = (
        sa.select(_given.c.annotation_id)
        .where(_given.c.annotation_id == _annotation.c.id, _given.c.label_id.in_(label_ids))
        .exists()
    )
    # By code points on both engines, as offsets are counted.
    text = sa.func.substr(
        _article.c.text, _sentence.c.start + 1, _sentence.c.end - _sentence.c.start
    )
    statement = (
        sa.select(
            _annotation.c.id,
            _annotation.c.article_id,
            _sentence.c.is_queued,
            _article.c.public_id,
            sa.func.coalesce(_article.c.title, _article.c.source_name),
            _sentence.c.start,
            _sentence.c.end,
            text,
            _annotation.c.label_set_id,
            _annotation.c.decided_at,
        )
        .join(_sentence, _sentence.c.id == _annotation.c.sentence_id)
        .join(_article, _article.c.id == _sentence.c.article_id)
        .where(
            _annotation.c.project_id == project_id,
            _annotation.c.reviewer_id == reviewer_id,
            _annotation.c.status == "labelled",
            held,
        )
        .order_by(_sentence.c.queue_key, _annotation.c.id)
        .offset(offset)
        .limit(limit)
    )
    return [HeldRow(*row) for row in session.execute(statement)]


def labels_of(session: Session, *, annotation_ids: Collection[int]) -> dict[int, list[int]]:
    """The keys of the labels that annotations hold."""
    statement = sa.select(_given.c.annotation_id, _given.c.label_id).where(
        _given.c.annotation_id.in_(annotation_ids)
    )
    found: dict[int, list[int]] = {}
    for annotation_id, label_id in session.execute(statement):
        found.setdefault(annotation_id, []).append(label_id)
    return found


def _holding(
    statement: sa.Select[Any], project_id: int, label_ids: Collection[int]
) -> sa.Select[Any]:
    return (
        statement.select_from(_given)
        .join(_annotation, _annotation.c.id == _given.c.annotation_id)
        .where(_given.c.label_id.in_(label_ids))
        .where(_annotation.c.project_id == project_id, _annotation.c.status == "labelled")
    )
