"""Subsets as a manager sees them: how far each is, and which articles there are to choose from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import (
    Account,
    Article,
    ArticleVersion,
    Assignment,
    Demand,
    Membership,
    SubsetArticle,
)
from db.models import Subset as SubsetModel
from db.models.naming import table
from db.queries.many import among, both
from db.queries.words import sought, storable

_account = table(Account)
_article = table(Article)
_assignment = table(Assignment)
_demand = table(Demand)
_member = table(SubsetArticle)
_membership = table(Membership)
_subset = table(SubsetModel)
_version = table(ArticleVersion)

_TITLE = sa.func.coalesce(_article.c.title, _article.c.source_name)
_OUTLET = sa.func.coalesce(_article.c.outlet, "")
_PUBLISHED = sa.func.coalesce(_article.c.published, "")


@dataclass(frozen=True, slots=True)
class SubsetCount:
    """A subset's sentences: how many, the decisions they need, and how many of these are there."""

    n_sentences: int
    n_wanted: int
    n_there: int


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """An article to choose, and the subset that it is in, if it is in one."""

    public_id: str
    title: str
    outlet: str
    published: str
    n_queued: int
    subset: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """What articles are looked for.

    Attributes:
        search: Words that title, outlet, author, date or file name must have.
        outlets: Outlets, one of which it is from; none for any.
        since: The first day as `2026-03-03`; empty from the beginning.
        until: The last day; empty for any.
    """

    search: str = ""
    outlets: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


def counts(session: Session, *, project_id: int) -> dict[int, SubsetCount]:
    """By subset, what its sentences need and have; those without a sentence are left out.

    Reads every sentence of the project's subsets; a place that is only held counts as free.
    """
    held = (
        sa.select(_assignment.c.sentence_id, sa.func.count().label("n"))
        .where(_assignment.c.project_id == project_id, sa.text("assignment.state = 'leased'"))
        .group_by(_assignment.c.sentence_id)
        .subquery()
    )
    given = _demand.c.n_taken - sa.func.coalesce(held.c.n, 0)
    there = sa.case((given < _demand.c.n_wanted, given), else_=_demand.c.n_wanted)
    statement = (
        sa.select(
            _demand.c.subset_key,
            sa.func.count(),
            sa.func.sum(_demand.c.n_wanted),
            sa.func.sum(there),
        )
        .outerjoin(held, held.c.sentence_id == _demand.c.sentence_id)
        .where(_demand.c.project_id == project_id, _demand.c.subset_key != 0)
        .group_by(_demand.c.subset_key)
    )
    return {row[0]: SubsetCount(row[1], row[2], row[3]) for row in session.execute(statement)}


def choices(
    session: Session, *, project_id: int, found: Found, limit: int
) -> tuple[list[ChoiceRow], int]:
    """Articles with sentences in the queue, in its order, and how many there are of these."""
    conditions = _conditions(project_id, found)
    total: int = session.execute(
        sa.select(sa.func.count()).select_from(_article).where(*conditions)
    ).scalar_one()
    rows = session.execute(_chosen().where(*conditions).order_by(*_ORDER).limit(limit))
    return [ChoiceRow(*row) for row in rows], total


def free_ids(session: Session, *, project_id: int, found: Found, subset_id: int) -> list[str]:
    """The public ids of all of these that are in no other subset, in the order of the queue."""
    is_in_one = sa.exists().where(
        _member.c.article_id == _article.c.id, _member.c.subset_id != subset_id
    )
    statement = (
        sa.select(_article.c.public_id)
        .where(*_conditions(project_id, found), ~is_in_one)
        .order_by(*_ORDER)
    )
    return list(session.execute(statement).scalars())


def named(session: Session, *, project_id: int, public_ids: Collection[str]) -> list[ChoiceRow]:
    """These articles, in the order of the queue."""
    statement = both(
        _chosen().where(_article.c.project_id == project_id).order_by(*_ORDER),
        _article.c.public_id,
        sa.Text,
    )
    return [ChoiceRow(*row) for row in among(session, statement, public_ids)]


_ORDER = (_article.c.import_batch, _article.c.queue_rank, _article.c.id)


def _chosen() -> sa.Select[Any]:
    return (
        sa.select(
            _article.c.public_id, _TITLE, _OUTLET, _PUBLISHED, _article.c.n_queued, _subset.c.name
        )
        .outerjoin(_member, _member.c.article_id == _article.c.id)
        .outerjoin(_subset, _subset.c.id == _member.c.subset_id)
    )


def _conditions(project_id: int, found: Found) -> list[sa.ColumnElement[bool]]:
    shown = sa.func.lower(
        _TITLE
        + " "
        + _OUTLET
        + " "
        + sa.func.coalesce(_article.c.author, "")
        + " "
        + _PUBLISHED
        + " "
        + _article.c.source_name
    )
    wanted = [
        _article.c.project_id == project_id,
        _article.c.n_queued > 0,
        ~sa.exists().where(_version.c.replaces_id == _article.c.id),
        *(shown.contains(word, autoescape=True) for word in sought(found.search)),
    ]
    if found.outlets:
        wanted.append(_OUTLET.in_([storable(each) for each in found.outlets]))
    day = sa.func.substr(_PUBLISHED, 1, len("2026-03-03"))
    if found.since:
        wanted.append(day >= found.since)
    if found.until:
        wanted.append(sa.and_(day != "", day <= found.until))
    return wanted


def outlets(session: Session, *, project_id: int) -> Sequence[str]:
    """The outlets of a project's articles, in the order of the alphabet."""
    statement = (
        sa.select(_article.c.outlet)
        .where(_article.c.project_id == project_id, _article.c.n_queued > 0, _OUTLET != "")
        .distinct()
        .order_by(_article.c.outlet)
    )
    return list(session.execute(statement).scalars())


def people(session: Session, *, project_id: int) -> list[tuple[str, str]]:
    """Public id and name of everybody who has a part in a project, by name."""
    statement = (
        sa.select(_account.c.public_id, _account.c.name)
        .join(_membership, _membership.c.account_id == _account.c.id)
        .where(_membership.c.project_id == project_id, _membership.c.ended_at.is_(None))
        .where(_account.c.disabled_at.is_(None))
        .order_by(sa.func.lower(_account.c.name), _account.c.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]
