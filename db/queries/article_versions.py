"""Articles that came in again: by what they are known, which replaces which, and its answers."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from db.models import (
    Annotation,
    AnnotationLabel,
    AnnotationOrigin,
    Article,
    ArticleVersion,
    Label,
    Membership,
    Sentence,
)
from db.models.naming import table
from db.queries.many import among, both
from db.queries.queue import Place

_annotation = table(Annotation)
_article = table(Article)
_given = table(AnnotationLabel)
_label = table(Label)
_membership = table(Membership)
_repeats = table(AnnotationOrigin)
_sentence = table(Sentence)
_version = table(ArticleVersion)

_IS_REPLACED = sa.exists().where(_version.c.replaces_id == _article.c.id)
_NEWEST = both(
    sa.select(_article.c.identity, _article.c.id)
    .where(_article.c.project_id == sa.bindparam("project_id"), ~_IS_REPLACED)
    .order_by(_article.c.id.desc()),
    _article.c.identity,
    sa.Text,
)


def newest(
    session: Session, *, project_id: int, identities: Collection[str]
) -> dict[str, list[int]]:
    """The articles known by these identities that nothing has replaced, newest first."""
    found: dict[str, list[int]] = {}
    for identity, article_id in among(session, _NEWEST, identities, project_id=project_id):
        found.setdefault(identity, []).append(article_id)
    return found


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer on an article's sentence that stands, with its labels by key and their keys."""

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
    suggestion_shown: bool
    label_set_id: int
    guideline_id: int
    decided_at: datetime
    labels: tuple[tuple[str, int], ...] = ()


def answers(session: Session, *, article_id: int) -> list[AnswerRow]:
    """Everybody's answers on an article's sentences that stand, in order."""
    names = [name for name in AnswerRow.__dataclass_fields__ if name != "labels"]
    mine = (_annotation.c.article_id == article_id, _sentence.c.position >= 0)
    labels: dict[int, list[tuple[str, int]]] = {}
    for annotation_id, key, label_id in session.execute(
        sa.select(_given.c.annotation_id, _label.c.key, _label.c.id)
        .join(_label, _label.c.id == _given.c.label_id)
        .join(_annotation, _annotation.c.id == _given.c.annotation_id)
        .where(_annotation.c.article_id == article_id)
        .order_by(_label.c.key)
    ):
        labels.setdefault(annotation_id, []).append((key, label_id))
    rows = session.execute(
        sa.select(_annotation.c.id, *(_annotation.c[name] for name in names))
        .join(_sentence, _sentence.c.id == _annotation.c.sentence_id)
        .where(*mine)
        .order_by(_annotation.c.reviewer_id, _sentence.c.position)
    )
    return [replace(AnswerRow(*row[1:]), labels=tuple(labels.get(row[0], ()))) for row in rows]


def place(session: Session, *, project_id: int, account_id: int) -> Place | None:
    """Where a reviewer stands or stood in a project, also after they left it; held."""
    names = Place.__dataclass_fields__
    statement = (
        sa.select(*(_membership.c[name] for name in names))
        .where(_membership.c.project_id == project_id, _membership.c.account_id == account_id)
        .with_for_update()
    )
    row = session.execute(statement).first()
    return Place(*row) if row else None


def link(session: Session, *, article_id: int, replaces_id: int) -> None:
    """Say that an article is a newer version of another one."""
    values = {"article_id": article_id, "replaces_id": replaces_id}
    session.execute(_version.insert().values(**values))


def neighbours(session: Session, *, article_id: int) -> tuple[str | None, str | None]:
    """The public ids of the next older and the next newer version of an article."""
    older = (
        sa.select(_article.c.public_id)
        .join(_version, _version.c.replaces_id == _article.c.id)
        .where(_version.c.article_id == article_id)
    )
    newer = (
        sa.select(_article.c.public_id)
        .join(_version, _version.c.article_id == _article.c.id)
        .where(_version.c.replaces_id == article_id)
    )
    return session.execute(older).scalar(), session.execute(newer).scalar()


def left_behind(
    session: Session, *, article_id: int, reviewer_id: int | None = None
) -> list[tuple[int, int, int]]:
    """Start, end and number of the answers that the version before keeps for itself.

    Everybody's answers, or those of one reviewer.
    """
    again = _annotation.alias("again")
    is_repeated = (
        sa.select(sa.literal(1))
        .select_from(_repeats.join(again, again.c.id == _repeats.c.annotation_id))
        .where(again.c.article_id == article_id)
        .where(_repeats.c.sentence_id == _annotation.c.sentence_id)
        .where(again.c.reviewer_id == _annotation.c.reviewer_id)
        .correlate(_annotation)
        .exists()
    )
    statement = (
        sa.select(_sentence.c.start, _sentence.c.end, sa.func.count())
        .join(_annotation, _annotation.c.sentence_id == _sentence.c.id)
        .join(_version, _version.c.replaces_id == _sentence.c.article_id)
        .where(_version.c.article_id == article_id, _annotation.c.status != "open", ~is_repeated)
        .group_by(_sentence.c.start, _sentence.c.end)
        .order_by(_sentence.c.start)
    )
    if reviewer_id is not None:
        statement = statement.where(_annotation.c.reviewer_id == reviewer_id)
    return [(start, end, n) for start, end, n in session.execute(statement)]
