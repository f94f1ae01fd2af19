"""Sign-in sessions, and failed sign-ins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Account, Membership, Project, SignIn, SignInFailure

TOUCH_EVERY = timedelta(minutes=5)
"""How often it is noted that a session is in use."""

ATTEMPTS_LOCK = 0x46435753  # PostgreSQL's advisory locks are named by numbers; this is ours


@dataclass(frozen=True, slots=True)
class SessionRow:
    """What the gate needs to know of a session."""

    session_id: int
    public_id: str
    last_seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ActorRow:
    """A session with its account and one of the account's roles, if it has any."""

    account_id: int
    public_id: str
    name: str
    is_admin: bool
    last_seen_at: datetime
    expires_at: datetime
    project_id: int | None
    role: str | None
    archived_at: datetime | None


# Both run at every request: built once, so that only their parameters change.
_OPEN = (col(SignIn.ended_at).is_(None), col(Account.disabled_at).is_(None))
_BY_TOKEN = (
    sa.select(
        col(SignIn.id), col(Account.public_id), col(SignIn.last_seen_at), col(SignIn.expires_at)
    )
    .join(Account, col(Account.id) == col(SignIn.account_id))
    .where(col(SignIn.token_hash) == sa.bindparam("token_hash"), *_OPEN)
)
_BY_ID = (
    sa.select(
        col(Account.id),
        col(Account.public_id),
        col(Account.name),
        col(Account.is_admin),
        col(SignIn.last_seen_at),
        col(SignIn.expires_at),
        col(Membership.project_id),
        col(Membership.role),
        col(Project.archived_at),
    )
    .join(Account, col(Account.id) == col(SignIn.account_id))
    .join(
        Membership,
        sa.and_(col(Membership.account_id) == col(Account.id), col(Membership.ended_at).is_(None)),
        isouter=True,
    )
    .join(Project, col(Project.id) == col(Membership.project_id), isouter=True)
    .where(
        col(SignIn.id) == sa.bindparam("session_id"),
        col(Account.public_id) == sa.bindparam("public_id"),
        *_OPEN,
    )
)


def by_token(session: Session, token_hash: str) -> SessionRow | None:
    """The session of a cookie, unless it was ended or its account is disabled."""
    row = session.execute(_BY_TOKEN, {"token_hash": token_hash}).first()
    return None if row is None else SessionRow(*row)


def actor_rows(session: Session, *, session_id: int, public_id: str) -> list[ActorRow]:
    """The session's account once for each role; empty when ended, disabled or not theirs."""
    parameters = {"session_id": session_id, "public_id": public_id}
    return [ActorRow(*row) for row in session.execute(_BY_ID, parameters)]


def is_of_a_disabled_account(session: Session, *, session_id: int, public_id: str) -> bool:
    """Whether a session, ended or not, is that account's, and the account is disabled."""
    statement = (
        select(SignIn.id)
        .join(Account, col(Account.id) == col(SignIn.account_id))
        .where(
            col(SignIn.id) == session_id,
            col(Account.public_id) == public_id,
            col(Account.disabled_at).is_not(None),
        )
    )
    return session.exec(statement).first() is not None


def is_token_of_a_disabled_account(session: Session, token_hash: str) -> bool:
    """Whether a cookie was that of an account which is disabled now."""
    statement = (
        select(SignIn.id)
        .join(Account, col(Account.id) == col(SignIn.account_id))
        .where(col(SignIn.token_hash) == token_hash, col(Account.disabled_at).is_not(None))
    )
    return session.exec(statement).first() is not None


def others_in_use(session: Session, *, account_id: int, but: int | None, since: datetime) -> bool:
    """Whether an account has a session besides this one that was in use since then."""
    statement = select(SignIn.id).where(
        col(SignIn.account_id) == account_id,
        col(SignIn.ended_at).is_(None),
        col(SignIn.last_seen_at) >= since,
        col(SignIn.id) != (but or 0),
    )
    return session.exec(statement.limit(1)).first() is not None


def of_account(session: Session, account_id: int) -> Sequence[SignIn]:
    """The sessions of an account that were not ended, newest first."""
    statement = (
        select(SignIn)
        .where(col(SignIn.account_id) == account_id, col(SignIn.ended_at).is_(None))
        .order_by(col(SignIn.last_seen_at).desc(), col(SignIn.id).desc())
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).all()


def touch(session: Session, session_id: int, *, now: datetime) -> None:
    """Note that the session is in use; never back in time."""
    session.execute(
        sa.update(SignIn)
        .where(col(SignIn.id) == session_id, col(SignIn.last_seen_at) < now)
        .values(last_seen_at=now)
    )


def end(session: Session, session_id: int, *, now: datetime) -> None:
    """End one session."""
    session.execute(
        sa.update(SignIn)
        .where(col(SignIn.id) == session_id, col(SignIn.ended_at).is_(None))
        .values(ended_at=now)
    )


def end_all(session: Session, account_id: int, *, now: datetime, but: int | None = None) -> int:
    """End the sessions of an account, all or all but one; how many there were."""
    statement = sa.update(SignIn).where(
        col(SignIn.account_id) == account_id, col(SignIn.ended_at).is_(None)
    )
    if but is not None:
        statement = statement.where(col(SignIn.id) != but)
    ended = session.execute(statement.values(ended_at=now).returning(col(SignIn.id)))
    return len(ended.all())


def lock_attempts(session: Session) -> None:
    """Let no other sign-in be counted until the transaction ends.

    On SQLite the transaction is the only writer already.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(ATTEMPTS_LOCK)))


def failures_of_name(session: Session, name_key: str, *, since: datetime) -> list[datetime]:
    """When signing in under a name failed, newest first."""
    return _failures(session, col(SignInFailure.name_key) == name_key, since)


def failures_of_address(session: Session, address: str, *, since: datetime) -> list[datetime]:
    """When signing in from an address failed, newest first."""
    return _failures(session, col(SignInFailure.address) == address, since)


def failures_of_links(
    session: Session, name_key: str, address: str, *, since: datetime
) -> list[datetime]:
    """When an address failed under one key, newest first."""
    whose = sa.and_(col(SignInFailure.address) == address, col(SignInFailure.name_key) == name_key)
    return _failures(session, whose, since)


def _failures(session: Session, whose: sa.ColumnElement[bool], since: datetime) -> list[datetime]:
    at = col(SignInFailure.at)
    statement = sa.select(at).where(whose, at > since).order_by(at.desc()).limit(100)
    return list(session.execute(statement).scalars())


def forget_failure(session: Session, failure_id: int) -> None:
    """Take back a failure that was counted ahead and turned out to be a success."""
    session.execute(sa.delete(SignInFailure).where(col(SignInFailure.id) == failure_id))


def forget_failures(session: Session, *, before: datetime) -> None:
    """Drop what no longer slows anybody down."""
    session.execute(sa.delete(SignInFailure).where(col(SignInFailure.at) < before))
