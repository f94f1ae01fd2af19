"""Articles and sentences: store them, list them, read one whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Article, ArticleSource, ArticleVersion, Membership, Project, Sentence
from db.queries.words import sought, storable

RANK_BITS = 22
POSITION_BITS = 20


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
        .where(col(Article.public_id) == storable(public_id))
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
    words = sought(search)
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
    return sa.and_(here, *(shown.contains(word, autoescape=True) for word in words))


_NAME = sa.func.lower(sa.func.coalesce(col(Article.title), col(Article.source_name)))
_OUTLET = sa.func.lower(sa.func.coalesce(col(Article.outlet), ""))
_DAY = sa.func.coalesce(col(Article.published), "")
_ID: sa.ColumnElement[Any] = sa.type_coerce(col(Article.id), sa.Integer)
ORDERS: dict[str, tuple[tuple[sa.ColumnElement[Any], bool], ...]] = {
    "newest": ((_ID, True),),
    "oldest": ((_ID, False),),
    "title": ((_NAME, False), (_ID, False)),
    "outlet": ((_OUTLET, False), (_ID, False)),
    "published": ((_DAY, True), (_ID, False)),
}
"""What the list is ordered by: columns, each with whether the greatest comes first."""


def _ordered(order: str, *, backwards: bool = False) -> list[sa.ColumnElement[Any]]:
    return [key.desc() if is_desc != backwards else key.asc() for key, is_desc in ORDERS[order]]


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
        .order_by(*_ordered(order))
        .offset(offset)
        .limit(limit)
    )
    return [ArticleRow(*row) for row in session.execute(statement)]


def beside(
    session: Session, *, project_id: int, article_id: int, search: str, order: str
) -> tuple[str | None, str | None]:
    """The public ids of the articles above and below one in the list, as it is ordered."""
    keys = [key for key, _ in ORDERS[order]]
    here = session.execute(sa.select(*keys).where(col(Article.id) == article_id)).one()
    found = []
    for backwards in (True, False):
        statement = (
            sa.select(col(Article.public_id))
            .where(_matching(project_id, search), _is_past(order, here, backwards=backwards))
            .order_by(*_ordered(order, backwards=backwards))
            .limit(1)
        )
        found.append(session.execute(statement).scalar())
    return found[0], found[1]


def _is_past(order: str, here: Sequence[Any], *, backwards: bool) -> sa.ColumnElement[bool]:
    """Whether an article comes after (or before) the one that has these values."""
    ways = []
    for place, (key, is_desc) in enumerate(ORDERS[order]):
        same = [
            other == value for (other, _), value in zip(ORDERS[order], here[:place], strict=False)
        ]
        is_less = is_desc != backwards
        ways.append(sa.and_(*same, key < here[place] if is_less else key > here[place]))
    return sa.or_(*ways)


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
