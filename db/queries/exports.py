"""What an export reads: sentences with their decisions in one statement, hence at one moment."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import (
    Account,
    Annotation,
    AnnotationEvent,
    AnnotationLabel,
    Article,
    ArticleVersion,
    Sentence,
)
from db.models.naming import table
from db.queries.events import of_reviewer

_account = table(Account)
_annotation = table(Annotation)
_event = table(AnnotationEvent)
_given = table(AnnotationLabel)
_article = table(Article)
_version = table(ArticleVersion)
_sentence = table(Sentence)

ROWS_AT_A_TIME = 4000
LONG_READ = "10min"

DecisionRow = Sequence[Any]
"""A sentence with one decision on it: `COLUMNS` in order; from `annotator` on None without one."""

COLUMNS = (
    "article_id",
    "start",
    "end",
    "kind",
    "position",
    "is_queued",
    "wire_cluster",
    "annotator",
    "status",
    "label_ids",
    "check_worthiness",
    "comment",
    "active_ms",
    "decided_at",
    "label_set_id",
    "guideline_id",
    "suggestion_shown",
)


def allow_long_read(session: Session) -> None:
    """Lift PostgreSQL's short timeouts for this transaction: a slow reader is not a lost one."""
    if _is_postgresql(session):
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            session.execute(sa.text(f"SET LOCAL {limit} = '{LONG_READ}'"))


def decisions(
    session: Session, *, project_id: int, decided_only: bool, first_articles: int | None = None
) -> Iterator[Sequence[DecisionRow]]:
    """Every sentence that is queued or decided, once for each decision, some thousand at a time.

    In the order of the articles' public ids, then of the sentences' starts; decisions on the same
    sentence come in no order. SQLite walks its indexes and sorts nothing; PostgreSQL sorts rows
    without their texts, and a cursor on the server keeps the rest there.

    Args:
        session: One statement is one moment on both databases, whatever the isolation level.
        project_id: The project.
        decided_only: Leave out articles without a decision.
        first_articles: Read no more articles than these.
    """
    articles = _articles(session, project_id, decided_only, first_articles).subquery("articles")
    reviewers = _numbered_reviewers(project_id).cte("reviewers")
    decision = sa.and_(_annotation.c.sentence_id == _sentence.c.id, _annotation.c.status != "open")
    statement = (
        sa.select(*_columns(session, reviewers))
        .select_from(articles)
        .join(_sentence, _sentence.c.article_id == articles.c.id)
        .outerjoin(_annotation, decision)
        .outerjoin(reviewers, reviewers.c.id == _annotation.c.reviewer_id)
        .where(sa.or_(_sentence.c.is_queued, _annotation.c.id.is_not(None)))
        .where(~_sentence.c.is_retired)
        .order_by(articles.c.sort_key, _sentence.c.start, _sentence.c.end)
    )
    yield from _in_parts(session, statement)


def _in_parts(session: Session, statement: sa.Select[Any]) -> Iterator[Sequence[DecisionRow]]:
    if _is_postgresql(session):
        options = {"yield_per": ROWS_AT_A_TIME}  # a cursor on the server
        with session.execute(statement, execution_options=options) as result:
            yield from result.partitions()
        return
    # The driver's own tuples, fetched as they are needed: making SQLAlchemy's rows of them would
    # take a tenth of the whole export.
    with session.connection().execute(statement) as result:
        cursor = result.cursor
        while cursor is not None and (rows := cursor.fetchmany(ROWS_AT_A_TIME)):
            yield rows


def _articles(
    session: Session, project_id: int, decided_only: bool, first: int | None
) -> sa.Select[Any]:
    # A language's collation sorts digits, letters and hyphens in its own way; bytes are the same
    # everywhere.
    sort_key: sa.ColumnElement[str] = _article.c.public_id
    if _is_postgresql(session):
        sort_key = sa.collate(sort_key, "C")
    is_replaced = sa.exists().where(_version.c.replaces_id == _article.c.id)
    statement = sa.select(_article.c.id, sort_key.label("sort_key")).where(
        _article.c.project_id == project_id, ~is_replaced
    )
    if decided_only:
        on_it = _annotation.c.article_id == _article.c.id
        statement = statement.where(
            sa.exists().where(on_it, _annotation.c.status != "open").correlate(_article)
        )
    return statement if first is None else statement.order_by(sort_key).limit(first)


def _numbered_reviewers(project_id: int) -> sa.Select[Any]:
    # By their first event, which is never taken away: who comes later gets a later number, and
    # the numbers in one export are those in every other. Part of the same statement, so that they
    # belong to the same moment as the decisions.
    first = (
        sa.select(_event.c.id)
        .where(_event.c.project_id == project_id, of_reviewer(_account.c.id))
        .order_by(_event.c.reviewer_id, _event.c.id)
        .limit(1)
        .correlate(_account)
        .scalar_subquery()
    )
    firsts = sa.select(_account.c.id, first.label("first")).subquery("firsts")
    number = sa.func.row_number().over(order_by=firsts.c.first)
    return sa.select(firsts.c.id, number.label("number")).where(firsts.c.first.is_not(None))


def _columns(session: Session, reviewers: sa.CTE) -> list[sa.ColumnElement[Any]]:
    concat = sa.func.string_agg if _is_postgresql(session) else sa.func.group_concat
    label_ids = (
        sa.select(concat(sa.cast(_given.c.label_id, sa.String), ","))
        .where(_given.c.annotation_id == _annotation.c.id)
        .scalar_subquery()
    )
    sentence, annotation = _sentence.c, _annotation.c
    return [
        sentence.article_id,
        sentence.start,
        sentence.end,
        sentence.kind,
        sentence.position,
        sentence.is_queued,
        sentence.wire_cluster,
        reviewers.c.number,
        annotation.status,
        label_ids,
        annotation.check_worthiness,
        annotation.comment,
        annotation.active_ms,
        _iso(session, annotation.decided_at),
        annotation.label_set_id,
        annotation.guideline_id,
        annotation.suggestion_shown,
    ]


def _iso(session: Session, moment: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    # Written by the database: making a datetime of each would take longer than all the rest.
    if _is_postgresql(session):
        utc = sa.func.timezone("UTC", moment)
        return sa.func.to_char(utc, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    text = sa.func.replace(sa.type_coerce(moment, sa.String), " ", "T")
    return sa.func.substr(text, 1, len("2026-03-03T12:00:00.000")).concat("Z")


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
