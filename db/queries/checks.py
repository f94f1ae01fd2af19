"""What a check of the database reads of articles, places and counts, as it is stored.

A text that a damaged file may hold wrongly is read as bytes: the check says what is wrong with it
and does not stumble over it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import (
    Account,
    Annotation,
    AnnotationEvent,
    Article,
    ArticleSource,
    ArticleVersion,
    Membership,
    Project,
    Sentence,
    SentenceOrigin,
)
from db.models.naming import table

_article = table(Article)
_source = table(ArticleSource)
_sentence = table(Sentence)
_origin = table(SentenceOrigin)
_version = table(ArticleVersion)
_event = table(AnnotationEvent)
_annotation = table(Annotation)
_account = table(Account)
_membership = table(Membership)
_project = table(Project)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article with its text as bytes, whatever they are."""

    id: int
    project_id: int
    public_id: str
    sha256: str
    text_sha256: str
    encoding: str
    n_segments: int
    n_queued: int
    text: bytes
    raw: bytes | None


@dataclass(frozen=True, slots=True)
class SpanRow:
    """A segment's place; below zero where it is retired."""

    position: int
    start: int
    end: int
    project_id: int
    is_queued: bool
    is_retired: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A membership with what it counts."""

    project_id: int
    account_id: int
    project: str
    account: str
    n_done: int
    n_events: int
    active_ms: int
    queue_mark: int
    chain_hash: str


def page_faults(session: Session) -> list[str]:
    """What SQLite finds wrong with its pages and references; PostgreSQL sees to its own."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    pages = session.execute(sa.text("PRAGMA integrity_check(100)")).scalars().all()
    lost = session.execute(sa.text("PRAGMA foreign_key_check")).all()
    return [str(page) for page in pages if page != "ok"] + [
        f"row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there" for row in lost
    ]


def count(session: Session, model: type[Any]) -> int:
    """How many rows a table has."""
    number: int = session.execute(sa.select(sa.func.count()).select_from(table(model))).scalar_one()
    return number


def articles(session: Session) -> Iterator[ArticleRow]:
    """Every article with its text and bytes, one at a time."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    text = _article.c.text
    as_bytes = sa.cast(text, sa.LargeBinary) if is_sqlite else sa.func.convert_to(text, "UTF8")
    plain = [_article.c[name] for name in ArticleRow.__dataclass_fields__ if name in _COPIED]
    statement = sa.select(*plain, as_bytes, _source.c.raw).outerjoin(
        _source, _source.c.article_id == _article.c.id
    )
    last = 0
    while True:
        one = statement.where(_article.c.id > last).order_by(_article.c.id).limit(1)
        row = session.execute(one).first()
        if row is None:
            return
        last = row[0]
        yield ArticleRow(*row)


_COPIED = frozenset(ArticleRow.__dataclass_fields__) - {"text", "raw"}


def spans(session: Session, *, article_id: int) -> list[SpanRow]:
    """The segments of an article in their order, those that are retired first."""
    columns = [_sentence.c[name] for name in SpanRow.__dataclass_fields__]
    statement = (
        sa.select(*columns)
        .where(_sentence.c.article_id == article_id)
        .order_by(_sentence.c.position)
    )
    return [SpanRow(*row) for row in session.execute(statement)]


def without_successor(session: Session) -> list[tuple[str, int, int]]:
    """Retired segments that no live or retired one of their article names as its origin."""
    heir = _sentence.alias("heir")
    is_named = (
        sa.select(sa.literal(1))
        .select_from(_origin.join(heir, heir.c.id == _origin.c.sentence_id))
        .where(_origin.c.origin_id == _sentence.c.id)
        .where(heir.c.article_id == _sentence.c.article_id)
        .where(heir.c.start < _sentence.c.end, _sentence.c.start < heir.c.end)
        .exists()
    )
    statement = (
        sa.select(_article.c.public_id, _sentence.c.start, _sentence.c.end)
        .join(_article, _article.c.id == _sentence.c.article_id)
        .where(sa.text("sentence.is_retired"), ~is_named)
        .order_by(_sentence.c.id)
    )
    return [(article, start, end) for article, start, end in session.execute(statement)]


def queued_in_old_versions(session: Session) -> list[str]:
    """Articles that a newer version has replaced and that still have sentences in the queue."""
    statement = (
        sa.select(_article.c.public_id)
        .join(_version, _version.c.replaces_id == _article.c.id)
        .where(_article.c.n_queued > 0)
        .order_by(_article.c.id)
    )
    return list(session.execute(statement).scalars())


def sentence_name(session: Session, *, sentence_id: int) -> str:
    """The public id of a sentence, for a person to look it up."""
    statement = (
        sa.select(_article.c.public_id, _sentence.c.start, _sentence.c.end)
        .join(_article, _article.c.id == _sentence.c.article_id)
        .where(_sentence.c.id == sentence_id)
    )
    row = session.execute(statement).first()
    return f"{row[0]}:{row[1]}-{row[2]}" if row else f"number {sentence_id}"


def sentence_homes(session: Session, *, sentence_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """The project and the article of sentences."""
    statement = sa.select(_sentence.c.id, _sentence.c.project_id, _sentence.c.article_id).where(
        _sentence.c.id.in_(sentence_ids)
    )
    return {key: (project, article) for key, project, article in session.execute(statement)}


def places(session: Session) -> list[PlaceRow]:
    """Every membership, ended ones too, in order."""
    own = ("n_done", "n_events", "active_ms", "queue_mark", "chain_hash")
    statement = (
        sa.select(
            _membership.c.project_id,
            _membership.c.account_id,
            _project.c.slug,
            _account.c.public_id,
            *(_membership.c[name] for name in own),
        )
        .join(_project, _project.c.id == _membership.c.project_id)
        .join(_account, _account.c.id == _membership.c.account_id)
        .order_by(_membership.c.id)
    )
    return [PlaceRow(*row) for row in session.execute(statement)]


def n_done(session: Session, *, project_id: int, account_id: int) -> int:
    """How many queued sentences of a project a reviewer has done."""
    statement = (
        sa.select(sa.func.count())
        .select_from(_annotation)
        .join(_sentence, _sentence.c.id == _annotation.c.sentence_id)
        .where(_annotation.c.project_id == project_id, _annotation.c.reviewer_id == account_id)
        .where(_annotation.c.status != "open", _sentence.c.is_queued)
    )
    number: int = session.execute(statement).scalar_one()
    return number


def queue_counts(session: Session) -> list[tuple[str, int, int]]:
    """Each project's slug, what it counts in its queue, and what is there."""
    there = (
        sa.select(sa.func.count())
        .where(_sentence.c.project_id == _project.c.id, _sentence.c.is_queued)
        .scalar_subquery()
    )
    statement = sa.select(_project.c.slug, _project.c.n_queued, there).order_by(_project.c.id)
    return [(slug, counted, found) for slug, counted, found in session.execute(statement)]


def strangers(session: Session) -> list[tuple[int, int]]:
    """Projects and reviewers that have events and no membership."""
    is_member = sa.and_(
        _membership.c.project_id == _event.c.project_id,
        _membership.c.account_id == _event.c.reviewer_id,
    )
    statement = (
        sa.select(_event.c.project_id, _event.c.reviewer_id)
        .outerjoin(_membership, is_member)
        .where(_membership.c.id.is_(None))
        .distinct()
    )
    return [(project, reviewer) for project, reviewer in session.execute(statement)]
