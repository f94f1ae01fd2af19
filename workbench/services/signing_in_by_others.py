"""Signing in on the word of somebody else: an OIDC provider, or a proxy in front."""

from datetime import datetime

from sqlmodel import Session

from db.models import Account
from db.queries import accounts as account_queries
from db.queries import identities as queries
from workbench.errors import InputError, NotAllowedError, TakenError
from workbench.oidc.identity import Identity
from workbench.services import audit, identities, invitations, links, members, names, sessions
from workbench.services.links import LinkKind
from workbench.services.permissions import Actor, Role
from workbench.services.sessions import SignedIn

NAMELESS = "Reviewer"
MOST_ALIKE = 99
OIDC, PROXY = "oidc", "proxy"

UNKNOWN_PERSON = (
    "Nobody here has this identity. Ask whoever runs the workbench for an invitation, open it, "
    "and sign in from there."
)
NO_OWNER = "Nobody owns this workbench yet. The link for that stands in the terminal."


def sign_in_by_identity(
    session: Session,
    *,
    identity: Identity,
    joins_as: str,
    now: datetime,
    browser: str,
    address: str,
) -> SignedIn:
    """Sign in whoever the provider vouched for.

    Args:
        session: The transaction.
        identity: Who that is.
        joins_as: The role of those whom nobody invited; empty: they may not come in.
        now: When.
        browser: In which browser, for the list of sessions.
        address: Where the request came from, for the audit log.

    Raises:
        NotAllowedError: The identity is bound to no account, or to a disabled one.
    """
    present = queries.by_subject(session, iss=identity.issuer, sub=identity.subject)
    if present is not None:
        account = account_queries.by_id(session, present.account_id)
    else:
        account = _joined(session, identity, joins_as=joins_as, now=now, address=address)
    return _let_in(session, account, how=OIDC, now=now, browser=browser, address=address)


def take_link_by_identity(
    session: Session, *, token: str, identity: Identity, now: datetime, browser: str, address: str
) -> SignedIn:
    """Use a one-time link up, and bind the identity to the account that it lets in.

    Whoever has an account already, and takes an invitation, joins as who they are.

    Raises:
        NotFoundError: There is no such link.
        InputError: It is for something else, was used or revoked, or has expired.
        TakenError: The identity is another account's than the link's.
    """
    invite, account = links.opened(session, token=token, now=now)
    present = queries.by_subject(session, iss=identity.issuer, sub=identity.subject)
    if invite.kind == LinkKind.INVITATION:
        known = None if present is None else account_queries.by_id(session, present.account_id)
        if known is not None and known.disabled_at is not None:
            raise NotAllowedError(sessions.DISABLED)
        name = "" if known else _free_name(session, invite.name or identity.name)
        account = invitations.take(
            session, invite, now=now, name=name, account=known, address=address
        )
    elif invite.kind == LinkKind.SIGN_IN:
        links.use(session, invite, now=now)
    else:
        message = "This link is not for signing in with a provider. Open it again."
        raise InputError(message)
    if account is None:
        raise InputError(links.UNKNOWN)
    actor = _as(account, address)
    identities.bind_to(session, account, identity, actor=actor, now=now)
    return _let_in(session, account, how=OIDC, now=now, browser=browser, address=address)


def sign_in_by_name(
    session: Session, *, name: str, joins_as: str, now: datetime, browser: str, address: str
) -> SignedIn:
    """Sign in whom a trusted proxy names: the account of exactly this name.

    Names that only look alike are different people to whoever runs the proxy, so here, unlike
    where somebody types a name, they are no match.

    Raises:
        NotAllowedError: Nobody has this name and may not join, or the account is disabled.
        InputError: The name cannot be one.
        TakenError: Somebody who would join has a name that looks like another's.
    """
    cleaned = names.cleaned(name)
    account = account_queries.by_name_key(session, names.key(cleaned))
    if account is not None and account.name != cleaned:
        message = (
            "Your name looks the same as somebody else's here. Ask whoever runs the workbench."
        )
        raise TakenError(message)
    if account is None:
        if not joins_as:
            message = (
                "There is no account of your name here. Ask whoever runs the workbench to add you "
                "under the name that you sign in with."
            )
            raise NotAllowedError(message)
        account = _new(session, cleaned, joins_as, how=PROXY, now=now, address=address)
    return _let_in(session, account, how=PROXY, now=now, browser=browser, address=address)


def note_refusal(session: Session, *, how: str, why: str, now: datetime, address: str) -> None:
    """Leave a row that somebody was vouched for and not let in; in a transaction of its own.

    Args:
        session: The transaction.
        how: By whom they came: `oidc` or `proxy`.
        why: The kind of refusal, one word; nothing that they sent.
        now: When.
        address: Where the request came from.
    """
    audit.record(
        session,
        actor=Actor(account_id=None, public_id="", name="nobody", address=address[:64]),
        act="refuse_sign_in",
        object_type="account",
        object_id="unknown",
        now=now,
        how=how,
        why=why,
    )


def _joined(
    session: Session, identity: Identity, *, joins_as: str, now: datetime, address: str
) -> Account:
    if account_queries.is_empty(session):
        raise NotAllowedError(NO_OWNER)
    if not joins_as:
        raise NotAllowedError(UNKNOWN_PERSON)
    name = _free_name(session, identity.name)
    account = _new(session, name, joins_as, how=OIDC, now=now, address=address)
    identities.bind_to(session, account, identity, actor=_as(account, address), now=now)
    return account


def _new(
    session: Session, name: str, joins_as: str, *, how: str, now: datetime, address: str
) -> Account:
    account = members.new_account(session, name=name, is_admin=False, now=now)
    members.set_role(session, account, Role(joins_as), project_slug=None, now=now)
    audit.record(
        session,
        actor=_as(account, address),
        act="join",
        object_type="account",
        object_id=account.public_id,
        now=now,
        role=joins_as,
        how=how,
    )
    return account


def _free_name(session: Session, wanted: str) -> str:
    """The name, or where somebody has it the name with a number; what cannot be one is left out."""
    try:
        name = names.cleaned(wanted)
    except InputError:
        name = NAMELESS
    for number in range(1, MOST_ALIKE + 1):
        tried = name if number == 1 else f"{name[: names.LONGEST - 3]} {number}"
        if account_queries.by_name_key(session, names.key(tried)) is None:
            return tried
    message = "Too many people here have this name. Ask whoever runs the workbench to invite you."
    raise TakenError(message)


def _let_in(
    session: Session,
    account: Account | None,
    *,
    how: str,
    now: datetime,
    browser: str,
    address: str,
) -> SignedIn:
    if account is None or account.disabled_at is not None:
        raise NotAllowedError(sessions.DISABLED)
    return sessions.start(
        session, account=account, how=how, now=now, browser=browser, address=address
    )


def _as(account: Account, address: str) -> Actor:
    """Somebody who acts before their session is there: for the audit log."""
    return Actor(
        account_id=account.id, public_id=account.public_id, name=account.name, address=address[:64]
    )
