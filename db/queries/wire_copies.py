"""Wire copies as they are read: what articles share, and what a reviewer gave the copies."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Article, Sentence
from db.models.naming import table

_sentence = table(Sentence)
_article = table(Article)


@dataclass(frozen=True, slots=True)
class ArticleShare:
    """An article with what it shares: the clusters of its sentences, each as often as it is in."""

    id: int
    public_id: str
    n_queued: int
    cluster: str | None
    clusters: tuple[str, ...]


_MEMBERS = (
    sa.select(_sentence.c.article_id)
    .where(
        _sentence.c.project_id == sa.bindparam("project_id"),
        _sentence.c.wire_cluster == sa.bindparam("cluster"),
    )
    .order_by(_sentence.c.id)
    .limit(sa.bindparam("most"))
)


def articles_in(session: Session, *, project_id: int, cluster: str, most: int) -> list[int]:
    """The articles of the first sentences of a cluster; one may come more than once."""
    values = {"project_id": project_id, "cluster": cluster, "most": most}
    return list(session.connection().execute(_MEMBERS, values).scalars())


_SHARED = sa.select(_sentence.c.article_id, _sentence.c.wire_cluster).where(
    _sentence.c.article_id.in_(sa.bindparam("ids", expanding=True)),
    _sentence.c.wire_cluster.is_not(None),
    sa.bindparam("shortest") <= _sentence.c.end - _sentence.c.start,
)
_ARTICLES = sa.select(
    _article.c.id, _article.c.public_id, _article.c.n_queued, _article.c.wire_cluster
).where(_article.c.id.in_(sa.bindparam("ids", expanding=True)))


def shares(
    session: Session, *, article_ids: Collection[int], shortest: int
) -> dict[int, ArticleShare]:
    """Articles with the clusters of their sentences of at least so many characters."""
    ids = list(article_ids)
    clusters: dict[int, list[str]] = {}
    values = {"ids": ids, "shortest": shortest}
    for article_id, cluster in session.connection().execute(_SHARED, values):
        clusters.setdefault(article_id, []).append(cluster)
    rows = session.connection().execute(_ARTICLES, {"ids": ids})
    return {row[0]: ArticleShare(*row, tuple(clusters.get(row[0], ()))) for row in rows}
