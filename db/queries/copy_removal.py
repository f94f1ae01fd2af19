"""Wire copies that lose a member: who was linked with it, and making them look anew."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Article, CopySignature, Sentence
from db.models.naming import table
from db.queries.many import among, both

_sentence = table(Sentence)
_article = table(Article)
_signature = table(CopySignature)


@dataclass(frozen=True, slots=True)
class Left:
    """A sentence that is left of a cluster, with its text."""

    id: int
    article_id: int
    article: str
    start: int
    end: int
    text: str


def clusters_of_import(
    session: Session, *, project_id: int, number: int
) -> tuple[set[str], set[str]]:
    """The clusters that an import's sentences are in, and those of its articles."""
    own = (_article.c.project_id == project_id, _article.c.import_batch == number)
    sentences = (
        sa.select(_sentence.c.wire_cluster)
        .distinct()
        .join(_article, _article.c.id == _sentence.c.article_id)
        .where(*own, _sentence.c.wire_cluster.is_not(None))
    )
    articles = (
        sa.select(_article.c.wire_cluster)
        .distinct()
        .where(*own, _article.c.wire_cluster.is_not(None))
    )
    return (
        set(session.execute(sentences).scalars()),
        set(session.execute(articles).scalars()),
    )


_LEFT = both(
    sa.select(
        _sentence.c.id,
        _sentence.c.article_id,
        _article.c.public_id,
        _sentence.c.start,
        _sentence.c.end,
        sa.func.substr(_article.c.text, _sentence.c.start + 1, _sentence.c.end - _sentence.c.start),
    )
    .join(_article, _article.c.id == _sentence.c.article_id)
    .where(_sentence.c.project_id == sa.bindparam("project_id"))
    .order_by(_sentence.c.id),
    _sentence.c.wire_cluster,
    sa.Text,
)


def sentences_left(session: Session, *, project_id: int, clusters: Iterable[str]) -> list[Left]:
    """The sentences that are in these clusters."""
    return [Left(*row) for row in among(session, _LEFT, clusters, project_id=project_id)]


_ARTICLES_LEFT = both(
    sa.select(_article.c.id).where(_article.c.project_id == sa.bindparam("project_id")),
    _article.c.wire_cluster,
    sa.Text,
)
_CLUSTERS = both(
    sa.select(_article.c.wire_cluster).where(_article.c.wire_cluster.is_not(None)), _article.c.id
)


def clusters_of_articles(session: Session, *, article_ids: Iterable[int]) -> set[str]:
    """The clusters that these articles are in."""
    return {row[0] for row in among(session, _CLUSTERS, article_ids)}


def articles_left(session: Session, *, project_id: int, clusters: Iterable[str]) -> list[int]:
    """The articles that are in these clusters."""
    return [row[0] for row in among(session, _ARTICLES_LEFT, clusters, project_id=project_id)]


_CLUSTERED = both(
    sa.select(_sentence.c.article_id, _sentence.c.id, _sentence.c.wire_cluster).where(
        _sentence.c.wire_cluster.is_not(None)
    ),
    _sentence.c.article_id,
)


def clustered(session: Session, *, article_ids: Iterable[int]) -> dict[int, dict[int, str]]:
    """For each article the clusters of those of its sentences that have copies."""
    found: dict[int, dict[int, str]] = {}
    for article, sentence, cluster in among(session, _CLUSTERED, article_ids):
        found.setdefault(article, {})[sentence] = cluster
    return found


_FORGET = sa.delete(_signature).where(_signature.c.sentence_id == sa.bindparam("key"))
_ALONE = {
    Sentence: sa.update(_sentence)
    .where(_sentence.c.id == sa.bindparam("key"))
    .values(wire_cluster=None),
    Article: sa.update(_article)
    .where(_article.c.id == sa.bindparam("key"))
    .values(wire_cluster=None),
}


def set_alone(
    session: Session, *, of: type[Article] | type[Sentence], keys: Collection[int]
) -> None:
    """Take rows out of their clusters; of sentences forget what they are found by, too."""
    rows = [{"key": key} for key in keys]
    if not rows:
        return
    session.connection().execute(_ALONE[of], rows)
    if of is Sentence:
        session.connection().execute(_FORGET, rows)
