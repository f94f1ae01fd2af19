"""Subsets: articles given to named reviewers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Account, Article, Membership, Subset, SubsetArticle, SubsetReviewer
from db.models.naming import table
from db.queries.many import among, both

_subset = table(Subset)
_member = table(SubsetArticle)
_named = table(SubsetReviewer)
_article = table(Article)
_account = table(Account)
_membership = table(Membership)

_OF_REVIEWER = (
    sa.select(_subset.c.id, _subset.c.name)
    .join(_named, _named.c.subset_id == _subset.c.id)
    .where(_subset.c.project_id == sa.bindparam("project_id"))
    .where(_named.c.reviewer_id == sa.bindparam("reviewer_id"))
    .order_by(_subset.c.id)
)


def of_reviewer(session: Session, *, project_id: int, reviewer_id: int) -> dict[int, str]:
    """The subsets given to a reviewer, by key, with their names; oldest first."""
    values = {"project_id": project_id, "reviewer_id": reviewer_id}
    return {key: name for key, name in session.connection().execute(_OF_REVIEWER, values)}  # noqa: C416 - a row is no pair to mypy


def by_name(session: Session, *, project_id: int, name: str) -> Subset | None:
    """The subset of that name."""
    statement = (
        select(Subset).where(col(Subset.project_id) == project_id).where(col(Subset.name) == name)
    )
    return session.exec(statement).one_or_none()


@dataclass(frozen=True, slots=True)
class SubsetRow:
    """A subset with the public ids of its articles, and its reviewers' public ids and names."""

    id: int
    name: str
    created_at: datetime
    articles: tuple[str, ...]
    reviewers: tuple[tuple[str, str], ...]


def listed(session: Session, *, project_id: int) -> list[SubsetRow]:
    """The subsets of a project, oldest first."""
    own = sa.select(_subset.c.id).where(_subset.c.project_id == project_id)
    articles: dict[int, list[str]] = {}
    for key, public_id in session.execute(
        sa.select(_member.c.subset_id, _article.c.public_id)
        .join(_article, _article.c.id == _member.c.article_id)
        .where(_member.c.subset_id.in_(own))
        .order_by(_article.c.id)
    ):
        articles.setdefault(key, []).append(public_id)
    reviewers: dict[int, list[tuple[str, str]]] = {}
    for key, public_id, name in session.execute(
        sa.select(_named.c.subset_id, _account.c.public_id, _account.c.name)
        .join(_account, _account.c.id == _named.c.reviewer_id)
        .where(_named.c.subset_id.in_(own))
        .order_by(_account.c.name, _account.c.id)
    ):
        reviewers.setdefault(key, []).append((public_id, name))
    rows = session.execute(
        sa.select(_subset.c.id, _subset.c.name, _subset.c.created_at)
        .where(_subset.c.project_id == project_id)
        .order_by(_subset.c.id)
    )
    return [
        SubsetRow(key, name, at, tuple(articles.get(key, ())), tuple(reviewers.get(key, ())))
        for key, name, at in rows
    ]


def article_keys(session: Session, *, subset_id: int) -> set[int]:
    """The keys of a subset's articles."""
    statement = sa.select(_member.c.article_id).where(_member.c.subset_id == subset_id)
    return set(session.execute(statement).scalars())


_SUBSETS_OF = both(
    sa.select(_member.c.article_id, _subset.c.name).join(
        _subset, _subset.c.id == _member.c.subset_id
    ),
    _member.c.article_id,
)


def names_of_articles(session: Session, *, article_ids: Collection[int]) -> dict[int, str]:
    """The name of the subset that each of these articles is in; those in none are left out."""
    return {row[0]: row[1] for row in among(session, _SUBSETS_OF, article_ids)}


def fill(
    session: Session,
    *,
    subset_id: int,
    article_ids: Sequence[int],
    reviewer_ids: Sequence[int],
) -> None:
    """Let a subset hold these articles, given to these reviewers, and no others."""
    empty(session, subset_id=subset_id)
    session.execute(
        _member.insert(), [{"subset_id": subset_id, "article_id": key} for key in article_ids]
    )
    session.execute(
        _named.insert(), [{"subset_id": subset_id, "reviewer_id": key} for key in reviewer_ids]
    )


def empty(session: Session, *, subset_id: int) -> None:
    """Take everything out of a subset."""
    for rows in (_member, _named):
        session.execute(sa.delete(rows).where(rows.c.subset_id == subset_id))


_ARTICLES = both(
    sa.select(_article.c.public_id, _article.c.id).where(
        _article.c.project_id == sa.bindparam("project_id")
    ),
    _article.c.public_id,
    sa.Text,
)


def articles(session: Session, *, project_id: int, public_ids: Collection[str]) -> dict[str, int]:
    """The keys of a project's articles by public id; those that are not there are left out."""
    rows = among(session, _ARTICLES, public_ids, project_id=project_id)
    return {row[0]: row[1] for row in rows}


def members(session: Session, *, project_id: int, public_ids: Collection[str]) -> dict[str, int]:
    """The keys of these people, by public id, as far as they have a part in the project."""
    statement = (
        sa.select(_account.c.public_id, _account.c.id)
        .join(_membership, _membership.c.account_id == _account.c.id)
        .where(_membership.c.project_id == project_id, _membership.c.ended_at.is_(None))
        .where(_account.c.public_id.in_(list(public_ids)))
    )
    return {public_id: key for public_id, key in session.execute(statement)}  # noqa: C416 - as above
