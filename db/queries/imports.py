"""Imports: what came in together, what became of it, and taking it out again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import (
    Account,
    AnnotationEvent,
    Article,
    ArticleSource,
    ArticleVersion,
    Assignment,
    CopySignature,
    Demand,
    ImportBatch,
    Sentence,
    SentenceOrigin,
    SubsetArticle,
    metadata,
)
from db.models.naming import table
from db.queries.words import sought

_batch = table(ImportBatch)
_account = table(Account)
_article = table(Article)
_sentence = table(Sentence)
_event = table(AnnotationEvent)

_OWN_ARTICLES = (
    sa.select(_article.c.id)
    .where(_article.c.project_id == sa.bindparam("project_id"))
    .where(_article.c.import_batch == sa.bindparam("number"))
)
_OWN_SENTENCES = sa.select(_sentence.c.id).where(_sentence.c.article_id.in_(_OWN_ARTICLES))

# What is stored of an article and its sentences, and goes with them. Every other table that
# refers to one of the two holds what people made of them.
TAKEN_OUT = (
    CopySignature,
    SentenceOrigin,
    ArticleVersion,
    ArticleSource,
    Assignment,
    Demand,
    SubsetArticle,
    Sentence,
    Article,
)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """An import as the list shows it; `sums` are those of its report."""

    number: int
    by: str | None
    started_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None
    sums: dict[str, Any] | None
    n_articles: int


@dataclass(frozen=True, slots=True)
class Extent:
    """What there is of an import now."""

    n_articles: int
    n_sentences: int
    n_queued: int


def begin(
    session: Session,
    *,
    project_id: int,
    number: int,
    account_id: int | None,
    now: datetime,
    report: Sequence[dict[str, Any]],
) -> None:
    """Store that an import began, with the beginning of its report."""
    session.add(
        ImportBatch(
            project_id=project_id,
            number=number,
            account_id=account_id,
            started_at=now,
            report=list(report),
        )
    )
    session.flush()


def locked(session: Session, *, project_id: int, number: int) -> ImportBatch | None:
    """An import, held until the transaction ends; read anew, whatever the session knows of it."""
    statement = (
        select(ImportBatch)
        .where(col(ImportBatch.project_id) == project_id)
        .where(col(ImportBatch.number) == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).one_or_none()


def by_number(session: Session, *, project_id: int, number: int) -> ImportBatch | None:
    """An import with its whole report."""
    statement = (
        select(ImportBatch)
        .where(col(ImportBatch.project_id) == project_id)
        .where(col(ImportBatch.number) == number)
    )
    return session.exec(statement).one_or_none()


def name_of(session: Session, *, account_id: int | None) -> str | None:
    """The name of whoever imported; None for the operator."""
    found: str | None = session.execute(
        sa.select(_account.c.name).where(_account.c.id == account_id)
    ).scalar()
    return found


def keep_report(session: Session, *, batch: ImportBatch, report: Sequence[dict[str, Any]]) -> None:
    """Store a report in the place of the one before."""
    batch.report = list(report)
    session.add(batch)
    session.flush()


def _matching(project_id: int, search: str) -> sa.ColumnElement[bool]:
    found = _batch.c.project_id == project_id
    report = sa.func.lower(sa.cast(_batch.c.report, sa.Text))
    by = sa.func.lower(sa.func.coalesce(_account.c.name, "operator"))
    for word in sought(search):
        here = by.contains(word, autoescape=True)
        for spelling in _spellings(word):
            here |= report.contains(spelling, autoescape=True)
        found &= here
    return found


def _spellings(word: str) -> set[str]:
    """A word in small letters as JSON may hold it: signs beyond ASCII keep their case there."""
    return {_escaped(each).lower() for each in (word, word.upper(), word.capitalize())}


def _escaped(word: str) -> str:
    return "".join(
        sign if sign.isascii() else "".join(f"\\u{unit:04x}" for unit in _utf16(sign))
        for sign in orjson.dumps(word).decode()[1:-1]
    )


def _utf16(sign: str) -> Iterator[int]:
    data = sign.encode("utf-16-be")
    return (int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2))


def count(session: Session, *, project_id: int, search: str) -> int:
    """How many imports match the words."""
    statement = (
        sa.select(sa.func.count())
        .select_from(_batch.outerjoin(_account, _account.c.id == _batch.c.account_id))
        .where(_matching(project_id, search))
    )
    number: int = session.execute(statement).scalar_one()
    return number


def page(
    session: Session, *, project_id: int, search: str, offset: int, limit: int
) -> list[BatchRow]:
    """One page of the imports, newest first, without their reports."""
    n_articles = (
        sa.select(sa.func.count())
        .where(_article.c.project_id == _batch.c.project_id)
        .where(_article.c.import_batch == _batch.c.number)
        .scalar_subquery()
    )
    statement = (
        sa.select(
            _batch.c.number,
            _account.c.name,
            _batch.c.started_at,
            _batch.c.finished_at,
            _batch.c.undone_at,
            _batch.c.report[0],
            n_articles,
        )
        .select_from(_batch.outerjoin(_account, _account.c.id == _batch.c.account_id))
        .where(_matching(project_id, search))
        .order_by(_batch.c.number.desc())
        .offset(offset)
        .limit(limit)
    )
    return [BatchRow(*row) for row in session.execute(statement)]


def extent(session: Session, *, project_id: int, number: int) -> Extent:
    """How much of an import is there now."""
    values = {"project_id": project_id, "number": number}
    own = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(_article.c.n_queued), 0)).where(
        _article.c.project_id == sa.bindparam("project_id"),
        _article.c.import_batch == sa.bindparam("number"),
    )
    n_articles, n_queued = session.execute(own, values).one()
    n_sentences = sa.select(sa.func.count()).select_from(_OWN_SENTENCES.subquery())
    return Extent(n_articles, session.execute(n_sentences, values).scalar_one(), int(n_queued))


def labelled(session: Session, *, project_id: int, number: int) -> tuple[int, int]:
    """How many sentences of an import anybody ever decided, commented or flagged, and how many did.

    Events count, not what came of them: a label that was taken back was made as well.
    """
    statement = sa.select(
        sa.func.count(_event.c.sentence_id.distinct()),
        sa.func.count(_event.c.reviewer_id.distinct()),
    ).where(_event.c.sentence_id.in_(_OWN_SENTENCES))
    values = {"project_id": project_id, "number": number}
    n_sentences, n_reviewers = session.execute(statement, values).one()
    return n_sentences, n_reviewers


def made_of_it(session: Session, *, project_id: int, number: int) -> dict[str, int]:
    """What else people made of an import's articles and sentences: rows by table, none left out."""
    own = {"article": _OWN_ARTICLES, "sentence": _OWN_SENTENCES}
    own_tables = {table(model) for model in TAKEN_OUT}
    found: dict[str, int] = {}
    for other in metadata.sorted_tables:
        if other in own_tables:
            continue
        for key in other.foreign_keys:
            rows = own.get(key.column.table.name)
            if rows is not None and key.column.name == "id":
                statement = sa.select(sa.func.count()).where(key.parent.in_(rows))
                values = {"project_id": project_id, "number": number}
                n = session.execute(statement, values).scalar_one()
                found[other.name] = found.get(other.name, 0) + n
    return {name: n for name, n in found.items() if n}


def take_out(session: Session, *, project_id: int, number: int) -> None:
    """Delete an import's articles with all that is stored of them; counts are the caller's."""
    values = {"project_id": project_id, "number": number}
    own = {"article": _OWN_ARTICLES, "sentence": _OWN_SENTENCES}
    connection = session.connection()
    for model in TAKEN_OUT[:-2]:
        rows = table(model)
        ours = [
            key.parent.in_(own[key.column.table.name])
            for key in rows.foreign_keys
            if key.column.table.name in own
        ]
        connection.execute(sa.delete(rows).where(sa.or_(*ours)), values)
    connection.execute(
        sa.delete(_sentence).where(_sentence.c.article_id.in_(_OWN_ARTICLES)), values
    )
    connection.execute(
        sa.delete(_article)
        .where(_article.c.project_id == sa.bindparam("project_id"))
        .where(_article.c.import_batch == sa.bindparam("number")),
        values,
    )


def last_key(session: Session, *, project_id: int) -> int:
    """The place of the last sentence in a project's queue; -1 where it is empty."""
    statement = (
        sa.select(sa.func.max(_sentence.c.queue_key))
        .where(_sentence.c.project_id == project_id)
        .where(sa.text("sentence.is_queued"))  # as the index on the queue says it
    )
    found: int | None = session.execute(statement).scalar()
    return -1 if found is None else found
