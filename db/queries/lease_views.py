"""Leases as they are looked at: a reviewer's window, what is with others, who holds how many."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Account, Article, Assignment, Demand, Sentence
from db.models.naming import table
from db.queries.demand import HELD, SEEN
from db.queries.many import among, both
from db.queries.queue import WINDOW_COLUMNS, QueuedSentence
from db.queries.words import sought, storable

_assignment = table(Assignment)
_demand = table(Demand)
_sentence = table(Sentence)
_article = table(Article)
_account = table(Account)
_own = _assignment.alias("own")

_LEASED = sa.text("assignment.state = 'leased'")  # as the index says it


@dataclass(frozen=True, slots=True)
class HeldSentence:
    """A sentence that a reviewer holds undecided, under which fence, and of which subset."""

    sentence: QueuedSentence
    fence: int
    subset_key: int


_HELD_SENTENCES = (
    sa.select(*WINDOW_COLUMNS, _assignment.c.fence, _demand.c.subset_key)
    .select_from(_assignment)
    .join(_demand, _demand.c.sentence_id == _assignment.c.sentence_id)
    .join(_sentence, _sentence.c.id == _assignment.c.sentence_id)
    .join(_article, _article.c.id == _sentence.c.article_id)
    .where(_assignment.c.reviewer_id == sa.bindparam("reviewer_id"))
    .where(_assignment.c.project_id == sa.bindparam("project_id"))
    .where(_assignment.c.state == "leased")
    .order_by(_demand.c.subset_key == 0, _demand.c.subset_key, _demand.c.turn)
)


def held_sentences(session: Session, *, project_id: int, reviewer_id: int) -> list[HeldSentence]:
    """What a reviewer holds undecided: subsets first, in the order of their turns."""
    values = {"project_id": project_id, "reviewer_id": reviewer_id}
    rows = session.connection().execute(_HELD_SENTENCES, values)
    return [HeldSentence(QueuedSentence(*row[:-2]), row[-2], row[-1]) for row in rows]


_WITH_OTHERS = (
    sa.select(sa.func.count(sa.distinct(_assignment.c.sentence_id)))
    .join(_demand, _demand.c.sentence_id == _assignment.c.sentence_id)
    .where(_assignment.c.project_id == sa.bindparam("project_id"))
    .where(_LEASED)
    .where(_assignment.c.reviewer_id != sa.bindparam("reviewer_id"))
    .where(_demand.c.subset_key.in_(sa.bindparam("subset_keys", expanding=True)))
    .where(
        ~sa.exists().where(
            _own.c.sentence_id == _assignment.c.sentence_id,
            _own.c.reviewer_id == sa.bindparam("reviewer_id"),
            _own.c.state.in_(SEEN),
        )
    )
)


def n_with_others(
    session: Session, *, project_id: int, reviewer_id: int, subset_keys: Collection[int]
) -> int:
    """How many sentences others hold undecided that might come to this reviewer yet."""
    values = {
        "project_id": project_id,
        "reviewer_id": reviewer_id,
        "subset_keys": list(subset_keys),
    }
    number: int = session.connection().execute(_WITH_OTHERS, values).scalar_one()
    return number


@dataclass(frozen=True, slots=True)
class Others:
    """What is with other reviewers of a sentence: how many have it, whether one skipped it."""

    n_taken: int
    is_skipped: bool


_OTHERS = both(
    sa.select(
        _assignment.c.sentence_id,
        sa.func.sum(sa.case((_assignment.c.state.in_(HELD), 1), else_=0)),
        sa.func.max(sa.case((_assignment.c.state == "skipped", 1), else_=0)),
    )
    .where(_assignment.c.reviewer_id != sa.bindparam("reviewer_id"))
    .group_by(_assignment.c.sentence_id),
    _assignment.c.sentence_id,
)


def others(
    session: Session, *, reviewer_id: int, sentence_ids: Collection[int]
) -> dict[int, Others]:
    """What is with others of these sentences; nothing of what anybody answered."""
    rows = among(session, _OTHERS, sentence_ids, reviewer_id=reviewer_id)
    return {row[0]: Others(int(row[1]), bool(row[2])) for row in rows}


@dataclass(frozen=True, slots=True)
class LeaseRow:
    """What one reviewer holds undecided in one article."""

    reviewer: str
    name: str
    article: str
    title: str | None
    source_name: str
    n: int
    since: datetime
    until: datetime


def overview(session: Session, *, project_id: int, search: str) -> list[LeaseRow]:
    """Who holds how many sentences of which article; what has waited longest comes first.

    `search` has words that a reviewer's name or an article's title or file name must have.
    """
    shown = sa.func.lower(
        _account.c.name
        + " "
        + sa.func.coalesce(_article.c.title, "")
        + " "
        + _article.c.source_name
    )
    who = (_account.c.public_id, _account.c.name)
    where = (_article.c.public_id, _article.c.title, _article.c.source_name)
    since = sa.func.min(_assignment.c.leased_at)
    statement = (
        sa.select(*who, *where, sa.func.count(), since, sa.func.max(_assignment.c.leased_until))
        .select_from(_assignment)
        .join(_account, _account.c.id == _assignment.c.reviewer_id)
        .join(_sentence, _sentence.c.id == _assignment.c.sentence_id)
        .join(_article, _article.c.id == _sentence.c.article_id)
        .where(_assignment.c.project_id == project_id)
        .where(_LEASED)
        .where(*(shown.contains(word, autoescape=True) for word in sought(search)))
        .group_by(*who, *where)
        .order_by(since, *who, *where)
    )
    return [LeaseRow(*row) for row in session.execute(statement)]


_NAMED = both(
    sa.select(_sentence.c.id, _article.c.public_id, _sentence.c.start, _sentence.c.end).join(
        _article, _article.c.id == _sentence.c.article_id
    ),
    _sentence.c.id,
)


def names(session: Session, *, sentence_ids: Collection[int]) -> dict[int, tuple[str, int, int]]:
    """The articles, starts and ends that sentences are known by."""
    rows = among(session, _NAMED, sentence_ids)
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def reviewer_id(session: Session, *, project_id: int, public_id: str) -> int | None:
    """The key of whoever holds or held sentences of a project under this public id."""
    statement = (
        sa.select(_account.c.id)
        .where(_account.c.public_id == storable(public_id))
        .where(
            sa.exists().where(
                _assignment.c.reviewer_id == _account.c.id, _assignment.c.project_id == project_id
            )
        )
    )
    found: int | None = session.execute(statement).scalar()
    return found
