"""Answers in bulk: many annotations with their events and labels by few statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import (
    Annotation,
    AnnotationEvent,
    AnnotationLabel,
    AnnotationOrigin,
    Article,
    Guideline,
    Label,
    LabelSet,
    Sentence,
)
from db.models.naming import table
from db.queries.many import among, both

_annotation = table(Annotation)
_article = table(Article)
_event = table(AnnotationEvent)
_given = table(AnnotationLabel)
_guideline = table(Guideline)
_label = table(Label)
_label_set = table(LabelSet)
_origin = table(AnnotationOrigin)
_sentence = table(Sentence)


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """A sentence of an article that is there, with what an answer has to know of it."""

    id: int
    article_id: int
    start: int
    end: int
    is_queued: bool


@dataclass(frozen=True, slots=True)
class VersionKeys:
    """The keys of a project's label sets and guidelines by version.

    Attributes:
        label_sets: The key of each version of the label set.
        labels: For each version its labels: what each key is stored under.
        guidelines: The key of each version of the guideline.
    """

    label_sets: dict[int, int]
    labels: dict[int, dict[str, int]]
    guidelines: dict[int, int]


def version_keys(session: Session, *, project_id: int) -> VersionKeys:
    """Every version of what a project's answers are given under."""
    sets = sa.select(_label_set.c.version, _label_set.c.id).where(
        _label_set.c.project_id == project_id
    )
    labels = (
        sa.select(_label_set.c.version, _label.c.key, _label.c.id)
        .join(_label, _label.c.label_set_id == _label_set.c.id)
        .where(_label_set.c.project_id == project_id)
    )
    guidelines = sa.select(_guideline.c.version, _guideline.c.id).where(
        _guideline.c.project_id == project_id
    )
    found: dict[int, dict[str, int]] = {}
    for version, key, label_id in session.execute(labels):
        found.setdefault(version, {})[key] = label_id
    return VersionKeys(
        label_sets={row.version: row.id for row in session.execute(sets)},
        labels=found,
        guidelines={row.version: row.id for row in session.execute(guidelines)},
    )


@dataclass(frozen=True, slots=True)
class WholeArticle:
    """An article with its text."""

    id: int
    public_id: str
    text: str


_SPAN_COLUMNS = tuple(_sentence.c[name] for name in SentenceSpan.__dataclass_fields__)
_ARTICLE_COLUMNS = tuple(_article.c[name] for name in WholeArticle.__dataclass_fields__)
_ARTICLES = both(
    sa.select(*_ARTICLE_COLUMNS).where(_article.c.project_id == sa.bindparam("project_id")),
    _article.c.public_id,
    sa.Text,
)
_SPANS = both(
    sa.select(*_SPAN_COLUMNS)
    .where(~_sentence.c.is_retired)
    .order_by(_sentence.c.article_id, _sentence.c.position),
    _sentence.c.article_id,
)


def articles_named(
    session: Session, *, project_id: int, public_ids: Collection[str]
) -> list[tuple[WholeArticle, list[SentenceSpan]]]:
    """These articles, as far as they are there, with their sentences.

    Sentences that were split or merged since are left out.
    """
    rows = among(session, _ARTICLES, public_ids, project_id=project_id)
    return _with_spans(session, [WholeArticle(*row) for row in rows])


def _with_spans(
    session: Session, articles: Sequence[WholeArticle]
) -> list[tuple[WholeArticle, list[SentenceSpan]]]:
    spans: dict[int, list[SentenceSpan]] = {}
    for row in among(session, _SPANS, [article.id for article in articles]):
        span = SentenceSpan(*row)
        spans.setdefault(span.article_id, []).append(span)
    return [(article, spans.get(article.id, [])) for article in articles]


_ANSWERED = both(
    sa.select(_annotation.c.sentence_id).where(
        _annotation.c.reviewer_id == sa.bindparam("reviewer_id")
    ),
    _annotation.c.sentence_id,
)


def answered(session: Session, *, reviewer_id: int, sentence_ids: Collection[int]) -> set[int]:
    """Which of these sentences a reviewer has an annotation on, open ones included."""
    rows = among(session, _ANSWERED, sentence_ids, reviewer_id=reviewer_id)
    return {row[0] for row in rows}


def add(
    session: Session,
    *,
    events: Sequence[dict[str, Any]],
    annotations: Sequence[dict[str, Any]],
    label_ids: Sequence[Sequence[int]],
    origins: Sequence[int | None],
) -> None:
    """Store new annotations of one reviewer.

    Args:
        session: The transaction, with the reviewer's place locked.
        events: Their events, chained, in order.
        annotations: Their rows, in the same order.
        label_ids: The labels of each.
        origins: The sentence whose answer each repeats, if it repeats one.
    """
    if not events:
        return
    connection = session.connection()
    connection.execute(_event.insert(), list(events))
    keys = connection.execute(
        _annotation.insert().returning(_annotation.c.sentence_id, _annotation.c.id),
        list(annotations),
    )
    id_of = {row[0]: row[1] for row in keys}
    ids = [id_of[row["sentence_id"]] for row in annotations]
    given = [
        {"annotation_id": key, "label_id": label_id}
        for key, labels in zip(ids, label_ids, strict=True)
        for label_id in labels
    ]
    if given:
        connection.execute(_given.insert(), given)
    copied = [
        {"annotation_id": key, "sentence_id": origin}
        for key, origin in zip(ids, origins, strict=True)
        if origin is not None
    ]
    if copied:
        connection.execute(_origin.insert(), copied)


def articles_with_spans(
    session: Session, *, project_id: int, above: int, limit: int
) -> list[tuple[WholeArticle, list[SentenceSpan]]]:
    """Articles with their sentences, in the order they came.

    Args:
        session: What to read in.
        project_id: The project.
        above: The key of the last article that is known already.
        limit: At most so many.
    """
    rows = session.execute(
        sa.select(*_ARTICLE_COLUMNS)
        .where(_article.c.project_id == project_id, _article.c.id > above)
        .order_by(_article.c.id)
        .limit(limit)
    )
    return _with_spans(session, [WholeArticle(*row) for row in rows])
