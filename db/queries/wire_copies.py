"""Wire copies as they are read: what articles share, and what a reviewer gave the copies."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Annotation, AnnotationLabel, Article, ArticleVersion, Label, Sentence
from db.models.naming import table
from db.queries.annotations import NEWEST_LABEL_SET
from db.queries.many import DIALECTS, among, both, listed

_annotation = table(Annotation)
_given = table(AnnotationLabel)
_label = table(Label)
_sentence = table(Sentence)
_article = table(Article)
_version = table(ArticleVersion)

_IS_REPLACED = sa.exists().where(_version.c.replaces_id == _article.c.id)


@dataclass(frozen=True, slots=True)
class ArticleShare:
    """An article with what it shares: the clusters of its sentences, with how many are in each."""

    id: int
    public_id: str
    n_queued: int
    cluster: str | None
    clusters: Counter[str]


def _members(dialect: str) -> sa.Select[Any]:
    # A cluster's first sentences come from its index; PostgreSQL looks them up from a lateral
    # subquery, which SQLite does not know.
    names = listed(dialect, sa.Text)
    member = _sentence.alias("member")
    first = (
        sa.select(member.c.id, member.c.article_id)
        .where(
            member.c.project_id == sa.bindparam("project_id"),
            member.c.wire_cluster == names.c.value,
        )
        .order_by(member.c.id)
        .limit(sa.bindparam("most", type_=sa.Integer()))
        .correlate(names)
    )
    if dialect == "sqlite":
        ids = first.with_only_columns(member.c.id)
        joined = names.join(_sentence, _sentence.c.id.in_(ids))
        return sa.select(names.c.value, _sentence.c.article_id).select_from(joined)
    lateral = first.lateral("first")
    return sa.select(names.c.value, lateral.c.article_id).select_from(
        names.join(lateral, sa.true())
    )


_MEMBERS = {name: _members(name) for name in DIALECTS}


def first_articles(
    session: Session, *, project_id: int, clusters: Collection[str], most: int
) -> dict[str, set[int]]:
    """For each of these clusters the articles of its first sentences."""
    found: dict[str, set[int]] = {cluster: set() for cluster in clusters}
    for cluster, article_id in among(session, _MEMBERS, clusters, project_id=project_id, most=most):
        found[cluster].add(article_id)
    return found


_SHARED = both(
    sa.select(_sentence.c.article_id, _sentence.c.wire_cluster, sa.func.count())
    .where(
        _sentence.c.wire_cluster.is_not(None),
        ~_sentence.c.is_retired,
        sa.bindparam("shortest") <= _sentence.c.end - _sentence.c.start,
    )
    .group_by(_sentence.c.article_id, _sentence.c.wire_cluster),
    _sentence.c.article_id,
)
_ARTICLES = both(
    sa.select(_article.c.id, _article.c.public_id, _article.c.n_queued, _article.c.wire_cluster),
    _article.c.id,
)


def shares(
    session: Session, *, article_ids: Collection[int], shortest: int
) -> dict[int, ArticleShare]:
    """Articles with the clusters of their sentences of at least so many characters."""
    ids = sorted(article_ids)
    found: dict[int, Counter[str]] = {}
    for article_id, cluster, n in among(session, _SHARED, ids, shortest=shortest):
        found.setdefault(article_id, Counter())[cluster] = n
    return {
        key: ArticleShare(key, public_id, n_queued, cluster, found.get(key, Counter()))
        for key, public_id, n_queued, cluster in among(session, _ARTICLES, ids)
    }


@dataclass(frozen=True, slots=True)
class Mate:
    """Another article of the same wire copy."""

    id: int
    public_id: str
    title: str | None
    source_name: str
    outlet: str | None


_MATES = (
    sa.select(*(_article.c[name] for name in Mate.__dataclass_fields__))
    .where(
        _article.c.project_id == sa.bindparam("project_id"),
        _article.c.wire_cluster == sa.bindparam("cluster"),
        _article.c.id != sa.bindparam("article_id"),
        ~_IS_REPLACED,
    )
    .order_by(_article.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer()))
)


def mates(
    session: Session, *, project_id: int, cluster: str, article_id: int, most: int
) -> list[Mate]:
    """The other articles of a cluster, the first ones imported first."""
    values = {"project_id": project_id, "cluster": cluster, "article_id": article_id, "most": most}
    return [Mate(*row) for row in session.connection().execute(_MATES, values)]


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy of a sentence, with a label that one reviewer gave it under the present label set.

    One row per label; where the reviewer gave none or has not decided, `label` is None and
    `decided_at` tells the two apart.
    """

    of: int
    id: int
    article: str
    start: int
    end: int
    title: str
    decided_at: datetime | None
    label: str | None


def _copies(dialect: str, most: int) -> sa.Select[Any]:
    # The first members only, so that a frequent sentence costs no more than another. PostgreSQL
    # looks them up from a lateral subquery, which SQLite does not know.
    copy = _sentence.alias("copy")
    member = _sentence.alias("member")
    first = (
        sa.select(member.c.id)
        .where(
            member.c.project_id == _sentence.c.project_id,
            member.c.wire_cluster == _sentence.c.wire_cluster,
        )
        .order_by(member.c.id)
        .limit(most)
        .correlate(_sentence)
    )
    begun: sa.FromClause = _sentence
    if dialect == "sqlite":
        begun = begun.join(copy, copy.c.id.in_(first))
    else:
        lateral = first.lateral("first")
        begun = begun.join(lateral, sa.true()).join(copy, copy.c.id == lateral.c.id)
    is_mine = sa.and_(
        _annotation.c.reviewer_id == sa.bindparam("reviewer_id"),
        _annotation.c.sentence_id == copy.c.id,
        _annotation.c.status == "labelled",
        _annotation.c.label_set_id == NEWEST_LABEL_SET,
    )
    title = sa.func.coalesce(_article.c.title, _article.c.source_name)
    named = (copy.c.id, _article.c.public_id, copy.c.start, copy.c.end)
    return (
        sa.select(_sentence.c.id, *named, title, _annotation.c.decided_at, _label.c.key)
        .select_from(
            begun.join(_article, _article.c.id == copy.c.article_id)
            .outerjoin(_annotation, is_mine)
            .outerjoin(_given, _given.c.annotation_id == _annotation.c.id)
            .outerjoin(_label, _label.c.id == _given.c.label_id)
        )
        .where(
            _sentence.c.id.in_(sa.bindparam("ids", expanding=True)),
            _sentence.c.project_id == sa.bindparam("project_id"),
            _sentence.c.wire_cluster.is_not(None),
            copy.c.id != _sentence.c.id,
            ~copy.c.is_retired,
            ~_IS_REPLACED,
        )
    )


MOST_COPIES = 50
_COPIES = {name: _copies(name, MOST_COPIES) for name in DIALECTS}


def copies(
    session: Session, *, project_id: int, reviewer_id: int, sentence_ids: Collection[int]
) -> list[CopyRow]:
    """The first copies of each of these sentences, with this reviewer's labels."""
    values = {"project_id": project_id, "reviewer_id": reviewer_id, "ids": list(sentence_ids)}
    statement = _COPIES[session.get_bind().dialect.name]
    return [CopyRow(*row) for row in session.connection().execute(statement, values)]


_CLUSTERED = (
    sa.select(
        _sentence.c.project_id,
        _sentence.c.wire_cluster,
        _article.c.public_id,
        _sentence.c.start,
        _sentence.c.end,
    )
    .join(_article, _article.c.id == _sentence.c.article_id)
    .where(_sentence.c.wire_cluster.is_not(None))
    .order_by(_sentence.c.project_id, _sentence.c.wire_cluster, _sentence.c.id)
)


def clustered(session: Session) -> Iterator[tuple[int, str, str, int, int]]:
    """Every sentence of a cluster, cluster by cluster: its project, name, article, start, end."""
    statement = _CLUSTERED.execution_options(yield_per=1000)
    for row in session.connection().execute(statement):
        yield row[0], row[1], row[2], row[3], row[4]
