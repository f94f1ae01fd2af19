"""Store what comes in: many articles with their bytes and sentences at once."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Article, ArticleSource, Sentence
from db.models.naming import table
from db.queries.articles import RANK_BITS, add_to_queue_count
from db.queries.many import among, both

__all__ = ["add", "add_sentences", "add_to_queue_count", "free_ranks", "known"]

_article = table(Article)
_source = table(ArticleSource)
_sentence = table(Sentence)

PLACES_ASKED = 4  # for each rank that is wanted: few are taken, and hardly ever so many in a row

_KNOWN = both(
    sa.select(_article.c.public_id, _article.c.source_name).where(
        _article.c.project_id == sa.bindparam("project_id")
    ),
    _article.c.public_id,
    sa.Text,
)
_TAKEN = both(
    sa.select(_article.c.queue_rank).where(
        _article.c.project_id == sa.bindparam("project_id"),
        _article.c.import_batch == sa.bindparam("batch"),
    ),
    _article.c.queue_rank,
)


def known(session: Session, *, project_id: int, public_ids: Collection[str]) -> dict[str, str]:
    """Which of these are articles of the project already, each with the file it came from."""
    return {row[0]: row[1] for row in among(session, _KNOWN, public_ids, project_id=project_id)}


def free_ranks(
    session: Session, *, project_id: int, batch: int, wanted: Sequence[int]
) -> list[int]:
    """For each article its wanted place in a batch's order, or the next one that is free."""
    last = (1 << RANK_BITS) - 1
    asked: set[int] = set()
    taken: set[int] = set()

    def ask(first: Collection[int]) -> None:
        ranks = {(rank + more) & last for rank in first for more in range(PLACES_ASKED)} - asked
        rows = among(session, _TAKEN, ranks, project_id=project_id, batch=batch)
        taken.update(row[0] for row in rows)
        asked.update(ranks)

    ask(wanted)
    found = []
    for place in wanted:
        rank = place
        while rank in taken:
            rank = (rank + 1) & last
            if rank not in asked:
                ask([rank])
        taken.add(rank)
        found.append(rank)
    return found


def add(session: Session, *, articles: Sequence[Article], raws: Sequence[bytes]) -> None:
    """Store articles, which get their keys, and their bytes."""
    session.add_all(articles)
    session.flush()
    pairs = zip(articles, raws, strict=True)
    rows = [{"article_id": article.id, "raw": raw} for article, raw in pairs]
    if rows:
        session.connection().execute(_source.insert(), rows)


def add_sentences(session: Session, *, rows: Sequence[dict[str, Any]]) -> None:
    """Store sentences of articles that are there."""
    if rows:
        session.connection().execute(_sentence.insert(), rows)
