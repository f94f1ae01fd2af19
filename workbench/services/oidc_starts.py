"""Sign-ins on their way to the provider and back: each may come back once, in the same browser."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from db.models import OidcStart
from db.queries import identities as queries
from workbench.errors import SignedOutError, ThrottledError
from workbench.services import networks, sessions
from workbench.services.permissions import Actor

LIFE = timedelta(minutes=10)
MOST_OF_NETWORK = 100  # an office signs in behind one address
MOST = 10_000

NOT_OURS = (
    "This answer of the provider was not asked for here, was used before, or came too late. "
    "Start again."
)


@dataclass(frozen=True, slots=True)
class Start:
    """What somebody was sent to the provider for.

    Attributes:
        target: The page to go to afterwards.
        account_id: Who binds an identity; None where somebody signs in.
    """

    target: str
    account_id: int | None


def begin(
    session: Session,
    *,
    state: str,
    target: str,
    now: datetime,
    address: str,
    actor: Actor | None = None,
) -> None:
    """Remember that somebody is sent to the provider.

    Args:
        session: The transaction.
        state: What the answer has to hold; only its hash is kept.
        target: The page to go to afterwards.
        now: When.
        address: Where the request came from.
        actor: Who binds an identity; None where somebody signs in.

    Raises:
        ThrottledError: Too many were sent there and have not come back.
    """
    network = networks.network_of(address)
    queries.forget_starts(session, before=now - LIFE)
    is_full = (
        queries.n_open_starts(session, now=now, network=network) >= MOST_OF_NETWORK
        or queries.n_open_starts(session, now=now) >= MOST
    )
    if is_full:
        message = "Too many sign-ins were begun and not ended. Wait a few minutes, then try again."
        raise ThrottledError(message, retry_after=60)
    session.add(
        OidcStart(
            state_hash=sessions.hash_of(state),
            account_id=None if actor is None else actor.account_id,
            target=target,
            network=network,
            created_at=now,
            expires_at=now + LIFE,
        )
    )
    session.flush()


def come_back(session: Session, *, state: str, now: datetime) -> Start:
    """Use a start up: whatever the answer holds, it counts once.

    Raises:
        SignedOutError: There was none, it was used, or it took too long.
    """
    found = queries.use_start(session, sessions.hash_of(state), now=now)
    if found is None:
        raise SignedOutError(NOT_OURS)
    return Start(target=found.target, account_id=found.account_id)
