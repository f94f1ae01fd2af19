"""How much one person may bring in through the browser in a day: its files lie in memory."""

from datetime import datetime, timedelta

from sqlmodel import Session

from db.queries import uploads as queries
from workbench.errors import InputError
from workbench.services.permissions import Actor

A_DAY = 500_000_000  # bytes an account
DAY = timedelta(hours=24)


def refusal(session: Session, *, actor: Actor, n_bytes: int, now: datetime) -> str:
    """Why files of so many bytes are not taken now; empty if they are.

    What the actor brought in through the browser in the last 24 hours counts, in all projects,
    whatever became of it.
    """
    if actor.account_id is None:
        return ""
    uploads = queries.uploads(session, account_id=actor.account_id, since=now - DAY)
    before = sum(size for _, size in uploads)
    if before + n_bytes <= A_DAY:
        return ""
    told = f"{_mb(before)} were brought in by you in the last 24 hours. " if before else ""
    return (
        f"{told}These files have {_mb(n_bytes)}, and at most {_mb(A_DAY)} a day come in through "
        f"the browser. {_way_out(uploads, n_bytes)}import them with the command workbench import."
    )


def check_uploads(session: Session, *, actor: Actor, n_bytes: int, now: datetime) -> None:
    """Refuse files that are too much for a day.

    Raises:
        InputError: They are; the message says how much there was, and what to do.
    """
    reason = refusal(session, actor=actor, n_bytes=n_bytes, now=now)
    if reason:
        raise InputError(reason)


def _way_out(uploads: list[tuple[datetime, int]], n_bytes: int) -> str:
    """From when on they would be taken, where waiting helps."""
    if n_bytes > A_DAY:
        return "Drop fewer at once, or "
    left = sum(size for _, size in uploads) + n_bytes
    for at, size in uploads:  # the oldest first
        left -= size
        if left <= A_DAY:
            return f"Try again after {at + DAY:%d %B, %H:%M} UTC, or "
    return "Drop fewer at once, or "


def _mb(n_bytes: int) -> str:
    return f"{-(-n_bytes // 1_000_000):,} MB"
