"""Sign-in sessions: opened, looked up at every request, ended."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from db.models import Account, SignIn
from db.queries import projects
from db.queries import sign_ins as queries
from workbench.errors import NotAllowedError, SignedOutError
from workbench.services import audit, leasing
from workbench.services.permissions import Actor, Role

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
TOKEN_BYTES = 32

SIGNED_OUT = "You are signed out. Sign in again; what you did not save is kept on this device."
DISABLED = "Your account is disabled. Ask whoever runs the workbench; what you decided is kept."


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a successful sign-in gives.

    Attributes:
        cookie: The session's secret; only its hash is stored.
        expires_at: When the session ends, however busy it is.
        account: Who signed in.
    """

    cookie: str = field(repr=False)
    expires_at: datetime
    account: Actor


@dataclass(frozen=True, slots=True)
class Found:
    """A session as the gate found it.

    Attributes:
        session_id: Its key.
        identity: What the identity header says; None when the session has run out.
        is_due: Whether its row is to be written: as seen now, or as ended.
    """

    session_id: int
    identity: str | None
    is_due: bool


def new_token() -> str:
    """A secret of 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """What is stored of a token: a fast hash is enough for 256 random bits."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def start(
    session: Session, *, account: Account, how: str, now: datetime, browser: str, address: str
) -> SignedIn:
    """Open a session for an account that has shown who it is. For the sign-in services only."""
    cookie = new_token()
    row = SignIn(
        token_hash=hash_of(cookie),
        account_id=account.id,
        created_at=now,
        last_seen_at=now,
        expires_at=now + LONGEST,
        browser=browser[:200],
    )
    session.add(row)
    session.flush()
    identity = f"{account.public_id}:{row.id}"
    actor = signed_in(session, identity=identity, now=now, address=address)
    audit.record(
        session,
        actor=actor,
        act="sign_in",
        object_type="account",
        object_id=account.public_id,
        now=now,
        how=how,
    )
    return SignedIn(cookie=cookie, expires_at=row.expires_at, account=actor)


def find(session: Session, *, cookie: str, now: datetime) -> Found | None:
    """The session of a cookie; None when there is none, it was ended or its account disabled.

    One indexed query: this runs at every request.
    """
    row = queries.by_token(session, hash_of(cookie))
    if row is None:
        return None
    if not is_live(row, now):
        return Found(row.session_id, identity=None, is_due=True)
    identity = f"{row.public_id}:{row.session_id}"
    return Found(row.session_id, identity, is_due=now - row.last_seen_at >= queries.TOUCH_EVERY)


def refuse_disabled(session: Session, *, cookie: str) -> None:
    """Tell whoever comes with a cookie that is good no more if that is why.

    Raises:
        NotAllowedError: It was theirs, and their account is disabled.
    """
    if queries.is_token_of_a_disabled_account(session, hash_of(cookie)):
        raise NotAllowedError(DISABLED)


def lookup(session: Session, *, cookie: str, now: datetime) -> str | None:
    """The identity `<account>:<session>` of a live session's cookie."""
    found = find(session, cookie=cookie, now=now)
    return None if found is None else found.identity


def touch(session: Session, *, session_id: int, now: datetime) -> None:
    """Write that a session is in use; one that has run out is ended, and stays so.

    Ended, because a clock set back would bring it to life again.
    """
    row = session.get(SignIn, session_id, populate_existing=True)
    if row is None or row.ended_at is not None:
        return
    if is_live(row, now):
        queries.touch(session, session_id, now=now)
    else:
        queries.end(session, session_id, now=now)


def signed_in(session: Session, *, identity: str, now: datetime, address: str = "") -> Actor:
    """Who acts, with account, roles and session read anew: one query, for an admin two.

    Args:
        session: Any session of the database.
        identity: What the gate's header says: `<account>:<session>`.
        now: When.
        address: Where the request came from, for the audit log.

    Raises:
        SignedOutError: The session has ended or run out, or the account is disabled.
    """
    public_id, _, session_id = identity.partition(":")
    if not (session_id.isascii() and session_id.isdecimal() and len(session_id) < 10):
        raise SignedOutError(SIGNED_OUT)
    rows = queries.actor_rows(session, session_id=int(session_id), public_id=public_id)
    if not rows or not is_live(rows[0], now):
        is_disabled = queries.is_of_a_disabled_account(
            session, session_id=int(session_id), public_id=public_id
        )
        raise SignedOutError(DISABLED if is_disabled else SIGNED_OUT)
    first = rows[0]
    archived = {row.project_id for row in rows if row.project_id and row.archived_at}
    if first.is_admin:
        archived.update(projects.archived_ids(session))
    return Actor(
        account_id=first.account_id,
        public_id=first.public_id,
        name=first.name,
        is_admin=first.is_admin,
        roles={row.project_id: Role(row.role) for row in rows if row.project_id and row.role},
        session_id=int(session_id),
        address=address[:64],
        archived=frozenset(archived),
    )


def sign_out(session: Session, *, cookie: str, now: datetime) -> None:
    """End the session of a cookie; nothing happens when there is none."""
    row = queries.by_token(session, hash_of(cookie))
    if row is None:
        return
    if not is_live(row, now):
        queries.end(session, row.session_id, now=now)
        return
    actor = signed_in(session, identity=f"{row.public_id}:{row.session_id}", now=now)
    queries.end(session, row.session_id, now=now)
    if actor.account_id is not None and not queries.of_account(session, actor.account_id):
        leasing.let_go(session, account_id=actor.account_id)
    note_end(session, actor=actor, session_id=row.session_id, now=now)


def note_end(session: Session, *, actor: Actor, session_id: int, now: datetime) -> None:
    """Leave a row that a session was ended by its owner."""
    audit.record(
        session,
        actor=actor,
        act="end_session",
        object_type="session",
        object_id=str(session_id),
        now=now,
    )


def is_live(row: queries.SessionRow | queries.ActorRow | SignIn, now: datetime) -> bool:
    """Whether a session that was not ended has not run out either."""
    return now < row.expires_at and now < row.last_seen_at + IDLE
