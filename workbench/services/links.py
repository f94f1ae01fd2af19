"""One-time links: made by the operator or an admin, opened once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from db.models import Account, Invite
from db.queries import accounts as account_queries
from db.queries import sign_ins as queries
from workbench.errors import InputError, NotFoundError
from workbench.services import audit, names, sessions
from workbench.services.permissions import OPERATOR, Actor, Permission, check

OWNER_LINK_LIFE = timedelta(hours=1)
LINK_LIFE = timedelta(hours=72)

UNKNOWN = "This link is not known here. Ask for a fresh one."
USED = "This link was used before; each works once. Ask for a fresh one."
EXPIRED = "This link has expired, or a newer one took its place. Ask for a fresh one."


@dataclass(frozen=True, slots=True)
class LinkState:
    """What an unused one-time link is for.

    Attributes:
        is_owner_link: Whether it makes the owner of an empty installation.
        account_name: Whom it signs in; None for the owner's.
    """

    is_owner_link: bool
    account_name: str | None


def first_link(session: Session, *, now: datetime) -> str:
    """A one-time link for the owner of an empty installation; earlier ones are voided.

    Raises:
        InputError: There is an account already.
    """
    if not account_queries.is_empty(session):
        message = "The workbench has an owner. Make a link with 'workbench account link NAME'."
        raise InputError(message)
    token = _new_link(session, account_id=None, now=now, life=OWNER_LINK_LIFE)
    _note_link(session, actor=OPERATOR, object_id="owner", now=now)
    return token


def link(session: Session, *, actor: Actor, name: str, now: datetime) -> str:
    """A one-time sign-in link for an account; earlier unused ones are voided.

    Raises:
        NotAllowedError: The actor does not manage people.
        NotFoundError: Nobody has this name.
        InputError: The account is disabled.
    """
    check(actor, Permission.MANAGE_PEOPLE)
    account = account_queries.by_name_key(session, names.key(name))
    if account is None:
        message = "There is no account of this name. See 'workbench account list' or People."
        raise NotFoundError(message)
    if account.disabled_at is not None:
        message = "This account is disabled. Enable it first."
        raise InputError(message)
    token = _new_link(session, account_id=account.id, now=now, life=LINK_LIFE)
    _note_link(session, actor=actor, object_id=account.public_id, now=now)
    return token


def open_link(session: Session, *, token: str, now: datetime) -> LinkState:
    """What a link is for, without using it up.

    Raises:
        NotFoundError: There is no such link.
        InputError: It was used or has expired, or its account is disabled.
    """
    _, account = opened(session, token=token, now=now)
    return LinkState(account is None, account.name if account else None)


def opened(session: Session, *, token: str, now: datetime) -> tuple[Invite, Account | None]:
    """A link that can be used, with its account; None for the owner to be.

    Raises:
        NotFoundError: There is no such link.
        InputError: It was used or has expired, or its account is disabled.
    """
    invite = queries.invite(session, sessions.hash_of(token))
    if invite is None:
        raise NotFoundError(UNKNOWN)
    if invite.used_at is not None:
        raise InputError(USED)
    if invite.expires_at <= now:
        raise InputError(EXPIRED)
    if invite.account_id is None:
        if not account_queries.is_empty(session):
            raise InputError(USED)
        return invite, None
    account = account_queries.by_id(session, invite.account_id)
    if account is None or account.disabled_at is not None:
        message = "This account is disabled. Ask whoever runs the workbench."
        raise InputError(message)
    return invite, account


def use(session: Session, invite: Invite, *, now: datetime) -> None:
    """Use an opened link up.

    Raises:
        InputError: Somebody was faster.
    """
    if not queries.use_invite(session, invite.id, now=now):
        raise InputError(USED)


def _new_link(session: Session, *, account_id: int | None, now: datetime, life: timedelta) -> str:
    queries.void_invites(session, account_id=account_id, now=now)
    token = sessions.new_token()
    session.add(
        Invite(
            token_hash=sessions.hash_of(token),
            account_id=account_id,
            created_at=now,
            expires_at=now + life,
        )
    )
    session.flush()
    return token


def _note_link(session: Session, *, actor: Actor, object_id: str, now: datetime) -> None:
    audit.record(
        session, actor=actor, act="make_link", object_type="account", object_id=object_id, now=now
    )
