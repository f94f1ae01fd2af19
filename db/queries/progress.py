"""How far a project and its people are, counted by the database.

None of it reads all that was decided: days are ranges of an index, and times are the last ones.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Account, Annotation, AnnotationEvent, Article, Membership, Sentence
from db.models.naming import table
from db.queries.events import LAST_FIRST, of_reviewer

_account = table(Account)
_annotation = table(Annotation)
_article = table(Article)
_event = table(AnnotationEvent)
_membership = table(Membership)
_sentence = table(Sentence)

BUCKET_MS = 100
LAST_DECISIONS = 1_000
PEOPLE_AT_A_TIME = 100  # SQLite joins at most 500 parts to one statement
LAST_BUCKET = 6_000  # ten minutes; whoever took longer was somewhere else
_IS_DECIDED = _annotation.c.status != "open"
_IS_QUEUED = sa.text("article.n_queued > 0")  # as the index says it


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody with a part in a project, or who had one and has decided something."""

    account_id: int
    public_id: str
    name: str
    role: str
    is_gone: bool
    n_done: int
    last_at: datetime | None
    is_admin: bool


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """How far an article is: sentences with a decision, of those in the queue."""

    public_id: str
    title: str
    outlet: str
    n_queued: int
    n_decided: int
    n_decisions: int


def members(session: Session, *, project_id: int) -> list[MemberRow]:
    """The people of a project with what they have done; the busiest first."""
    last = (
        sa.select(_event.c.stored_at)
        .where(_event.c.project_id == project_id, of_reviewer(_account.c.id))
        .order_by(*LAST_FIRST)
        .limit(1)
        .scalar_subquery()
    )
    gone = sa.or_(_membership.c.ended_at.is_not(None), _account.c.disabled_at.is_not(None))
    statement = (
        sa.select(
            _account.c.id,
            _account.c.public_id,
            _account.c.name,
            _membership.c.role,
            gone,
            _membership.c.n_done,
            last,
            _account.c.is_admin,
        )
        .join(_membership, _membership.c.account_id == _account.c.id)
        .where(_membership.c.project_id == project_id)
        .where(sa.or_(sa.not_(gone), _membership.c.n_events > 0))
        .order_by(_membership.c.n_done.desc(), _account.c.id)
    )
    return [MemberRow(*row) for row in session.execute(statement)]


def times(
    session: Session, *, project_id: int, reviewer_ids: Collection[int]
) -> dict[int, dict[int, int]]:
    """By reviewer, how many of their last decisions took how many tenths of a second.

    The last `LAST_DECISIONS` of each: what they are like now, and bounded however many there are.
    """
    found: dict[int, dict[int, int]] = {}
    every = list(reviewer_ids)
    for first in range(0, len(every), PEOPLE_AT_A_TIME):
        some = every[first : first + PEOPLE_AT_A_TIME]
        for reviewer_id, bucket, n in session.execute(_times(project_id, some)):
            found.setdefault(reviewer_id, {})[bucket] = n
    return found


def _times(project_id: int, reviewer_ids: Collection[int]) -> sa.Select[tuple[int, int, int]]:
    last = sa.union_all(*(_last_times(project_id, each) for each in reviewer_ids)).subquery()
    bucket = sa.case(
        (last.c.active_ms < BUCKET_MS * LAST_BUCKET, last.c.active_ms // BUCKET_MS),
        else_=LAST_BUCKET,
    )
    return (
        sa.select(last.c.reviewer_id, bucket, sa.func.count())
        .where(last.c.active_ms > 0)
        .group_by(last.c.reviewer_id, bucket)
    )


def _last_times(project_id: int, reviewer_id: int) -> sa.Select[Any]:
    last = (
        sa.select(_annotation.c.reviewer_id, _annotation.c.active_ms)
        .where(_annotation.c.reviewer_id == reviewer_id, _annotation.c.project_id == project_id)
        .where(_IS_DECIDED)
        .order_by(_annotation.c.decided_at.desc())
        .limit(LAST_DECISIONS)
        .subquery()
    )
    return sa.select(last)


def days(
    session: Session, *, project_id: int, starts: Sequence[datetime], reviewer_id: int | None = None
) -> list[tuple[int, int]]:
    """What was decided in each stretch between two moments, as it stands now, and by how many.

    Args:
        session: A read session.
        project_id: Where.
        starts: The moments, oldest first; the last one only ends the stretch before it.
        reviewer_id: Whose decisions; None for everybody's.
    """
    mine = [] if reviewer_id is None else [_annotation.c.reviewer_id == reviewer_id]
    # One range of an index each: grouped by a date, all of them would be sorted first.
    each = (
        sa.select(
            sa.literal(number).label("number"),
            sa.func.count().label("n"),
            sa.func.count(sa.distinct(_annotation.c.reviewer_id)).label("people"),
        )
        .where(_annotation.c.project_id == project_id, _IS_DECIDED, *mine)
        .where(_annotation.c.decided_at >= start, _annotation.c.decided_at < end)
        for number, (start, end) in enumerate(pairwise(starts))
    )
    rows = session.execute(sa.union_all(*each).order_by("number"))
    return [(row.n, row.people) for row in rows]


def articles(session: Session, *, project_id: int, offset: int, limit: int) -> list[ArticleRow]:
    """One page of the articles with how far they are, in the order of the queue."""
    chosen = session.execute(
        sa.select(
            _article.c.id,
            _article.c.public_id,
            sa.func.coalesce(_article.c.title, _article.c.source_name),
            sa.func.coalesce(_article.c.outlet, ""),
            _article.c.n_queued,
        )
        .where(_article.c.project_id == project_id, _IS_QUEUED)
        .order_by(_article.c.import_batch, _article.c.queue_rank, _article.c.id)
        .offset(offset)
        .limit(limit)
    ).all()
    counts = _counts(session, [row[0] for row in chosen])
    found = []
    for key, public_id, title, outlet, n_queued in chosen:
        n_decided, n_decisions = counts.get(key, (0, 0))
        found.append(ArticleRow(public_id, title, outlet, n_queued, n_decided, n_decisions))
    return found


def n_articles(session: Session, *, project_id: int) -> int:
    """How many articles have sentences in the queue."""
    n: int = session.execute(
        sa.select(sa.func.count())
        .select_from(_article)
        .where(_article.c.project_id == project_id, _IS_QUEUED)
    ).scalar_one()
    return n


def _counts(session: Session, article_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    statement: sa.Select[Any] = (
        sa.select(
            _annotation.c.article_id,
            sa.func.count(sa.distinct(_annotation.c.sentence_id)),
            sa.func.count(),
        )
        .join(_sentence, _sentence.c.id == _annotation.c.sentence_id)
        .where(_annotation.c.article_id.in_(article_ids), _IS_DECIDED, _sentence.c.is_queued)
        .group_by(_annotation.c.article_id)
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(statement)}
