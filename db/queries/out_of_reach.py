"""Sentences that nobody is left for: all who could get one have had it, and more are needed.

Found from what the least busy of them has had, so that it costs no more than that.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Account, Annotation, Article, Assignment, Demand, Sentence
from db.models.naming import table
from db.queries.demand import SEEN
from db.queries.many import among, both

_account = table(Account)
_annotation = table(Annotation)
_article = table(Article)
_assignment = table(Assignment)
_base = _assignment.alias("base")
_demand = table(Demand)
_sentence = table(Sentence)


@dataclass(frozen=True, slots=True)
class UnreachedRow:
    """A sentence that needs more people, and what those who had it did; `n_skipped` of them."""

    sentence_id: int
    article: str
    title: str
    start: int
    end: int
    text: str
    kind: str
    n_wanted: int
    n_labelled: int
    n_skipped: int
    turn: int


def least_busy(session: Session, *, project_id: int, reviewer_ids: Collection[int]) -> int | None:
    """Who of these has had the fewest sentences; None where somebody has had none."""
    statement = (
        sa.select(_assignment.c.reviewer_id, sa.func.count())
        .where(_assignment.c.project_id == project_id, _assignment.c.state.in_(SEEN))
        .where(_assignment.c.reviewer_id.in_(list(reviewer_ids)))
        .group_by(_assignment.c.reviewer_id)
    )
    found: dict[int, int] = {row[0]: row[1] for row in session.execute(statement)}
    if not found or len(found) < len(set(reviewer_ids)):
        return None
    return min(found, key=lambda key: (found[key], key))


def _unreached(
    project_id: int, subset_key: int, reviewer_ids: Collection[int], least: int
) -> sa.Subquery:
    """Open sentences of a subset (0: of none) that all of these people have had."""
    skipped = sa.func.sum(sa.case((_assignment.c.state == "skipped", 1), else_=0))
    labelled = sa.func.sum(sa.case((_assignment.c.state == "done", 1), else_=0))
    return (
        sa.select(
            _demand.c.sentence_id,
            _demand.c.n_wanted,
            _demand.c.turn,
            labelled.label("n_labelled"),
            skipped.label("n_skipped"),
        )
        .select_from(_base)
        .join(_demand, _demand.c.sentence_id == _base.c.sentence_id)
        .join(_assignment, _assignment.c.sentence_id == _demand.c.sentence_id)
        .where(_base.c.reviewer_id == least, _base.c.project_id == project_id)
        .where(_base.c.state.in_(SEEN))
        .where(_demand.c.subset_key == subset_key, _demand.c.n_taken < _demand.c.n_wanted)
        .where(_assignment.c.reviewer_id.in_(list(reviewer_ids)))
        .where(_assignment.c.state.in_(SEEN))
        .group_by(_demand.c.sentence_id, _demand.c.n_wanted, _demand.c.turn)
        .having(sa.func.count() >= len(set(reviewer_ids)))
        .subquery()
    )


def unreached(
    session: Session,
    *,
    project_id: int,
    subset_key: int,
    reviewer_ids: Collection[int],
    least: int,
    limit: int,
) -> tuple[list[UnreachedRow], int, int]:
    """What all of these people have had and still needs more: skipped ones first.

    Returns:
        The first few; how many there are; and how many of these somebody skipped.
    """
    found = _unreached(project_id, subset_key, reviewer_ids, least)
    is_skipped = sa.case((found.c.n_skipped > 0, 1), else_=0)
    # Counted and cut off in one reading; only what is shown is looked up.
    first = (
        sa.select(
            found,
            sa.func.count().over().label("total"),
            sa.func.sum(is_skipped).over().label("total_skipped"),
        )
        .order_by(is_skipped.desc(), found.c.turn)
        .limit(limit)
        .subquery()
    )
    told = (first.c.n_wanted, first.c.n_labelled, first.c.n_skipped, first.c.turn)
    rows = session.execute(
        _told(*told, first.c.total, first.c.total_skipped)
        .join(first, first.c.sentence_id == _sentence.c.id)
        .order_by(sa.case((first.c.n_skipped > 0, 0), else_=1), first.c.turn)
    ).all()
    if not rows:
        return [], 0, 0
    return [UnreachedRow(*row[:-2]) for row in rows], rows[0].total, int(rows[0].total_skipped)


def without_anybody(
    session: Session, *, project_id: int, subset_key: int, limit: int
) -> tuple[list[UnreachedRow], int]:
    """The open sentences of a subset that is given to nobody who is here; and how many."""
    is_open = (
        _demand.c.project_id == project_id,
        _demand.c.subset_key == subset_key,
        sa.text("n_taken < n_wanted"),  # as the index says it
    )
    n: int = session.execute(
        sa.select(sa.func.count()).select_from(_demand).where(*is_open)
    ).scalar_one()
    columns = (_demand.c.n_wanted, _demand.c.n_taken, sa.literal(0), _demand.c.turn)
    statement = (
        _told(*columns)
        .join(_demand, _demand.c.sentence_id == _sentence.c.id)
        .where(*is_open)
        .order_by(_demand.c.turn)
        .limit(limit)
    )
    return [UnreachedRow(*row) for row in session.execute(statement)], n


def _told(*columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    length = _sentence.c.end - _sentence.c.start
    return (
        sa.select(
            _sentence.c.id,
            _article.c.public_id,
            sa.func.coalesce(_article.c.title, _article.c.source_name),
            _sentence.c.start,
            _sentence.c.end,
            sa.func.substr(_article.c.text, _sentence.c.start + 1, length),
            _sentence.c.kind,
            *columns,
        )
        .select_from(_sentence)
        .join(_article, _article.c.id == _sentence.c.article_id)
    )


_REASONS = both(
    sa.select(_annotation.c.sentence_id, _account.c.name, _annotation.c.skip_reason)
    .join(_account, _account.c.id == _annotation.c.reviewer_id)
    .where(_annotation.c.status == "skipped")
    .order_by(_annotation.c.sentence_id, _account.c.name, _account.c.id),
    _annotation.c.sentence_id,
)


def reasons(session: Session, *, sentence_ids: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """Who skipped each of these sentences, and why; the others are left out."""
    found: dict[int, list[tuple[str, str]]] = {}
    for key, name, reason in among(session, _REASONS, sentence_ids):
        found.setdefault(key, []).append((name, reason or ""))
    return found
