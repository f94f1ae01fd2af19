"""Whether the workbench can do its work."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from sqlmodel import Session

from db.queries import accounts as queries

ROOM = 1024 * 1024  # the write-ahead log of a few labels


def fault(session: Session, *, folders: Iterable[Path]) -> str | None:
    """What keeps labels from being stored, in one line; None when nothing does.

    Args:
        session: Any session; its boundary says when the database does not answer.
        folders: Where there must be room; those that are not there are left out.
    """
    queries.is_empty(session)  # any answer will do
    if any(each.exists() and shutil.disk_usage(each).free < ROOM for each in folders):
        return "The disk with the data folder is full."
    return None
