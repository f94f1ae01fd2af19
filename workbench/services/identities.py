"""Identities of an OIDC provider: bound to accounts, and unbound."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.models import Account, AccountIdentity, SignIn
from db.queries import accounts as account_queries
from db.queries import identities as queries
from db.queries import sign_ins
from workbench.errors import InputError, NotFoundError, SignedOutError, TakenError
from workbench.oidc.identity import Identity
from workbench.services import audit, names, sessions
from workbench.services.permissions import Actor

BOUND_ELSEWHERE = "This identity is bound to another account. Sign in with it, or unbind it there."
ONE_EACH = "Another identity of this provider is bound to this account. Unbind that one first."


@dataclass(frozen=True, slots=True)
class BoundIdentity:
    """An identity that the actor signs in with.

    Attributes:
        id: Its key.
        issuer: The provider's own name for itself.
        created_at: Since when.
        may_be_unbound: Whether the actor has another way in.
    """

    id: int
    issuer: str
    created_at: datetime
    may_be_unbound: bool


def bound(session: Session, *, actor: Actor, issuer: str | None) -> list[BoundIdentity]:
    """The identities of the actor's own account.

    Args:
        session: Any session of the database.
        actor: Whose.
        issuer: The provider that is set up; None for none: what is bound there is no way in.
    """
    account = _own(session, actor)
    found = queries.of_account(session, account.id)
    return [
        BoundIdentity(
            id=each.id,
            issuer=each.iss,
            created_at=each.created_at,
            may_be_unbound=_has_another_way(account, each, issuer),
        )
        for each in found
    ]


def is_bound(session: Session, *, name: str, issuer: str) -> bool:
    """Whether the account of this name, whose one-time link was opened, has one of a provider."""
    account = account_queries.by_name_key(session, names.key(name))
    return account is not None and any(
        each.iss == issuer for each in queries.of_account(session, account.id)
    )


def binding_key(session: Session, *, actor: Actor) -> str:
    """What the actor's own page puts into the address that begins the binding.

    Another site's page cannot know it, so it cannot have somebody bind an identity unasked. Made
    from the session's stored secret: nothing has to be kept for it.

    Raises:
        SignedOutError: The actor is no person who is signed in.
    """
    row = None if actor.session_id is None else session.get(SignIn, actor.session_id)
    if row is None or row.account_id != actor.account_id:
        raise SignedOutError(sessions.SIGNED_OUT)
    return sessions.hash_of(f"bind:{row.token_hash}")


def check_binding_key(session: Session, *, actor: Actor, key: str) -> None:
    """Refuse to begin a binding that the actor's own page did not ask for.

    Raises:
        InputError: It did not.
        SignedOutError: The actor is no person who is signed in.
    """
    expected = binding_key(session, actor=actor)
    if not hmac.compare_digest(expected.encode(), key.encode(errors="replace")):
        message = "This was not asked for on your Account page. Open it and start there."
        raise InputError(message)


def bind(session: Session, *, actor: Actor, identity: Identity, now: datetime) -> None:
    """Let the actor sign in with an identity from now on.

    Raises:
        SignedOutError: The actor is no person, or their account is disabled.
        TakenError: It is another account's, or the account has one of this provider.
    """
    bind_to(session, _own(session, actor), identity, actor=actor, now=now)


def bind_to(
    session: Session, account: Account, identity: Identity, *, actor: Actor, now: datetime
) -> None:
    """Bind an identity to an account; nothing happens when it is bound to it already.

    For services that have seen to it whose account it is.

    Raises:
        TakenError: It is another account's, or the account has one of this provider.
    """
    present = queries.by_subject(session, iss=identity.issuer, sub=identity.subject)
    if present is not None and present.account_id == account.id:
        return
    if present is not None:
        raise TakenError(BOUND_ELSEWHERE)
    row = AccountIdentity(
        account_id=account.id, iss=identity.issuer, sub=identity.subject, created_at=now
    )
    if not queries.add(session, row):
        raise TakenError(ONE_EACH)
    _note(session, actor, "bind_identity", account, identity.issuer, now)


def unbind(
    session: Session, *, actor: Actor, identity_id: int, issuer: str | None, now: datetime
) -> None:
    """Take an identity of the actor's own account away, and end their other sessions.

    Args:
        session: The transaction.
        actor: Whose.
        identity_id: Which.
        issuer: The provider that is set up; None for none.
        now: When.

    Raises:
        SignedOutError: The actor is no person, or their account is disabled.
        NotFoundError: It is not one of theirs, or was unbound before.
        InputError: It is their last way in.
    """
    account = _own(session, actor)
    found = {each.id: each for each in queries.of_account(session, account.id)}
    if identity_id not in found:
        message = "There is no such identity, or it was unbound. Look at the list again."
        raise NotFoundError(message)
    if not _has_another_way(account, found[identity_id], issuer):
        message = "This is your only way in. Set a password first."
        raise InputError(message)
    queries.remove(session, identity_id)
    # They may have been opened with what is taken away here.
    sign_ins.end_all(session, account.id, now=now, but=actor.session_id)
    _note(session, actor, "unbind_identity", account, found[identity_id].iss, now)


def _has_another_way(account: Account, identity: AccountIdentity, issuer: str | None) -> bool:
    """There is one identity for each provider: a password is the other way."""
    return account.password_hash is not None or identity.iss != issuer


def _own(session: Session, actor: Actor) -> Account:
    account = None if actor.account_id is None else account_queries.by_id(session, actor.account_id)
    if account is None or account.disabled_at is not None:
        raise SignedOutError(sessions.SIGNED_OUT)
    return account


def _note(
    session: Session, actor: Actor, act: str, account: Account, issuer: str, now: datetime
) -> None:
    audit.record(
        session,
        actor=actor,
        act=act,
        object_type="account",
        object_id=account.public_id,
        now=now,
        issuer=issuer,
    )
