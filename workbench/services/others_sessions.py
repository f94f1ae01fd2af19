"""Sessions of other people: seen and ended by whoever manages people."""

from datetime import datetime

from sqlmodel import Session

from db.models import Account, SignIn
from db.queries import accounts as account_queries
from db.queries import sign_ins as queries
from workbench.errors import NotFoundError
from workbench.services import audit, names
from workbench.services.own_sessions import OwnSession
from workbench.services.permissions import Actor, Permission, check
from workbench.services.sessions import is_live


def sessions_of(session: Session, *, actor: Actor, name: str, now: datetime) -> list[OwnSession]:
    """The live sessions of a person, the last used first.

    Raises:
        NotAllowedError: The actor does not manage people.
        NotFoundError: Nobody has this name.
    """
    check(actor, Permission.MANAGE_PEOPLE)
    account = _by_name(session, name)
    return [
        OwnSession(
            id=row.id,
            browser=row.browser,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_current=row.id == actor.session_id,
        )
        for row in queries.of_account(session, account.id)
        if is_live(row, now)
    ]


def end_session_of(
    session: Session, *, actor: Actor, name: str, session_id: int, now: datetime
) -> None:
    """End one session of a person.

    Raises:
        NotAllowedError: The actor does not manage people.
        NotFoundError: Nobody has this name, or it is not theirs, or has ended.
    """
    check(actor, Permission.MANAGE_PEOPLE)
    account = _by_name(session, name)
    row = session.get(SignIn, session_id, populate_existing=True)
    if row is None or row.account_id != account.id or row.ended_at is not None:
        message = "There is no such session, or it has ended. Look at the list again."
        raise NotFoundError(message)
    queries.end(session, session_id, now=now)
    _note(session, actor, account, now, n=1)


def end_sessions_of(session: Session, *, actor: Actor, name: str, now: datetime) -> int:
    """End every session of a person: they sign in again; how many there were.

    Raises:
        NotAllowedError: The actor does not manage people.
        NotFoundError: Nobody has this name.
    """
    check(actor, Permission.MANAGE_PEOPLE)
    account = _by_name(session, name)
    n = queries.end_all(session, account.id, now=now)
    if n:
        _note(session, actor, account, now, n=n)
    return n


def _by_name(session: Session, name: str) -> Account:
    account = account_queries.by_name_key(session, names.key(name))
    if account is None:
        message = "There is no account of this name. See 'workbench account list' or People."
        raise NotFoundError(message)
    return account


def _note(session: Session, actor: Actor, account: Account, now: datetime, *, n: int) -> None:
    audit.record(
        session,
        actor=actor,
        act="end_sessions",
        object_type="account",
        object_id=account.public_id,
        now=now,
        n_sessions_ended=n,
    )
