"""Attempts at a password or a link: counted, and slowed down."""

from datetime import datetime, timedelta
from math import ceil

from sqlmodel import Session

from db.models import SignInFailure
from db.queries import accounts as account_queries
from db.queries import sign_ins as queries
from workbench.errors import ThrottledError
from workbench.services import audit, names
from workbench.services.networks import network_of
from workbench.services.passwords import Attempt
from workbench.services.permissions import Actor

WINDOW = timedelta(minutes=15)
FREE = 5  # failures of a name before one has to wait: 1 s, doubling
MOST = 10  # failures of a name in a window, however patient one is
MOST_OF_ADDRESS = 20
KEPT = timedelta(days=1)
OF_LINKS = "link "  # ends in a space, so that it is no name's key


def begin(session: Session, *, name: str, address: str, now: datetime) -> Attempt:
    """Count a try as failed before its password is looked at; a success takes that back.

    Counted ahead, because a hundred tries sent at once would otherwise all see none before them.

    Raises:
        ThrottledError: There were too many failures under this name or from this address.
    """
    queries.lock_attempts(session)
    name_key, network = names.key(name), network_of(address)
    account = account_queries.by_name_key(session, name_key)
    since = now - WINDOW
    of_name = queries.failures_of_name(session, name_key, since=since)
    of_address = queries.failures_of_address(session, network, since=since)
    until = max(_wait_of_name(of_name, now), _wait_of_address(of_address, now))
    if until > now:
        raise _throttled(until - now)
    queries.forget_failures(session, before=now - KEPT)
    failure = SignInFailure(name_key=name_key, address=network, at=now)
    session.add(failure)
    session.flush()
    public_id = account.public_id if account else "unknown"
    if len(of_name) + 1 == FREE or len(of_address) + 1 == MOST_OF_ADDRESS:
        _note_slowing(session, public_id=public_id, address=address, now=now)
    if account is None or account.disabled_at is not None:
        return Attempt(failure.id, account_id=None, password_hash=None)
    return Attempt(failure.id, account_id=account.id, password_hash=account.password_hash)


def check_links(session: Session, *, address: str, now: datetime) -> None:
    """Refuse an address that asked for too many links that there are not.

    Counted apart from passwords: who mistypes those is told to ask for a link, which has to open.

    Raises:
        ThrottledError: It did.
    """
    failures = queries.failures_of_links(session, OF_LINKS, network_of(address), since=now - WINDOW)
    until = _wait_of_address(failures, now)
    if until > now:
        raise _throttled(until - now)


def count_unknown_link(session: Session, *, address: str, now: datetime) -> None:
    """Count that an address asked for a link that there is not."""
    queries.lock_attempts(session)
    network = network_of(address)
    queries.forget_failures(session, before=now - KEPT)
    session.add(SignInFailure(name_key=OF_LINKS, address=network, at=now))
    session.flush()
    failures = queries.failures_of_links(session, OF_LINKS, network, since=now - WINDOW)
    if len(failures) == MOST_OF_ADDRESS:
        _note_slowing(session, public_id="unknown", address=address, now=now)


def _wait_of_name(failures: list[datetime], now: datetime) -> datetime:
    if len(failures) < FREE:
        return now
    if len(failures) >= MOST:
        return failures[MOST - 1] + WINDOW
    return failures[0] + timedelta(seconds=2 ** (len(failures) - FREE))


def _wait_of_address(failures: list[datetime], now: datetime) -> datetime:
    if len(failures) < MOST_OF_ADDRESS:
        return now
    return failures[MOST_OF_ADDRESS - 1] + WINDOW


def _throttled(wait: timedelta) -> ThrottledError:
    seconds = max(1, ceil(wait.total_seconds()))
    if seconds < 100:
        words = "1 second" if seconds == 1 else f"{seconds} seconds"
    else:
        words = f"{ceil(seconds / 60)} minutes"
    message = f"Too many tries. Wait {words}, then try again, or ask for a sign-in link."
    return ThrottledError(message, retry_after=seconds)


def _note_slowing(session: Session, *, public_id: str, address: str, now: datetime) -> None:
    nobody = Actor(account_id=None, public_id="", name="nobody", address=address[:64])
    audit.record(
        session,
        actor=nobody,
        act="slow_sign_in",
        object_type="account",
        object_id=public_id,
        now=now,
    )
