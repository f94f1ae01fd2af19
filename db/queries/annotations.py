"""Annotations and their events: the hot path, in few statements and no ORM objects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import (
    Annotation,
    AnnotationLabel,
    AnnotationOrigin,
    Article,
    ArticleVersion,
    Guideline,
    Label,
    LabelSet,
    Project,
    Sentence,
)
from db.models.naming import table

_annotation = table(Annotation)
_given = table(AnnotationLabel)
_origin = table(AnnotationOrigin)
_article = table(Article)
_version = table(ArticleVersion)
_sentence = table(Sentence)
_label = table(Label)
_label_set = table(LabelSet)
_project = table(Project)
_guideline = table(Guideline)


@dataclass(frozen=True, slots=True)
class SentenceKeys:
    """The inside of a public sentence id; stale is what was split, merged or replaced since."""

    id: int
    article_id: int
    is_queued: bool
    queue_key: int
    is_stale: bool


@dataclass(frozen=True, slots=True)
class InForce:
    """A label set and a guideline; `labels` has what each label's key is stored under.

    `settings` are the project's, read at the same moment; of versions gone by there are none.
    """

    label_set_id: int
    guideline_id: int
    label_set_version: int
    guideline_version: int
    labels: dict[str, int]
    settings: dict[str, Any] = field(default_factory=dict)


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
    mention_start: int | None = None
    mention_end: int | None = None


NEWEST_LABEL_SET = (
    sa.select(_label_set.c.id)
    .where(_label_set.c.project_id == sa.bindparam("project_id"))
    .order_by(_label_set.c.version.desc())
    .limit(1)
    .scalar_subquery()
)
_NEWEST_GUIDELINE = (
    sa.select(_guideline.c.id)
    .where(_guideline.c.project_id == sa.bindparam("project_id"))
    .order_by(_guideline.c.version.desc())
    .limit(1)
    .scalar_subquery()
)
_RULES = sa.select(
    _label_set.c.id, _guideline.c.id, _label_set.c.version, _guideline.c.version
).where(_guideline.c.project_id == _label_set.c.project_id)
_WITH_LABELS = _RULES.add_columns(_label.c.key, _label.c.id).outerjoin_from(
    _label_set, _label, _label.c.label_set_id == _label_set.c.id
)
_NEWEST = (_label_set.c.id == NEWEST_LABEL_SET, _guideline.c.id == _NEWEST_GUIDELINE)
_SETTINGS = (
    sa.select(_project.c.settings)
    .where(_project.c.id == sa.bindparam("project_id"))
    .scalar_subquery()
)
_IN_FORCE = _WITH_LABELS.where(*_NEWEST).add_columns(_SETTINGS)
_UNDER = _WITH_LABELS.where(
    _label_set.c.project_id == sa.bindparam("project_id"),
    _label_set.c.version == sa.bindparam("label_set"),
    _guideline.c.version == sa.bindparam("guideline"),
)


def in_force(session: Session, *, project_id: int) -> InForce:
    """The label set and the guideline that are the newest."""
    rows = session.connection().execute(_IN_FORCE, {"project_id": project_id}).all()
    found = _rules([row[:-1] for row in rows])
    assert found is not None, "a project is made with both"  # noqa: S101
    return replace(found, settings=rows[0][-1])


def under(session: Session, *, project_id: int, label_set: int, guideline: int) -> InForce | None:
    """The label set and the guideline of these versions; None where one of them never was."""
    values = {"project_id": project_id, "label_set": label_set, "guideline": guideline}
    return _rules(session.connection().execute(_UNDER, values).all())


def _rules(rows: Sequence[Sequence[Any]]) -> InForce | None:
    if not rows:
        return None
    labels = {key: label_id for *_, key, label_id in rows if label_id is not None}
    return InForce(rows[0][0], rows[0][1], rows[0][2], rows[0][3], labels)


_IS_REPLACED = sa.exists().where(_version.c.replaces_id == _article.c.id)
_KEYS = (
    sa.select(
        _sentence.c.id,
        _sentence.c.article_id,
        _sentence.c.is_queued,
        _sentence.c.queue_key,
        sa.or_(_sentence.c.is_retired, _IS_REPLACED),
    )
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
    row = session.connection().execute(_KEYS, values).first()
    return SentenceKeys(*row) if row else None


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
    _annotation.c.mention_start,
    _annotation.c.mention_end,
)
_WITH_MINE = _KEYS.add_columns(*_STORED_COLUMNS).outerjoin(
    _annotation,
    sa.and_(
        _annotation.c.sentence_id == _sentence.c.id,
        _annotation.c.reviewer_id == sa.bindparam("reviewer_id"),
    ),
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


def with_mine(
    session: Session, *, project_id: int, reviewer_id: int, spans: Iterable[tuple[str, int, int]]
) -> dict[tuple[str, int, int], tuple[SentenceKeys, Stored | None]]:
    """Sentences by article, start and end, as far as the project has them, with what is stored."""
    connection = session.connection()
    rows: dict[tuple[str, int, int], sa.Row[Any]] = {}
    for span in spans:
        article, start, end = span
        values = {"article": article, "first": start, "last": end, "project_id": project_id}
        row = connection.execute(_WITH_MINE, {**values, "reviewer_id": reviewer_id}).first()
        if row is not None:
            rows[span] = row
    n_keys = len(SentenceKeys.__dataclass_fields__)
    stored = _with_labels(session, [row[n_keys:] for row in rows.values() if row[n_keys]])
    return {span: (SentenceKeys(*row[:n_keys]), stored.get(row[0])) for span, row in rows.items()}


def of_articles(
    session: Session, *, reviewer_id: int, article_ids: Iterable[int]
) -> dict[int, Stored]:
    """This reviewer's annotations in these articles, by sentence."""
    values = {"reviewer_id": reviewer_id, "article_ids": list(article_ids)}
    return _with_labels(session, session.connection().execute(_BY_ARTICLES, values).all())


def _with_labels(session: Session, rows: Sequence[Sequence[Any]]) -> dict[int, Stored]:
    """Make annotations of rows of `_STORED_COLUMNS`; by sentence."""
    labels: dict[int, list[str]] = {}
    ids = [key for key, _, _, status, *_ in rows if status == "labelled"]
    if ids:
        for annotation_id, key in session.connection().execute(_LABELS, {"ids": ids}):
            labels.setdefault(annotation_id, []).append(key)
    return {
        sentence_id: Stored(key, sentence_id, version, status, tuple(labels.get(key, ())), *rest)
        for key, sentence_id, version, status, *rest in rows
    }


_ADD_ANNOTATION = sa.insert(_annotation).returning(_annotation.c.id)
_ADVANCE = (
    sa.update(_annotation)
    .where(_annotation.c.id == sa.bindparam("row_id"))
    .where(_annotation.c.version == sa.bindparam("base_version"))
)
_DROP_LABELS = sa.delete(_given).where(_given.c.annotation_id == sa.bindparam("row_id"))
_ADD_LABELS = sa.insert(_given)


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


_DROP_ORIGIN = sa.delete(_origin).where(_origin.c.annotation_id == sa.bindparam("row_id"))
_ADD_ORIGIN = sa.insert(_origin)


def set_origin(session: Session, *, annotation_id: int, sentence_id: int | None, had: bool) -> None:
    """Say whose answer an annotation repeats; `had` says whether it may have repeated one."""
    connection = session.connection()
    if had:
        connection.execute(_DROP_ORIGIN, {"row_id": annotation_id})
    if sentence_id is not None:
        values = {"annotation_id": annotation_id, "sentence_id": sentence_id}
        connection.execute(_ADD_ORIGIN, values)
