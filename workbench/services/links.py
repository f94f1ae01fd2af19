"""One-time links: the owner's, and one that signs an account in; how any of them is opened."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session

from db.models import Account, Invite
from db.queries import accounts as account_queries
from db.queries import invites as queries
from workbench.errors import InputError, NotFoundError
from workbench.services import audit, names, sessions
from workbench.services.permissions import OPERATOR, Actor, Permission, check


class LinkKind(StrEnum):
    """What a one-time link is for."""

    OWNER = "owner"
    SIGN_IN = "sign_in"
    INVITATION = "invitation"
    RESET = "reset"


OWNER_LINK_LIFE = timedelta(hours=1)
LINK_LIFE = timedelta(hours=72)
SOMEBODY = "whoever runs the workbench"

UNKNOWN = "This link is not known here. Ask for a fresh one."


@dataclass(frozen=True, slots=True)
class LinkState:
    """What an unused one-time link is for.

    Attributes:
        kind: What it does.
        account_name: Whom it lets in; None for the owner's and for an invitation.
        name: The name given with an invitation, if one was.
        role: The role that an invitation gives.
        projects: The names of the projects it leads into; empty for every project.
        made_by: Who made it; None where it was a command.
        expires_at: Until when it works.
    """

    kind: LinkKind
    account_name: str | None
    name: str | None = None
    role: str | None = None
    projects: tuple[str, ...] = ()
    made_by: str | None = None
    expires_at: datetime | None = None

    @property
    def is_owner_link(self) -> bool:
        """Whether it makes the owner of an empty installation."""
        return self.kind is LinkKind.OWNER


def first_link(session: Session, *, now: datetime) -> str:
    """A one-time link for the owner of an empty installation; earlier ones are voided.

    Raises:
        InputError: There is an account already.
    """
    if not account_queries.is_empty(session):
        message = "The workbench has an owner. Make a link with 'workbench account link NAME'."
        raise InputError(message)
    kind = LinkKind.OWNER
    queries.revoke_of_account(session, None, kinds=[kind], now=now, is_replaced=True)
    token, _ = new_link(session, kind=kind, actor=OPERATOR, now=now, life=OWNER_LINK_LIFE)
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
    token = account_link(session, LinkKind.SIGN_IN, account, actor=actor, now=now, life=LINK_LIFE)
    _note_link(session, actor=actor, object_id=account.public_id, now=now)
    return token


def account_link(
    session: Session,
    kind: LinkKind,
    account: Account,
    *,
    actor: Actor,
    now: datetime,
    life: timedelta,
) -> str:
    """A link that lets an account in, in place of earlier ones of its kind. For services only.

    Raises:
        InputError: The account is disabled.
    """
    if account.disabled_at is not None:
        message = "This account is disabled. Enable it first."
        raise InputError(message)
    queries.revoke_of_account(session, account.id, kinds=[kind], now=now, is_replaced=True)
    token, _ = new_link(session, kind=kind, actor=actor, now=now, life=life, account_id=account.id)
    return token


def new_link(
    session: Session,
    *,
    kind: LinkKind,
    actor: Actor,
    now: datetime,
    life: timedelta,
    account_id: int | None = None,
    name: str | None = None,
    role: str | None = None,
) -> tuple[str, Invite]:
    """The secret of a new link, of which only the hash is stored, and its row. For services."""
    token = sessions.new_token()
    invite = Invite(
        token_hash=sessions.hash_of(token),
        kind=str(kind),
        account_id=account_id,
        name=name,
        role=role,
        made_by_id=actor.account_id,
        created_at=now,
        expires_at=now + life,
    )
    session.add(invite)
    session.flush()
    return token, invite


def open_link(session: Session, *, token: str, now: datetime) -> LinkState:
    """What a link is for, without using it up.

    Raises:
        NotFoundError: There is no such link.
        InputError: It was used or revoked or has expired, or its account is disabled.
    """
    invite, account = opened(session, token=token, now=now)
    maker = _maker(session, invite)
    return LinkState(
        kind=LinkKind(invite.kind),
        account_name=account.name if account else None,
        name=invite.name,
        role=invite.role,
        projects=tuple(row.name for row in queries.projects(session, [invite.id])),
        made_by=maker.name if maker else None,
        expires_at=invite.expires_at,
    )


def opened(session: Session, *, token: str, now: datetime) -> tuple[Invite, Account | None]:
    """A link that can be used, with its account; None for the owner to be and an invitation.

    Raises:
        NotFoundError: There is no such link.
        InputError: It was used or revoked or has expired, or its account is disabled.
    """
    invite = queries.by_token(session, sessions.hash_of(token))
    if invite is None:
        raise NotFoundError(UNKNOWN)
    closed = _closed(invite, now)
    if closed:
        raise InputError(closed.format(whom=_whom(session, invite)))
    if invite.account_id is None:
        if invite.kind == LinkKind.OWNER and not account_queries.is_empty(session):
            raise InputError(_USED.format(whom=SOMEBODY))
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
    if not queries.use(session, invite.id, now=now):
        raise InputError(_USED.format(whom=_whom(session, invite)))


_USED = "This link was used before; each works once. Ask {whom} for a fresh one."
_REPLACED = "A newer link took the place of this one. Use that one, or ask {whom}."
_REVOKED = "This link was taken back. Ask {whom} for another."
_EXPIRED = "This link has expired: it worked until {until}. Ask {{whom}} for a fresh one."


def _closed(invite: Invite, now: datetime) -> str:
    if invite.used_at is not None:
        return _USED
    if invite.revoked_at is not None:
        return _REPLACED if invite.is_replaced else _REVOKED
    if invite.expires_at <= now:
        until = invite.expires_at
        return _EXPIRED.format(until=f"{until.day} {until:%B %Y, %H:%M} UTC")
    return ""


def _whom(session: Session, invite: Invite) -> str:
    """Whom to ask: who made the link, as long as they can answer."""
    maker = _maker(session, invite)
    if maker is None or maker.disabled_at is not None:
        return SOMEBODY
    return maker.name


def _maker(session: Session, invite: Invite) -> Account | None:
    return account_queries.by_id(session, invite.made_by_id) if invite.made_by_id else None


def _note_link(session: Session, *, actor: Actor, object_id: str, now: datetime) -> None:
    audit.record(
        session, actor=actor, act="make_link", object_type="account", object_id=object_id, now=now
    )
