"""Leases that are out, for whoever manages them: how many, and the sentences behind a line."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Account, Article, Assignment, Sentence
from db.models.naming import table
from db.queries.words import storable

_account = table(Account)
_article = table(Article)
_assignment = table(Assignment)
_sentence = table(Sentence)

_LEASED = sa.text("assignment.state = 'leased'")  # as the index says it


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A sentence that somebody holds undecided."""

    article: str
    start: int
    end: int
    text: str
    since: datetime
    until: datetime


def totals(session: Session, *, project_id: int) -> tuple[int, int]:
    """How many leases are out in a project, and with how many reviewers."""
    n, n_reviewers = session.execute(
        sa.select(sa.func.count(), sa.func.count(sa.distinct(_assignment.c.reviewer_id)))
        .select_from(_assignment)
        .where(_assignment.c.project_id == project_id, _LEASED)
    ).one()
    return n, n_reviewers


def sentences(session: Session, *, project_id: int, reviewer: str, article: str) -> list[HeldRow]:
    """What one reviewer holds of one article, in reading order."""
    statement = (
        sa.select(
            _article.c.public_id,
            _sentence.c.start,
            _sentence.c.end,
            sa.func.substr(
                _article.c.text, _sentence.c.start + 1, _sentence.c.end - _sentence.c.start
            ),
            _assignment.c.leased_at,
            _assignment.c.leased_until,
        )
        .select_from(_assignment)
        .join(_account, _account.c.id == _assignment.c.reviewer_id)
        .join(_sentence, _sentence.c.id == _assignment.c.sentence_id)
        .join(_article, _article.c.id == _sentence.c.article_id)
        .where(_assignment.c.project_id == project_id, _assignment.c.state == "leased")
        .where(_account.c.public_id == storable(reviewer))
        .where(_article.c.public_id == storable(article))
        .order_by(_sentence.c.start, _sentence.c.id)
    )
    return [HeldRow(*row) for row in session.execute(statement)]
