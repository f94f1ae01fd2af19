"""Projects with their current label set and guideline."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Article, Guideline, Label, LabelSet, Membership, Project
from db.queries.words import storable


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much there is in a project."""

    n_articles: int = 0
    n_people: int = 0
    n_decided: int = 0


def all_projects(session: Session) -> Sequence[Project]:
    """Every project, oldest first."""
    return session.exec(select(Project).order_by(col(Project.id))).all()


# It runs at every label: built once, so that only its parameter changes.
_OF_ACCOUNT = (
    sa.select(Project)
    .join(Membership, col(Membership.project_id) == col(Project.id))
    .where(col(Membership.account_id) == sa.bindparam("account_id"))
    .where(col(Membership.ended_at).is_(None))
    .order_by(col(Project.id))
)


def projects_of(session: Session, *, account_id: int) -> Sequence[Project]:
    """The projects an account is in, oldest first."""
    return session.execute(_OF_ACCOUNT, {"account_id": account_id}).scalars().all()


def by_slug(session: Session, *, slug: str) -> Project | None:
    """The project of that slug."""
    return session.exec(select(Project).where(col(Project.slug) == storable(slug))).one_or_none()


_ARCHIVED = sa.select(col(Project.id)).where(col(Project.archived_at).is_not(None))


def archived_ids(session: Session) -> Sequence[int]:
    """The projects that are archived."""
    return session.execute(_ARCHIVED).scalars().all()


def sizes(session: Session, *, project_ids: Collection[int]) -> dict[int, Sizes]:
    """Articles, people, and what all people together have decided, by project."""
    article, member = col(Article.project_id), col(Membership.project_id)
    articles = sa.select(article, sa.func.count()).where(article.in_(project_ids)).group_by(article)
    people = (
        sa.select(
            member,
            sa.func.count(sa.case((col(Membership.ended_at).is_(None), 1))),
            sa.func.sum(col(Membership.n_done)),
        )
        .where(member.in_(project_ids))
        .group_by(member)
    )
    n_articles = {row[0]: row[1] for row in session.execute(articles)}
    of_people = {row[0]: (row[1], int(row[2])) for row in session.execute(people)}
    return {key: Sizes(n_articles.get(key, 0), *of_people.get(key, (0, 0))) for key in project_ids}


def done_by(session: Session, *, account_id: int) -> dict[int, int]:
    """How many sentences an account has decided, by project."""
    statement = sa.select(col(Membership.project_id), col(Membership.n_done)).where(
        col(Membership.account_id) == account_id
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def lock(session: Session, *, project_id: int) -> Project:
    """The project's row, held until the transaction ends (SQLite: the one writer holds it).

    On PostgreSQL, who holds it keeps out others who would, and no label: a row that refers to the
    project may come in meanwhile (`FOR NO KEY UPDATE`). It is read anew, whatever the session
    knows of it: somebody else may have held it until now.
    """
    statement = select(Project).where(col(Project.id) == project_id)
    held = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.exec(held).one()


def newest_label_set(session: Session, *, project_id: int) -> LabelSet:
    """The label set in force."""
    statement = (
        select(LabelSet)
        .where(col(LabelSet.project_id) == project_id)
        .order_by(col(LabelSet.version).desc())
        .limit(1)
    )
    return session.exec(statement).one()


def labels_of(session: Session, *, label_set_id: int) -> Sequence[Label]:
    """The labels of a set in their order."""
    statement = (
        select(Label)
        .where(col(Label.label_set_id) == label_set_id)
        .order_by(col(Label.position), col(Label.id))
    )
    return session.exec(statement).all()


def newest_guideline(session: Session, *, project_id: int) -> Guideline:
    """The guideline in force."""
    statement = (
        select(Guideline)
        .where(col(Guideline.project_id) == project_id)
        .order_by(col(Guideline.version).desc())
        .limit(1)
    )
    return session.exec(statement).one()
