"""A new password for whoever forgot theirs: a one-time link, and what it opens."""

from datetime import datetime, timedelta

from sqlmodel import Session

from db.models import Account
from db.queries import accounts as queries
from db.queries import invites as invite_queries
from db.queries import sign_ins as sign_in_queries
from workbench.errors import InputError, NotAllowedError, NotFoundError
from workbench.services import audit, links, names, sessions
from workbench.services.links import LinkKind
from workbench.services.passwords import Hashed
from workbench.services.permissions import PERMISSIONS, Actor, Permission, Role
from workbench.services.sessions import SignedIn

RESET_LIFE = timedelta(hours=1)


def reset_link(session: Session, *, actor: Actor, name: str, now: datetime) -> str:
    """The secret of a link that sets a new password: for one hour, once; earlier ones are voided.

    Args:
        session: The transaction.
        actor: An admin for anybody; a manager for a reviewer who is in projects of theirs only,
            because whoever holds the link comes in as that person.
        name: For whom.
        now: When.

    Raises:
        NotFoundError: Nobody of this name is there for the actor.
        NotAllowedError: The actor may not, or not for this person.
        InputError: The account is disabled.
    """
    account, slug = _resettable(session, actor, name)
    token = links.account_link(
        session, LinkKind.RESET, account, actor=actor, now=now, life=RESET_LIFE
    )
    audit.record(
        session,
        actor=actor,
        act="make_reset_link",
        object_type="account",
        object_id=account.public_id,
        now=now,
        project=slug,
    )
    return token


def reset_password(
    session: Session, *, token: str, new: Hashed, now: datetime, browser: str, address: str
) -> SignedIn:
    """Use a link up: set the password, end every session, void the other links, sign in.

    The password is hashed outside this transaction, by `passwords.hashed`.

    Raises:
        NotFoundError: There is no such link.
        InputError: It is for something else, was used or revoked, or has expired, or its account
            is disabled.
    """
    invite, account = links.opened(session, token=token, now=now)
    if invite.kind != LinkKind.RESET or account is None:
        message = "This link sets no password. Open it again."
        raise InputError(message)
    links.use(session, invite, now=now)
    account.password_hash = new.value
    session.add(account)
    session.flush()
    n_ended = sign_in_queries.end_all(session, account.id, now=now)
    invite_queries.revoke_of_account(
        session, account.id, kinds=[LinkKind.SIGN_IN, LinkKind.RESET], now=now
    )
    signed_in = sessions.start(
        session, account=account, how="reset", now=now, browser=browser, address=address
    )
    audit.record(
        session,
        actor=signed_in.account,
        act="reset_password",
        object_type="account",
        object_id=account.public_id,
        now=now,
        n_sessions_ended=n_ended,
    )
    return signed_in


def may_reset(session: Session, *, actor: Actor, name: str) -> bool:
    """Whether the actor may make such a link for somebody."""
    try:
        _resettable(session, actor, name)
    except (NotFoundError, NotAllowedError):
        return False
    return True


def _resettable(session: Session, actor: Actor, name: str) -> tuple[Account, str | None]:
    """The account, and the slug of a project in which the actor sees it; None for an admin."""
    if not any(actor.may(Permission.INVITE_PEOPLE, each) for each in (None, *actor.roles)):
        message = "Your role does not include this. Ask a manager."
        raise NotAllowedError(message)
    account = queries.by_name_key(session, names.key(name))
    parts = queries.parts(session, account.id) if account else []
    if account is not None and actor.may(Permission.MANAGE_PEOPLE):
        return account, None
    shared = [part for part in parts if actor.may(Permission.INVITE_PEOPLE, part.project_id)]
    if account is None or not shared:
        message = "There is no account of this name. See the list of people."
        raise NotFoundError(message)
    is_theirs = all(
        part.role == Role.REVIEWER and _manages(actor, part.project_id) for part in parts
    )
    if account.is_admin or not is_theirs:
        message = "A manager does this for reviewers of their own projects only. Ask an admin."
        raise NotAllowedError(message)
    return account, shared[0].slug


def _manages(actor: Actor, project_id: int) -> bool:
    role = actor.roles.get(project_id)
    return role is not None and Permission.INVITE_PEOPLE in PERMISSIONS[role]
