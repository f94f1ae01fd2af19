"""Identities of an OIDC provider, and the sign-ins that are on their way there and back."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from db.models import AccountIdentity, OidcStart


def by_subject(session: Session, *, iss: str, sub: str) -> AccountIdentity | None:
    """The account's side of an identity, if it is bound."""
    statement = (
        select(AccountIdentity)
        .where(col(AccountIdentity.iss) == iss, col(AccountIdentity.sub) == sub)
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).first()


def of_account(session: Session, account_id: int) -> Sequence[AccountIdentity]:
    """The identities that an account can be signed in to with, the oldest first."""
    statement = (
        select(AccountIdentity)
        .where(col(AccountIdentity.account_id) == account_id)
        .order_by(col(AccountIdentity.id))
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).all()


def add(session: Session, identity: AccountIdentity) -> bool:
    """Bind an identity; False when it, or another of this issuer, was bound at the same instant."""
    try:
        with session.begin_nested():
            session.add(identity)
            session.flush()
    except IntegrityError:
        return False
    return True


def remove(session: Session, identity_id: int) -> None:
    """Unbind an identity, so that it can be bound to another account."""
    session.execute(sa.delete(AccountIdentity).where(col(AccountIdentity.id) == identity_id))


def n_open_starts(session: Session, *, now: datetime, network: str | None = None) -> int:
    """How many were sent away and may still come back: from one network, or in all."""
    statement = (
        select(sa.func.count())
        .select_from(OidcStart)
        .where(col(OidcStart.used_at).is_(None), col(OidcStart.expires_at) > now)
    )
    if network is not None:
        statement = statement.where(col(OidcStart.network) == network)
    return session.exec(statement).one()


def use_start(session: Session, state_hash: str, *, now: datetime) -> OidcStart | None:
    """Use a start up; None when there is none, it was used, or it took too long.

    One UPDATE, so that an answer that comes twice at the same instant counts once.
    """
    used = session.execute(
        sa.update(OidcStart)
        .where(
            col(OidcStart.state_hash) == state_hash,
            col(OidcStart.used_at).is_(None),
            col(OidcStart.expires_at) > now,
        )
        .values(used_at=now)
        .returning(col(OidcStart.id))
    ).first()
    return None if used is None else session.get(OidcStart, used[0], populate_existing=True)


def forget_starts(session: Session, *, before: datetime) -> None:
    """Drop those that can no longer come back."""
    session.execute(sa.delete(OidcStart).where(col(OidcStart.expires_at) < before))
