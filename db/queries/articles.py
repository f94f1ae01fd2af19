"""Articles and sentences: store them, list them, read one whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Article, ArticleSource, ArticleVersion, Membership, Project, Sentence

RANK_BITS = 22
POSITION_BITS = 20
LIKE_ESCAPE = "\\"


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as the list shows it, without its text."""

    id: int
    public_id: str
    source_name: str
    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    n_segments: int
    n_queued: int
    problems: str


def public_id_exists(session: Session, *, project_id: int, public_id: str) -> bool:
    """Whether these bytes are an article of the project already."""
    statement = (
        select(Article.id)
        .where(col(Article.project_id) == project_id)
        .where(col(Article.public_id) == public_id)
    )
    return session.exec(statement).first() is not None


def free_rank(session: Session, *, project_id: int, batch: int, wanted: int) -> int:
    """The wanted place in a batch's order, or the next one that is free."""
    taken = (
        select(Article.queue_rank)
        .where(col(Article.project_id) == project_id)
        .where(col(Article.import_batch) == batch)
        .where(col(Article.queue_rank) >= wanted)
        .order_by(col(Article.queue_rank))
    )
    rank = wanted
    for other in session.exec(taken):
        if other != rank:
            break
        rank += 1
    return rank


def queue_key(*, batch: int, rank: int, position: int) -> int:
    """The place of a sentence in its project's queue: batches in turn, articles by rank."""
    return (batch << (RANK_BITS + POSITION_BITS)) | (rank << POSITION_BITS) | position


def add(
    session: Session, *, article: Article, raw: bytes, sentences: Sequence[dict[str, Any]]
) -> None:
    """Store an article, its bytes and its sentences, and count what it adds to the queue."""
    session.add(article)
    session.flush()
    session.add(ArticleSource(article_id=article.id, raw=raw))
    session.flush()
    rows = [{**row, "article_id": article.id} for row in sentences]
    session.execute(sa.insert(Sentence), rows)
    add_to_queue_count(session, project_id=article.project_id, by=article.n_queued)


def add_to_queue_count(session: Session, *, project_id: int, by: int) -> None:
    """Count sentences into (or out of) the project's queue."""
    statement = (
        sa.update(Project)
        .where(col(Project.id) == project_id)
        .values(n_queued=col(Project.n_queued) + by)
        .execution_options(synchronize_session=False)
    )
    session.execute(statement)


def by_public_id(session: Session, *, project_id: int, public_id: str) -> Article | None:
    """One article, its text included."""
    statement = (
        select(Article)
        .where(col(Article.project_id) == project_id)
        .where(col(Article.public_id) == public_id)
    )
    return session.exec(statement).one_or_none()


def sentences_of(session: Session, *, article_id: int) -> Sequence[Sentence]:
    """The segments of an article in reading order, without those that are retired."""
    statement = (
        select(Sentence)
        .where(col(Sentence.article_id) == article_id, col(Sentence.position) >= 0)
        .order_by(col(Sentence.position))
    )
    return session.exec(statement).all()


def _matching(project_id: int, search: str) -> sa.ColumnElement[bool]:
    is_replaced = sa.exists().where(col(ArticleVersion.replaces_id) == col(Article.id))
    here = sa.and_(col(Article.project_id) == project_id, ~is_replaced)
    words = search.split()
    if not words:
        return here
    shown = sa.func.lower(
        sa.func.coalesce(col(Article.title), "")
        + " "
        + sa.func.coalesce(col(Article.outlet), "")
        + " "
        + sa.func.coalesce(col(Article.author), "")
        + " "
        + sa.func.coalesce(col(Article.published), "")
        + " "
        + col(Article.source_name)
    )
    return sa.and_(here, *(shown.contains(word.lower(), autoescape=True) for word in words))


ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": (col(Article.id).desc(),),
    "oldest": (col(Article.id).asc(),),
    "title": (
        sa.func.lower(sa.func.coalesce(col(Article.title), col(Article.source_name))),
        col(Article.id),
    ),
    "outlet": (sa.func.lower(sa.func.coalesce(col(Article.outlet), "")), col(Article.id)),
    "published": (sa.func.coalesce(col(Article.published), "").desc(), col(Article.id)),
}


def count(session: Session, *, project_id: int, search: str = "") -> int:
    """How many articles match the words."""
    statement = sa.select(sa.func.count()).select_from(Article).where(_matching(project_id, search))
    number: int = session.execute(statement).scalar_one()
    return number


def page(
    session: Session, *, project_id: int, search: str, order: str, offset: int, limit: int
) -> list[ArticleRow]:
    """One page of the list, without texts."""
    table = sa.inspect(Article).columns
    names = ArticleRow.__dataclass_fields__
    statement = (
        sa.select(*(table[name] for name in names))
        .where(_matching(project_id, search))
        .order_by(*ORDERS[order])
        .offset(offset)
        .limit(limit)
    )
    return [ArticleRow(*row) for row in session.execute(statement)]


def set_values(session: Session, *, article_id: int, values: dict[str, Any]) -> None:
    """Give columns of an article other values."""
    statement = sa.update(Article).where(col(Article.id) == article_id).values(**values)
    session.execute(statement)


def newer_version(session: Session, *, article_id: int) -> int | None:
    """The article that has taken an article's place, if one has."""
    statement = select(ArticleVersion.article_id).where(
        col(ArticleVersion.replaces_id) == article_id
    )
    return session.exec(statement).first()


def count_queued_in_article(
    session: Session, *, article_id: int, by: int, segments: int = 0
) -> None:
    """Count sentences of an article into (or out of) the queue, and segments into the article."""
    statement = (
        sa.update(Article)
        .where(col(Article.id) == article_id)
        .values(n_queued=col(Article.n_queued) + by, n_segments=col(Article.n_segments) + segments)
        .execution_options(synchronize_session=False)
    )
    session.execute(statement)


def lower_marks(session: Session, *, project_id: int, to: int) -> None:
    """Let everyone's search for the next sentence start no later than at this place."""
    statement = (
        sa.update(Membership)
        .where(col(Membership.project_id) == project_id)
        .where(col(Membership.queue_mark) > to)
        .values(queue_mark=to)
        .execution_options(synchronize_session=False)
    )
    session.execute(statement)
