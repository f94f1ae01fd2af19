"""What drivers and the system say of a database, in sentences for a person."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from db.errors import (
    DamagedError,
    DatabaseFault,
    FullError,
    ReplacedError,
    UnreachableError,
    UnsuitableError,
)
from db.opened import NotTheFileError

FULL = ("disk is full", "no space left", "disk i/o error", "could not extend file")
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
DAMAGED = ("malformed", "file is not a database")
SHUT = ("readonly database", "permission denied", "read-only file system")
FORBIDDEN = "42501"  # what PostgreSQL calls it when a role has no right to something
log = logging.getLogger("workbench.database")


@contextmanager
def translated(prefix: str = "", *, is_session: bool = False) -> Iterator[None]:
    """Turn what the driver says of a full disk, damage or a lost server into our own words.

    Args:
        prefix: What the sentence begins with, such as "Not saved: ".
        is_session: Whether others work within. What the system refuses them elsewhere, such as a
            pipe that was closed, is not the database's.
    """
    try:
        yield
    except (sa.exc.DatabaseError, sa.exc.TimeoutError, OSError) as error:
        fault = None if is_session and _is_elsewhere(error) else _fault(error, prefix)
        if fault is None:
            raise
        if not isinstance(fault, ReplacedError):  # which is logged once, not with every request
            # The driver's own words, for whoever looks after the server: no statement, no values.
            words = getattr(error, "orig", error)
            log.warning("%s (%s: %s)", fault, type(error).__name__, words)
        raise fault from error


def _is_elsewhere(error: Exception) -> bool:
    if not isinstance(error, OSError) or isinstance(error, NotTheFileError):
        return False
    return error.errno not in NO_ROOM


def _fault(error: Exception, prefix: str) -> DatabaseFault | None:
    if isinstance(error, NotTheFileError):
        what = (
            "the database file is no longer the one that was opened. Stop the server, put the file "
            "back or restore a backup, and start it again."
        )
        return ReplacedError(_begun(prefix or "Nothing is saved: ", what))
    words = str(getattr(error, "orig", error)).lower()
    if getattr(error, "errno", None) in NO_ROOM or any(sign in words for sign in FULL):
        return FullError(_begun(prefix, "the disk is full. Make room; what is stored is safe."))
    if any(sign in words for sign in DAMAGED):
        what = "the database is damaged. 'workbench db check' names what is; then restore a backup."
        return DamagedError(_begun(prefix, what))
    if getattr(getattr(error, "orig", None), "sqlstate", "") == FORBIDDEN:
        what = "its role may not do this. Run 'workbench db upgrade' as the role that owns it."
        return UnsuitableError(_begun(prefix, what))
    if any(sign in words for sign in SHUT):
        what = "the data folder cannot be written. Look at who owns it and how it is mounted."
        return UnsuitableError(_begun(prefix, what))
    if isinstance(error, sa.exc.DatabaseError) and not isinstance(error, sa.exc.OperationalError):
        return None  # a rule of the schema was broken: that is no state of the database
    return UnreachableError(_begun(prefix, "the database does not answer. Try again in a moment."))


def _begun(prefix: str, sentence: str) -> str:
    return f"{prefix}{sentence}" if prefix else f"{sentence[0].upper()}{sentence[1:]}"
