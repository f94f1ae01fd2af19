"""Copies as they are found and written: signatures, and the names of clusters."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Article, CopySignature, Sentence
from db.models.naming import table
from db.queries.many import among, both

_signature = table(CopySignature)
_sentence = table(Sentence)
_article = table(Article)


@dataclass(frozen=True, slots=True)
class Known:
    """A stored sentence that a new one may be a copy of.

    Attributes:
        id: Its key.
        cluster: The cluster it is in; None if it is alone.
        article: The public id of its article.
        start: Where it starts in its article.
        end: Where it ends.
    """

    id: int
    cluster: str | None
    article: str
    start: int
    end: int


_QUEUED = both(
    sa.select(
        _sentence.c.article_id,
        _sentence.c.id,
        _sentence.c.start,
        _sentence.c.end,
        _sentence.c.wire_cluster,
    )
    .where(_sentence.c.is_queued)
    .order_by(_sentence.c.article_id, _sentence.c.position),
    _sentence.c.article_id,
)
_WITH_KEYS = both(
    sa.select(_signature.c.key, _signature.c.band, _signature.c.sentence_id).where(
        _signature.c.project_id == sa.bindparam("project_id")
    ),
    _signature.c.key,
)
_KNOWN = both(
    sa.select(
        _sentence.c.id,
        _sentence.c.wire_cluster,
        _article.c.public_id,
        _sentence.c.start,
        _sentence.c.end,
    ).join(_article, _article.c.id == _sentence.c.article_id),
    _sentence.c.id,
)
_LENGTH = _sentence.c.end - _sentence.c.start
_TEXTS = both(
    sa.select(_sentence.c.id, sa.func.substr(_article.c.text, _sentence.c.start + 1, _LENGTH)).join(
        _article, _article.c.id == _sentence.c.article_id
    ),
    _sentence.c.id,
)


def queued_spans(
    session: Session, *, article_ids: Iterable[int]
) -> Sequence[tuple[int, int, int, int, str | None]]:
    """Article, key, start, end and cluster of the queued sentences of articles, in order."""
    rows = among(session, _QUEUED, article_ids)
    return [(article, key, start, end, cluster) for article, key, start, end, cluster in rows]


def never_looked_at(session: Session) -> list[tuple[int, int]]:
    """Project and key of articles with a queued sentence that no copies were looked for of.

    What was looked at is in a cluster, or the first of its wording and found by its signature.
    """
    first = sa.select(_signature.c.sentence_id).where(_signature.c.band == 0).subquery("first")
    statement = (
        sa.select(_sentence.c.project_id, _sentence.c.article_id)
        .distinct()
        .outerjoin(first, first.c.sentence_id == _sentence.c.id)
        .where(_sentence.c.is_queued, _sentence.c.wire_cluster.is_(None))
        .where(first.c.sentence_id.is_(None))
        .order_by(_sentence.c.project_id, _sentence.c.article_id)
    )
    return [(row[0], row[1]) for row in session.connection().execute(statement)]


def articles(session: Session, *, article_ids: Collection[int]) -> Sequence[Article]:
    """Articles with their texts, in order."""
    statement = select(Article).where(col(Article.id).in_(article_ids))
    return session.exec(statement.order_by(col(Article.id))).all()


def with_keys(
    session: Session, *, project_id: int, keys: Iterable[int]
) -> Sequence[tuple[int, int, int]]:
    """Key, band and sentence of every signature that has one of the keys."""
    rows = among(session, _WITH_KEYS, keys, project_id=project_id)
    return [(key, band, sentence_id) for key, band, sentence_id in rows]


def known(session: Session, *, sentence_ids: Iterable[int]) -> dict[int, Known]:
    """Sentences with their clusters, by key."""
    return {row[0]: Known(*row) for row in among(session, _KNOWN, sentence_ids)}


def texts(session: Session, *, sentence_ids: Iterable[int]) -> dict[int, str]:
    """The texts of sentences, by key."""
    return {row[0]: row[1] for row in among(session, _TEXTS, sentence_ids)}


_ADD = {
    "sqlite": sa.text(
        "INSERT INTO copy_signature (project_id, key, band, sentence_id) "
        "SELECT :project_id, json_extract(value, '$[0]'), json_extract(value, '$[1]'), "
        "json_extract(value, '$[2]') FROM json_each(:rows)"
    ),
    "postgresql": sa.text(
        "INSERT INTO copy_signature (project_id, key, band, sentence_id) "
        "SELECT :project_id, * FROM unnest(CAST(:keys AS bigint[]), CAST(:bands AS smallint[]), "
        "CAST(:sentences AS integer[]))"
    ),
}


def add(session: Session, *, project_id: int, rows: Iterable[tuple[int, int, int]]) -> None:
    """Store signatures (key, band, sentence), in the table's order: neighbours come together."""
    ordered = sorted(rows)
    name = session.get_bind().dialect.name
    values: dict[str, Any] = {"project_id": project_id}
    if name == "sqlite":
        values["rows"] = orjson.dumps(ordered).decode()
    else:
        parts = [list(part) for part in zip(*ordered, strict=True)]
        values |= dict(zip(("keys", "bands", "sentences"), parts, strict=True))
    session.connection().execute(_ADD[name], values)


_JOIN_SENTENCE = (
    sa.update(_sentence)
    .where(_sentence.c.id == sa.bindparam("row_id"))
    .values(wire_cluster=sa.bindparam("cluster"))
)
_JOIN_ARTICLE = (
    sa.update(_article)
    .where(_article.c.id == sa.bindparam("row_id"))
    .values(wire_cluster=sa.bindparam("cluster"))
)


def put_sentences(session: Session, *, clusters: dict[int, str]) -> None:
    """Put sentences that were alone into clusters."""
    if clusters:
        rows = [{"row_id": key, "cluster": name} for key, name in clusters.items()]
        session.connection().execute(_JOIN_SENTENCE, rows)


def put_articles(session: Session, *, clusters: dict[int, str]) -> None:
    """Put articles that were alone into clusters."""
    if clusters:
        rows = [{"row_id": key, "cluster": name} for key, name in clusters.items()]
        session.connection().execute(_JOIN_ARTICLE, rows)


def rename(
    session: Session, *, of: type[Article] | type[Sentence], project_id: int, names: dict[str, str]
) -> None:
    """Give all of each cluster another name: old ones by new ones, none of them new and old."""
    rows = table(of)
    values = [
        {"in_project": project_id, "old": old, "new": new}
        for old, new in names.items()
        if new != old
    ]
    if values:
        statement = (
            sa.update(rows)
            .where(
                rows.c.project_id == sa.bindparam("in_project"),
                rows.c.wire_cluster == sa.bindparam("old"),
            )
            .values(wire_cluster=sa.bindparam("new"))
        )
        session.connection().execute(statement, values)
