"""Rows of accounts and memberships, for the services that have checked who asks."""

import secrets
from datetime import datetime

from sqlmodel import Session

from db.models import Account, Membership
from db.queries import accounts as queries
from workbench.errors import NotFoundError
from workbench.services import names
from workbench.services.permissions import PERMISSIONS, Permission, Role


def new_account(session: Session, *, name: str, is_admin: bool, now: datetime) -> Account:
    """An account of a cleaned name that nobody has."""
    account = Account(
        public_id=secrets.token_hex(8),
        name=name,
        name_key=names.key(name),
        is_admin=is_admin,
        created_at=now,
    )
    session.add(account)
    session.flush()
    return account


def set_role(
    session: Session, account: Account, role: Role, *, project_slug: str | None, now: datetime
) -> None:
    """Make an account a member with a role: of one project, or of every project, later ones too.

    An admin is a manager where a membership is kept: that is where their own labels count.

    Raises:
        NotFoundError: There is no such project.
    """
    project_ids = queries.project_ids(session, slug=project_slug)
    if project_slug is not None and not project_ids:
        message = "There is no such project. See 'workbench project list'."
        raise NotFoundError(message)
    stored = str(Role.MANAGER if role is Role.ADMIN else role)
    if project_slug is None:
        account.joins_as = stored
        session.add(account)
    present = {each.project_id: each for each in queries.memberships(session, account.id)}
    for project_id in project_ids:
        membership = present.get(project_id) or Membership(
            project_id=project_id, account_id=account.id, role=stored, created_at=now
        )
        membership.role, membership.ended_at = stored, None
        session.add(membership)
    session.flush()


def fill(session: Session, *, project_id: int, maker_id: int | None, now: datetime) -> None:
    """Bring everybody who is in every project into a new one; its maker manages it."""
    roles = queries.joining(session)
    if maker_id is not None:
        roles[maker_id] = str(Role.MANAGER)
    for account_id, role in roles.items():
        session.add(
            Membership(project_id=project_id, account_id=account_id, role=role, created_at=now)
        )
    session.flush()


def permissions(session: Session, account: Account) -> set[tuple[int | None, Permission]]:
    """What an account may do, project by project; None stands for the installation."""
    may = {
        (each.project_id, permission)
        for each in queries.memberships(session, account.id)
        if each.ended_at is None
        for permission in PERMISSIONS[Role(each.role)]
    }
    if not account.is_admin:
        return {*may}
    everywhere = (None, *queries.project_ids(session))
    return {(place, permission) for place in everywhere for permission in PERMISSIONS[Role.ADMIN]}
