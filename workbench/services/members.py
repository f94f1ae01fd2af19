"""Rows of accounts and memberships, for the services that have checked who asks."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from db.models import Account, Membership
from db.queries import accounts as queries
from workbench.errors import InputError, NotAllowedError, NotFoundError, TakenError
from workbench.services import names
from workbench.services.permissions import GRANTS, PERMISSIONS, Actor, Permission, Role, check

RANKS = tuple(Role)
TAKEN = "Somebody has this name, or one that looks the same. Add a surname or a number."


def role_of(word: str) -> Role:
    """The role that a word names.

    Raises:
        InputError: There is no such role.
    """
    try:
        return Role(word)
    except ValueError:
        message = f"There is no such role. Give one of {', '.join(Role)}."
        raise InputError(message) from None


def check_place(role: Role, project_slugs: Sequence[str], *, is_admin: bool = False) -> None:
    """Refuse to name projects where it is about being an admin, which is so everywhere or nowhere.

    Args:
        role: What somebody becomes.
        project_slugs: Where; none stands for every project.
        is_admin: Whether they are an admin so far.

    Raises:
        InputError: A project is named for an admin.
    """
    if not project_slugs:
        return
    if role is Role.ADMIN:
        message = "An admin is one of the whole installation. Leave the project out."
        raise InputError(message)
    if is_admin:
        message = (
            "This person is an admin, of the whole installation. Leave the project out first: then "
            "they are an admin no more."
        )
        raise InputError(message)


def may_grant(actor: Actor, role: Role, project_ids: Sequence[int]) -> bool:
    """Whether the actor brings people into these projects with this role.

    Without a project it is every project, which is for admins.
    """
    if actor.may(Permission.MANAGE_PEOPLE):
        return True
    return bool(project_ids) and all(
        actor.may(Permission.INVITE_PEOPLE, each) and role in GRANTS[actor.roles[each]]
        for each in project_ids
    )


def check_grant(actor: Actor, role: Role, project_ids: Sequence[int]) -> None:
    """Refuse to bring people in where the actor may not, or with a role that is not theirs to give.

    Raises:
        NotFoundError: The actor has no part in one of the projects.
        NotAllowedError: Their role there does not include it, or the project is archived.
    """
    for each in project_ids:
        check(actor, Permission.INVITE_PEOPLE, project_id=each)
    if may_grant(actor, role, project_ids):
        return
    message = f"This needs an admin: a manager has no say over the role of {role}."
    if not project_ids:
        message = "Only an admin brings people into every project. Name a project of yours."
    raise NotAllowedError(message)


def grants(session: Session, account: Account, role: Role, project_ids: Sequence[int]) -> bool:
    """The same of an account that does not act at present."""
    if account.is_admin:
        return True
    present = _live(queries.memberships(session, account.id))
    return bool(project_ids) and all(
        each in present
        and Permission.INVITE_PEOPLE in PERMISSIONS[present[each]]
        and role in GRANTS[present[each]]
        for each in project_ids
    )


def new_account(session: Session, *, name: str, is_admin: bool, now: datetime) -> Account:
    """An account of a cleaned name.

    Raises:
        TakenError: Somebody has this name, or one that looks like it, if only since this moment.
    """
    account = Account(
        public_id=secrets.token_hex(8),
        name=name,
        name_key=names.key(name),
        is_admin=is_admin,
        created_at=now,
    )
    if not queries.add(session, account):
        raise TakenError(TAKEN)
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
    stored = _stored(role)
    if project_slug is None:
        account.joins_as = str(stored)
        session.add(account)
    _write(session, account, dict.fromkeys(project_ids, stored), now=now)


def raise_role(
    session: Session, account: Account, role: Role, *, project_ids: Sequence[int], now: datetime
) -> None:
    """The same, taking no greater role away; without projects it is every project."""
    stored = _stored(role)
    if role is Role.ADMIN:
        account.is_admin = True
    if not project_ids:
        account.joins_as = str(max(_known(account.joins_as), stored, key=RANKS.index))
    session.add(account)
    present = _live(queries.memberships(session, account.id))
    _write(
        session,
        account,
        {
            each: max(present.get(each, stored), stored, key=RANKS.index)
            for each in project_ids or queries.project_ids(session)
        },
        now=now,
    )


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
    present = _live(queries.memberships(session, account.id))
    if not account.is_admin:
        return {(each, may) for each, role in present.items() for may in PERMISSIONS[role]}
    everywhere = (None, *queries.project_ids(session))
    return {(place, permission) for place in everywhere for permission in PERMISSIONS[Role.ADMIN]}


def _stored(role: Role) -> Role:
    return Role.MANAGER if role is Role.ADMIN else role


def _known(role: str | None) -> Role:
    return Role(role) if role else Role.REVIEWER


def _live(memberships: Iterable[Membership]) -> dict[int, Role]:
    return {each.project_id: Role(each.role) for each in memberships if each.ended_at is None}


def _write(session: Session, account: Account, roles: dict[int, Role], *, now: datetime) -> None:
    present = {each.project_id: each for each in queries.memberships(session, account.id)}
    for project_id, role in roles.items():
        membership = present.get(project_id) or Membership(
            project_id=project_id, account_id=account.id, role=str(role), created_at=now
        )
        membership.role, membership.ended_at = str(role), None
        session.add(membership)
    session.flush()
