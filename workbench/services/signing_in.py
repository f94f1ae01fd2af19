"""Signing in: as the owner of an empty installation, by a one-time link, by password."""

from datetime import datetime

from sqlmodel import Session

from db.queries import accounts as account_queries
from db.queries import invites as invite_queries
from db.queries import sign_ins as queries
from workbench.errors import InputError, SignedOutError
from workbench.services import audit, links, members, names, sessions
from workbench.services.links import LinkKind
from workbench.services.passwords import Hashed, Proof
from workbench.services.permissions import Actor, Role
from workbench.services.sessions import SignedIn

WRONG = "This name and password do not go together. Try again, or ask for a sign-in link."


def become_owner(
    session: Session, *, token: str, name: str, now: datetime, browser: str, address: str
) -> SignedIn:
    """Make the first account, an admin who manages every project, and sign it in.

    Raises:
        NotFoundError: There is no such link.
        InputError: The link is no owner's, was used or has expired, or the name cannot be one.
    """
    invite, _ = links.opened(session, token=token, now=now)
    if invite.kind != LinkKind.OWNER:
        message = "This link is for somebody else than the owner. Open it again."
        raise InputError(message)
    cleaned = names.cleaned(name)
    links.use(session, invite, now=now)
    account = members.new_account(session, name=cleaned, is_admin=True, now=now)
    members.set_role(session, account, Role.ADMIN, project_slug=None, now=now)
    signed_in = sessions.start(
        session, account=account, how="owner link", now=now, browser=browser, address=address
    )
    audit.record(
        session,
        actor=signed_in.account,
        act="become_owner",
        object_type="account",
        object_id=account.public_id,
        now=now,
    )
    return signed_in


def sign_in_by_link(
    session: Session, *, token: str, now: datetime, browser: str, address: str
) -> SignedIn:
    """Use a link up and sign its account in.

    Raises:
        NotFoundError: There is no such link.
        InputError: It is for something else, was used or has expired, or its account is disabled.
    """
    invite, account = links.opened(session, token=token, now=now)
    if invite.kind != LinkKind.SIGN_IN or account is None:
        message = "This link signs nobody in by itself. Open it and give what it asks for."
        raise InputError(message)
    links.use(session, invite, now=now)
    return sessions.start(
        session, account=account, how="link", now=now, browser=browser, address=address
    )


def sign_in_by_password(
    session: Session, *, proof: Proof, now: datetime, browser: str, address: str
) -> SignedIn:
    """Sign in with a password that was proved outside this transaction.

    The whole way: `attempts.begin` in a transaction, `passwords.prove` in none, this in another.

    Raises:
        SignedOutError: The password was wrong, or it or the account has changed since.
    """
    attempt = proof.attempt
    if not proof.is_right or attempt.account_id is None:
        raise SignedOutError(WRONG)
    account = account_queries.by_id(session, attempt.account_id)
    if account is None or account.disabled_at or account.password_hash != attempt.password_hash:
        raise SignedOutError(WRONG)
    queries.forget_failure(session, attempt.failure_id)
    if proof.rehashed is not None:
        account.password_hash = proof.rehashed
        session.add(account)
    return sessions.start(
        session, account=account, how="password", now=now, browser=browser, address=address
    )


def has_password(session: Session, *, actor: Actor) -> bool:
    """Whether the actor has a password of their own."""
    account = None if actor.account_id is None else account_queries.by_id(session, actor.account_id)
    return account is not None and account.password_hash is not None


def set_password(
    session: Session, *, actor: Actor, new: Hashed, now: datetime, proof: Proof | None = None
) -> None:
    """Set the actor's own password, end their other sessions, and void links to a new one.

    Both hashes are made outside this transaction: `passwords.hashed` for the new password and,
    where there is an old one, `attempts.begin` and `passwords.prove`.

    Raises:
        SignedOutError: The old password is wrong, or was not given.
    """
    account = None if actor.account_id is None else account_queries.by_id(session, actor.account_id)
    if account is None or account.disabled_at is not None:
        message = "Sign in first: a password is set by the person it belongs to."
        raise SignedOutError(message)
    proves = (
        proof is not None
        and proof.is_right
        and proof.attempt.account_id == account.id
        and proof.attempt.password_hash == account.password_hash
    )
    if account.password_hash is not None and not proves:
        message = "The old password is not right. Nothing was changed; try again."
        raise SignedOutError(message)
    if proof is not None and proves:
        queries.forget_failure(session, proof.attempt.failure_id)
    account.password_hash = new.value
    session.add(account)
    session.flush()
    queries.end_all(session, account.id, now=now, but=actor.session_id)
    invite_queries.revoke_of_account(session, account.id, kinds=[LinkKind.RESET], now=now)
    audit.record(
        session,
        actor=actor,
        act="set_password",
        object_type="account",
        object_id=account.public_id,
        now=now,
    )
