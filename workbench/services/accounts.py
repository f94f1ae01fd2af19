"""Accounts: made, disabled, given a role. The one door to all that concerns people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import Account
from db.queries import accounts as queries
from db.queries import invites as invite_queries
from db.queries import sign_ins as sign_in_queries
from workbench.errors import InputError, NotFoundError
from workbench.services import audit, leasing, members, names
from workbench.services.invitations import (
    Invitation,
    invitations,
    invite,
    renew_invitation,
    revoke_invitation,
)
from workbench.services.joining import join, join_as
from workbench.services.leaving import bring_back, remove
from workbench.services.links import LinkKind, LinkState, first_link, link, open_link
from workbench.services.others_sessions import end_session_of, end_sessions_of, sessions_of
from workbench.services.own_sessions import (
    OwnSession,
    end_other_sessions,
    end_session,
    sessions,
)
from workbench.services.people import Person, people
from workbench.services.permissions import Actor, Permission, Role, check
from workbench.services.resets import may_reset, reset_link, reset_password
from workbench.services.sessions import (
    Found,
    SignedIn,
    find,
    lookup,
    sign_out,
    signed_in,
    touch,
)
from workbench.services.signing_in import (
    become_owner,
    has_password,
    set_password,
    sign_in_by_link,
    sign_in_by_password,
)

__all__ = [
    "ROLES",
    "AccountView",
    "Found",
    "Invitation",
    "LinkKind",
    "LinkState",
    "OwnSession",
    "Person",
    "SignedIn",
    "add",
    "become_owner",
    "bring_back",
    "disable",
    "enable",
    "end_other_sessions",
    "end_session",
    "end_session_of",
    "end_sessions_of",
    "find",
    "first_link",
    "has_password",
    "invitations",
    "invite",
    "is_empty",
    "join",
    "join_as",
    "link",
    "lookup",
    "may_reset",
    "open_link",
    "people",
    "remove",
    "renew_invitation",
    "reset_link",
    "reset_password",
    "revoke_invitation",
    "sessions",
    "sessions_of",
    "set_password",
    "set_role",
    "sign_in_by_link",
    "sign_in_by_password",
    "sign_out",
    "signed_in",
    "touch",
]

ROLES = tuple(str(role) for role in Role)


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as its maker sees it."""

    public_id: str
    name: str
    role: str
    is_admin: bool


def is_empty(session: Session) -> bool:
    """Whether nobody has an account yet."""
    return queries.is_empty(session)


def add(
    session: Session,
    *,
    actor: Actor,
    name: str,
    role: str,
    now: datetime,
    project_slug: str | None = None,
) -> AccountView:
    """Make an account with a role in a project, or in every project when none is named.

    Raises:
        NotAllowedError: The actor does not manage people.
        InputError: The name or the role cannot be one, or an admin is to be one of a project.
        TakenError: Somebody has this name, or one that looks like it.
        NotFoundError: There is no such project.
    """
    check(actor, Permission.MANAGE_PEOPLE)
    given, cleaned = members.role_of(role), names.cleaned(name)
    members.check_place(given, _named(project_slug))
    account = members.new_account(session, name=cleaned, is_admin=given is Role.ADMIN, now=now)
    members.set_role(session, account, given, project_slug=project_slug, now=now)
    _note(session, actor, "add_account", account, now, role=str(given), project=project_slug)
    return AccountView(account.public_id, account.name, str(given), account.is_admin)


def disable(session: Session, *, actor: Actor, name: str, now: datetime) -> None:
    """Disable an account and end its sessions; what the person did stays.

    Raises:
        NotAllowedError: The actor does not manage people.
        NotFoundError: Nobody has this name.
        InputError: It is the last admin.
    """
    check(actor, Permission.MANAGE_PEOPLE)
    account = _by_name(session, name)
    leasing.let_go(session, account_id=account.id)  # before admins are held: they label, too
    _keep_an_admin(session, account)
    if account.disabled_at is not None:
        return
    account.disabled_at = now
    session.add(account)
    session.flush()
    n_ended = sign_in_queries.end_all(session, account.id, now=now)
    invite_queries.revoke_of_account(
        session, account.id, kinds=[LinkKind.SIGN_IN, LinkKind.RESET], now=now
    )
    _note(session, actor, "disable_account", account, now, n_sessions_ended=n_ended)


def enable(session: Session, *, actor: Actor, name: str, now: datetime) -> None:
    """Let a disabled account sign in again; its old sessions stay ended.

    Raises:
        NotAllowedError: The actor does not manage people.
        NotFoundError: Nobody has this name.
    """
    check(actor, Permission.MANAGE_PEOPLE)
    account = _by_name(session, name)
    if account.disabled_at is None:
        return
    account.disabled_at = None
    session.add(account)
    session.flush()
    _note(session, actor, "enable_account", account, now)


def set_role(
    session: Session,
    *,
    actor: Actor,
    name: str,
    role: str,
    now: datetime,
    project_slug: str | None = None,
) -> None:
    """Give a person a role in a project, or in every project when none is named.

    Somebody who may do more than before has to sign in again: a session that was stolen from a
    reviewer must not turn into a manager's. Losing a role holds from the next call on.

    Raises:
        NotAllowedError: The actor does not manage people.
        NotFoundError: Nobody has this name, or there is no such project.
        InputError: There is no such role, it is the last admin, or a project is named though it is
            about being an admin.
    """
    check(actor, Permission.MANAGE_PEOPLE)
    given, account = members.role_of(role), _by_name(session, name)
    members.check_place(given, _named(project_slug), is_admin=account.is_admin)
    if given is not Role.ADMIN:
        _keep_an_admin(session, account)
    before = members.permissions(session, account)
    account.is_admin = given is Role.ADMIN
    session.add(account)
    members.set_role(session, account, given, project_slug=project_slug, now=now)
    if not members.permissions(session, account) <= before:
        sign_in_queries.end_all(session, account.id, now=now)
    _note(session, actor, "set_role", account, now, role=str(given), project=project_slug)


def _by_name(session: Session, name: str) -> Account:
    account = queries.by_name_key(session, names.key(name))
    if account is None:
        message = "There is no account of this name. See 'workbench account list' or People."
        raise NotFoundError(message)
    return account


def _named(project_slug: str | None) -> tuple[str, ...]:
    return () if project_slug is None else (project_slug,)


def _keep_an_admin(session: Session, account: Account) -> None:
    if list(queries.lock_live_admins(session)) == [account.id]:
        message = "This is the last admin. Make somebody else an admin first."
        raise InputError(message)


def _note(
    session: Session, actor: Actor, act: str, account: Account, now: datetime, **details: Any
) -> None:
    audit.record(
        session,
        actor=actor,
        act=act,
        object_type="account",
        object_id=account.public_id,
        now=now,
        **details,
    )
