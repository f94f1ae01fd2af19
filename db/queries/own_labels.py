"""One person's own annotations, searched and filtered, and the events behind one of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Annotation, AnnotationEvent, AnnotationLabel, Article, Sentence
from db.models.naming import table
from db.queries.words import storable

_annotation = table(Annotation)
_article = table(Article)
_event = table(AnnotationEvent)
_given = table(AnnotationLabel)
_sentence = table(Sentence)

# By code points on both engines, as offsets are counted.
_TEXT = sa.func.substr(_article.c.text, _sentence.c.start + 1, _sentence.c.end - _sentence.c.start)
_COLUMNS = (
    _annotation.c.id,
    _article.c.public_id,
    sa.func.coalesce(_article.c.title, _article.c.source_name),
    _sentence.c.start,
    _sentence.c.end,
    _TEXT,
    _annotation.c.status,
    _annotation.c.check_worthiness,
    _annotation.c.comment,
    _annotation.c.is_flagged,
    _annotation.c.skip_reason,
    _annotation.c.version,
    _annotation.c.decided_at,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of a person's annotations are looked for.

    Attributes:
        words: Texts that the sentence must all contain, whatever their case.
        label_ids: Labels of which it gives at least one; None for any.
        is_none: Whether it gives no label at all, as its answer.
        status: `labelled` or `skipped`; None for both.
        is_flagged: Whether it is flagged; None for either.
        has_comment: Whether it has a comment; None for either.
    """

    words: tuple[str, ...] = ()
    label_ids: Collection[int] | None = None
    is_none: bool = False
    status: str | None = None
    is_flagged: bool | None = None
    has_comment: bool | None = None


@dataclass(frozen=True, slots=True)
class OwnRow:
    """An annotation with its sentence."""

    annotation_id: int
    article: str
    title: str
    start: int
    end: int
    text: str
    status: str
    check_worthiness: int | None
    comment: str | None
    is_flagged: bool
    skip_reason: str | None
    version: int
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class EventRow:
    """One decision of the past."""

    version: int
    act: str
    new: dict[str, Any]
    label_set_id: int
    guideline_id: int
    stored_at: datetime


def rows(
    session: Session,
    *,
    project_id: int,
    reviewer_id: int,
    wanted: Wanted,
    offset: int,
    limit: int,
) -> list[OwnRow]:
    """One page of what is looked for, the newest first."""
    newest_first = (_annotation.c.decided_at.desc(), _annotation.c.id.desc())
    # Found by their keys alone, so that of many thousands only one page is read whole.
    page = (
        _matching(sa.select(_annotation.c.id), project_id, reviewer_id, wanted)
        .order_by(*newest_first)
        .offset(offset)
        .limit(limit)
    )
    keys = list(session.execute(page).scalars())
    statement = _with_sentence(sa.select(*_COLUMNS)).where(_annotation.c.id.in_(keys))
    return [OwnRow(*row) for row in session.execute(statement.order_by(*newest_first))]


def count(session: Session, *, project_id: int, reviewer_id: int, wanted: Wanted) -> int:
    """How many there are of what is looked for."""
    statement = _matching(sa.select(sa.func.count()), project_id, reviewer_id, wanted)
    n: int = session.execute(statement).scalar_one()
    return n


def _matching(
    statement: sa.Select[Any], project_id: int, reviewer_id: int, wanted: Wanted
) -> sa.Select[Any]:
    found = statement.select_from(_annotation)
    if wanted.words:
        found = _with_sentence(statement)
    found = found.where(
        _annotation.c.reviewer_id == reviewer_id,
        _annotation.c.project_id == project_id,
        _annotation.c.status != "open" if wanted.status is None else _is(wanted.status),
    )
    gives = _given.c.annotation_id == _annotation.c.id
    if wanted.label_ids is not None:
        labels = sa.and_(gives, _given.c.label_id.in_(wanted.label_ids))
        found = found.where(sa.exists().where(labels))
    if wanted.is_none:
        found = found.where(_is("labelled"), ~sa.exists().where(gives))
    if wanted.is_flagged is not None:
        found = found.where(_annotation.c.is_flagged.is_(wanted.is_flagged))
    if wanted.has_comment is not None:
        has = _annotation.c.comment.is_not(None)
        found = found.where(has if wanted.has_comment else sa.not_(has))
    return found.where(*(_TEXT.icontains(storable(word), autoescape=True) for word in wanted.words))


def _with_sentence(statement: sa.Select[Any]) -> sa.Select[Any]:
    return (
        statement.select_from(_annotation)
        .join(_sentence, _sentence.c.id == _annotation.c.sentence_id)
        .join(_article, _article.c.id == _sentence.c.article_id)
    )


def _is(status: str) -> sa.ColumnElement[bool]:
    return _annotation.c.status == status


def sentence_of(
    session: Session, *, project_id: int, reviewer_id: int, article: str, start: int, end: int
) -> OwnRow | None:
    """One person's annotation of one sentence; None where they have none."""
    statement = (
        _with_sentence(sa.select(*_COLUMNS))
        .where(_article.c.project_id == project_id, _article.c.public_id == article)
        .where(_sentence.c.start == start, _sentence.c.end == end)
        .where(_annotation.c.reviewer_id == reviewer_id)
        .order_by(_annotation.c.id)
        .limit(1)
    )
    row = session.execute(statement).first()
    return None if row is None else OwnRow(*row)


def events(session: Session, *, annotation_id: int) -> list[EventRow]:
    """Every decision that led to an annotation, the first one first."""
    statement = (
        sa.select(
            _event.c.version,
            _event.c.act,
            _event.c.new,
            _event.c.label_set_id,
            _event.c.guideline_id,
            _event.c.stored_at,
        )
        .join(
            _annotation,
            sa.and_(
                _annotation.c.reviewer_id == _event.c.reviewer_id,
                _annotation.c.sentence_id == _event.c.sentence_id,
            ),
        )
        .where(_annotation.c.id == annotation_id)
        .order_by(_event.c.version)
    )
    return [EventRow(*row) for row in session.execute(statement)]
