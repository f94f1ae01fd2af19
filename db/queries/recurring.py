"""What is looked at for lines that recur in a source's articles, and what keeps one as it is."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from db.models import (
    Annotation,
    AnnotationEvent,
    Article,
    ArticleVersion,
    AuditEvent,
    Sentence,
    SentenceOrigin,
)
from db.models.naming import table
from db.queries.many import among, both
from db.queries.segments import SegmentRow

_article = table(Article)
_sentence = table(Sentence)
_version = table(ArticleVersion)
_event = table(AnnotationEvent)
_annotation = table(Annotation)
_origin = table(SentenceOrigin)
_audit = table(AuditEvent)

_COLUMNS = tuple(_sentence.c[name] for name in SegmentRow.__dataclass_fields__)
_TEXTS = both(sa.select(_article.c.id, _article.c.public_id, _article.c.text), _article.c.id)
_LIVE = both(
    sa.select(*_COLUMNS)
    .where(_sentence.c.position >= 0)
    .order_by(_sentence.c.article_id, _sentence.c.position),
    _sentence.c.article_id,
)
_ANSWERED = both(sa.select(_event.c.sentence_id), _event.c.sentence_id)
_CARRIED = both(sa.select(_annotation.c.sentence_id), _annotation.c.sentence_id)
_MADE = both(sa.select(_origin.c.sentence_id), _origin.c.sentence_id)
_CHANGES = both(
    sa.select(_audit.c.object_id, _audit.c.details).where(
        _audit.c.object_type == "article", _audit.c.act.in_(sa.bindparam("acts", expanding=True))
    ),
    _audit.c.object_id,
    sa.Text,
)
_COUNT = (
    sa.update(_article)
    .where(_article.c.id == sa.bindparam("row_id"))
    .values(n_queued=_article.c.n_queued + sa.bindparam("by"))
)


@dataclass(frozen=True, slots=True)
class Head:
    """An article without its text; where it came from, and how many segments it has."""

    id: int
    batch: int
    outlet: str | None
    url: str | None
    n_segments: int


@dataclass(frozen=True, slots=True)
class Whole:
    """An article's text and its segments in reading order, without those that are retired."""

    id: int
    public_id: str
    text: str
    rows: tuple[SegmentRow, ...]


def _heads(project_id: int, but: Collection[str]) -> sa.Select[tuple[int, int, str, str, int]]:
    is_replaced = sa.exists().where(_version.c.replaces_id == _article.c.id)
    return (
        sa.select(
            _article.c.id,
            _article.c.import_batch,
            _article.c.outlet,
            _article.c.url,
            _article.c.n_segments,
        )
        .where(_article.c.project_id == project_id, ~is_replaced)
        .where(_article.c.engine.not_in(but), _article.c.problems.not_in(but))
    )


def newest(session: Session, *, project_id: int, but: Collection[str], limit: int) -> list[Head]:
    """The newest articles of a project that no newer version has replaced, the newest first.

    `but` are engines or problems: articles that have one of these are left out.
    """
    statement = _heads(project_id, but).order_by(_article.c.id.desc()).limit(limit)
    return [Head(*row) for row in session.execute(statement)]


def of_batch(
    session: Session,
    *,
    project_id: int,
    batch: int,
    but: Collection[str],
    after: int,
    limit: int,
) -> list[Head]:
    """Articles of an import in the order of their keys, after one of them."""
    statement = (
        _heads(project_id, but)
        .where(_article.c.import_batch == batch, _article.c.id > after)
        .order_by(_article.c.id)
        .limit(limit)
    )
    return [Head(*row) for row in session.execute(statement)]


def wholes(session: Session, *, article_ids: Collection[int]) -> list[Whole]:
    """These articles with their texts and segments, in the order of their keys."""
    rows: defaultdict[int, list[SegmentRow]] = defaultdict(list)
    for row in among(session, _LIVE, article_ids):
        segment = SegmentRow(*row)
        rows[segment.article_id].append(segment)
    found = (
        Whole(key, name, text, tuple(rows[key]))
        for key, name, text in among(session, _TEXTS, article_ids)
    )
    return sorted(found, key=lambda whole: whole.id)


def touched(session: Session, *, sentence_ids: Collection[int]) -> set[int]:
    """Which of these anybody ever answered, or made by hand."""
    return {
        row[0]
        for statement in (_ANSWERED, _CARRIED, _MADE)
        for row in among(session, statement, sentence_ids)
    }


def changed_spans(
    session: Session, *, project: str, public_ids: Collection[str], acts: Sequence[str]
) -> set[tuple[str, int, int]]:
    """Segments of a project that one of these acts changed: article's public id, start, end."""
    return {
        (name, start, end)
        for name, details in among(session, _CHANGES, public_ids, acts=list(acts))
        if details.get("project") == project
        for when in ("before", "after")
        for start, end, *_ in details.get(when, ())
    }


def count_queued(session: Session, *, by: dict[int, int]) -> None:
    """Count sentences of articles into or out of the queue, by the articles' keys."""
    if by:
        rows = [{"row_id": key, "by": n} for key, n in by.items()]
        session.connection().execute(_COUNT, rows)
