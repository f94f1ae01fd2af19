"""Whether the workbench can do its work."""

import shutil
from pathlib import Path

from sqlmodel import Session

from db.queries import accounts as queries

ROOM = 1024 * 1024  # the write-ahead log of a few labels


def fault(session: Session, *, folder: Path | None) -> str | None:
    """What keeps labels from being stored, in one line; None when nothing does.

    Args:
        session: Any session; its boundary says when the database does not answer.
        folder: Where the database file lies; None when a server keeps it.
    """
    queries.is_empty(session)  # any answer will do
    if folder is not None and shutil.disk_usage(folder).free < ROOM:
        return "The disk with the data folder is full."
    return None
