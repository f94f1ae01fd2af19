"""A person's own sessions: seen and ended by them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.models import SignIn
from db.queries import sign_ins as queries
from workbench.errors import NotFoundError
from workbench.services import audit
from workbench.services.permissions import Actor
from workbench.services.sessions import is_live, note_end


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One of a person's own sessions, for them to see."""

    id: int
    browser: str
    created_at: datetime
    last_seen_at: datetime
    is_current: bool


def sessions(session: Session, *, actor: Actor, now: datetime) -> list[OwnSession]:
    """The actor's own live sessions, the last used first."""
    if actor.account_id is None:
        return []
    return [
        OwnSession(
            id=row.id,
            browser=row.browser,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_current=row.id == actor.session_id,
        )
        for row in queries.of_account(session, actor.account_id)
        if is_live(row, now)
    ]


def end_session(session: Session, *, actor: Actor, session_id: int, now: datetime) -> None:
    """End one of the actor's own sessions.

    Raises:
        NotFoundError: It is not one of theirs, or has ended.
    """
    row = session.get(SignIn, session_id, populate_existing=True)
    is_own = row is not None and row.account_id == actor.account_id
    if row is None or not is_own or row.ended_at is not None:
        message = "There is no such session, or it has ended. Look at the list again."
        raise NotFoundError(message)
    queries.end(session, session_id, now=now)
    note_end(session, actor=actor, session_id=session_id, now=now)


def end_other_sessions(session: Session, *, actor: Actor, now: datetime) -> int:
    """End the actor's own sessions but the one they act in; how many there were."""
    if actor.account_id is None:
        return 0
    n = queries.end_all(session, actor.account_id, now=now, but=actor.session_id)
    if n:
        audit.record(
            session,
            actor=actor,
            act="end_sessions",
            object_type="account",
            object_id=actor.public_id,
            now=now,
            n_sessions_ended=n,
        )
    return n
