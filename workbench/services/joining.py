"""Taking an invitation: as somebody new, with a password or without, or as who one is already."""

from datetime import datetime

from sqlmodel import Session

from db.queries import accounts as queries
from workbench.errors import SignedOutError
from workbench.services import invitations, links, sessions
from workbench.services.passwords import Hashed
from workbench.services.permissions import Actor
from workbench.services.sessions import SignedIn


def join(
    session: Session,
    *,
    token: str,
    name: str,
    now: datetime,
    browser: str,
    address: str,
    password: Hashed | None = None,
) -> SignedIn:
    """Make the account that an invitation is for, and sign it in.

    Args:
        session: The transaction.
        token: The secret of the invitation's link.
        name: What the person is called.
        now: When.
        browser: In which browser, for the list of sessions.
        address: Where the request came from, for the audit log.
        password: One of their own, hashed outside this transaction; None for none.

    Raises:
        NotFoundError: There is no such link.
        InputError: It is no invitation, was used or revoked, or has expired, or the name cannot
            be one.
        TakenError: Somebody has this name, or one that looks like it.
    """
    invite, _ = links.opened(session, token=token, now=now)
    account = invitations.take(session, invite, now=now, name=name, address=address)
    if password is not None:
        account.password_hash = password.value
        session.add(account)
        session.flush()
    return sessions.start(
        session, account=account, how="invitation", now=now, browser=browser, address=address
    )


def join_as(
    session: Session, *, actor: Actor, token: str, now: datetime, browser: str, address: str
) -> SignedIn:
    """Bring the actor, who has an account, into the projects of an invitation; a new session.

    Raises:
        SignedOutError: The actor is no person, or their account is disabled.
        NotFoundError: There is no such link.
        InputError: It is no invitation, was used or revoked, or has expired.
    """
    account = None if actor.account_id is None else queries.by_id(session, actor.account_id)
    if account is None or account.disabled_at is not None:
        raise SignedOutError(sessions.SIGNED_OUT)
    invite, _ = links.opened(session, token=token, now=now)
    invitations.take(session, invite, now=now, account=account, address=address)
    return sessions.start(
        session, account=account, how="invitation", now=now, browser=browser, address=address
    )
