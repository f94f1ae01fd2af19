"""Accounts and their memberships."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, or_, select

from db.models import Account, Membership, Project, SignIn


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An account with when it was last seen."""

    account_id: int
    public_id: str
    name: str
    is_admin: bool
    joins_as: str | None
    has_password: bool
    created_at: datetime
    disabled_at: datetime | None
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A person's part in one project; `ended_at` is when they were removed from it."""

    account_id: int
    role: str
    n_done: int
    project_slug: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class PartRow:
    """A project in which somebody has a role at present."""

    project_id: int
    slug: str
    role: str


def is_empty(session: Session) -> bool:
    """Whether nobody can have signed in yet.

    Those whose labels came in a file have accounts that are disabled from the first, and take
    nobody's place.
    """
    was_live = or_(
        col(Account.disabled_at).is_(None), col(Account.disabled_at) != col(Account.created_at)
    )
    return session.exec(select(Account.id).where(was_live).limit(1)).first() is None


def add(session: Session, account: Account) -> bool:
    """Store an account; False when somebody has its name, if only since this moment."""
    try:
        with session.begin_nested():
            session.add(account)
            session.flush()
    except IntegrityError:
        return False
    return True


def by_id(session: Session, account_id: int) -> Account | None:
    """The account of a key, read anew."""
    return session.get(Account, account_id, populate_existing=True)


def by_name_key(session: Session, name_key: str) -> Account | None:
    """The account whose name looks like this, read anew."""
    statement = (
        select(Account)
        .where(col(Account.name_key) == name_key)
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).first()


def lock_live_admins(session: Session) -> Sequence[int]:
    """The keys of all admins that are not disabled, held until the transaction ends.

    PostgreSQL locks the rows, so that two admins cannot disable each other at the same instant;
    SQLite has one writer at a time and leaves FOR UPDATE out.
    """
    statement = (
        select(Account.id)
        .where(col(Account.is_admin).is_(True), col(Account.disabled_at).is_(None))
        .order_by(col(Account.id))
        .with_for_update()
    )
    return session.exec(statement).all()


def project_ids(session: Session, *, slug: str | None = None) -> Sequence[int]:
    """The key of the project of this slug, or of every project."""
    statement = select(Project.id).order_by(col(Project.id))
    if slug is not None:
        statement = statement.where(col(Project.slug) == slug)
    return session.exec(statement).all()


def joining(session: Session) -> dict[int, str]:
    """Whoever is in every project, with the role they get in a new one."""
    statement = (
        sa.select(col(Account.id), col(Account.joins_as))
        .where(col(Account.joins_as).is_not(None))
        .order_by(col(Account.id))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def memberships(session: Session, account_id: int) -> Sequence[Membership]:
    """Every membership of an account, ended ones too."""
    statement = (
        select(Membership)
        .where(col(Membership.account_id) == account_id)
        .order_by(col(Membership.project_id))
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).all()


def people(session: Session, *, account_ids: Collection[int] | None = None) -> list[PersonRow]:
    """The accounts of these keys (None: all), in the order they were made."""
    last_seen = (
        select(sa.func.max(col(SignIn.last_seen_at)))
        .where(col(SignIn.account_id) == col(Account.id))
        .scalar_subquery()
    )
    statement = sa.select(
        col(Account.id),
        col(Account.public_id),
        col(Account.name),
        col(Account.is_admin),
        col(Account.joins_as),
        col(Account.password_hash).is_not(None),
        col(Account.created_at),
        col(Account.disabled_at),
        last_seen,
    ).order_by(col(Account.id))
    if account_ids is not None:
        statement = statement.where(col(Account.id).in_(account_ids))
    return [PersonRow(*row) for row in session.execute(statement)]


def parts(session: Session, account_id: int) -> list[PartRow]:
    """The projects in which an account has a role at present."""
    statement = (
        sa.select(col(Project.id), col(Project.slug), col(Membership.role))
        .join(Project, col(Project.id) == col(Membership.project_id))
        .where(col(Membership.account_id) == account_id, col(Membership.ended_at).is_(None))
        .order_by(col(Project.id))
    )
    return [PartRow(*row) for row in session.execute(statement)]


def roles(session: Session, *, project_ids: Collection[int] | None = None) -> list[RoleRow]:
    """Who is what in these projects (None: all), ended memberships too."""
    statement = sa.select(
        col(Membership.account_id),
        col(Membership.role),
        col(Membership.n_done),
        col(Project.slug),
        col(Membership.ended_at),
    ).join(Project, col(Project.id) == col(Membership.project_id))
    if project_ids is not None:
        statement = statement.where(col(Membership.project_id).in_(project_ids))
    ordered = statement.order_by(col(Membership.account_id), col(Membership.project_id))
    return [RoleRow(*row) for row in session.execute(ordered)]
