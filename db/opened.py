"""The SQLite file that this process has open, and whether it is still the one under its path."""

import logging
import os
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

log = logging.getLogger("workbench.database")

Identity = tuple[int, int]  # device and inode: SQLite has it open, so no other file gets them


class NotTheFileError(OSError):
    """Under the path stands another file than the one that is open, or none."""


def aside(path: Path) -> Path:
    """A free name beside a file, for what stood there until now and gives way to another."""
    stem = f"{path.stem}-replaced-{datetime.now(tz=UTC):%Y%m%dT%H%M%S}"
    numbered = (f"{stem}-{n}" for n in count(2))  # for two within a second
    names = (path.with_name(f"{name}{path.suffix}") for name in chain([stem], numbered))
    return next(name for name in names if not os.path.lexists(name))


class OpenFile:
    """What the pooled connections of one database have open.

    A file that was moved, deleted or replaced goes on taking writes through whoever has it open:
    SQLite does not look. So it is looked at before each transaction and after each COMMIT, which
    takes 2 µs. The file is never opened for it: closing it again would drop SQLite's locks.
    """

    def __init__(self, path: Path | None) -> None:
        """Nothing is open yet; without a path (PostgreSQL) nothing ever is."""
        self.path = path
        self._opened: Identity | None = None
        self._is_told = False

    def watch(self, *pools: sa.Engine) -> None:
        """Note the file that these engines open, and let them open no other one beside it."""
        for engine in pools:
            event.listen(engine, "do_connect", self._before)
            event.listen(engine, "connect", self._after)

    def check(self) -> None:
        """See that what is open stands under its path; the log says once when it does not.

        Raises:
            NotTheFileError: It does not.
        """
        if self._opened is None:
            return
        if identity(self.path) == self._opened:
            self._is_told = False
            return
        if not self._is_told:
            self._is_told = True
            log.critical(
                "The database file %s is no longer the one that was opened. Nothing is saved until "
                "it is put back.",
                self.path,
            )
        raise NotTheFileError

    def forget(self) -> None:
        """Every connection is closed."""
        self._opened = None

    def is_deleted(self) -> bool:
        """Whether what is open has no name any more and ends with this process."""
        for handle in _handles():
            try:
                found = handle.stat()
            except OSError:
                continue  # closed meanwhile
            if (found.st_dev, found.st_ino) == self._opened:
                return found.st_nlink == 0
        return True  # it cannot be told here: then nothing is known to keep it

    def _before(self, *_connecting: Any) -> None:
        self.check()

    def _after(self, *_connected: Any) -> None:
        if self._opened is None:
            self._opened = identity(self.path)
        self.check()


def identity(path: Path | None) -> Identity | None:
    """Device and inode of what stands under a path; None where nothing does."""
    try:
        found = os.stat(path or "")  # noqa: PTH116 - half the time of Path.stat, at each label
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _handles() -> list[Path]:
    folder = Path("/proc/self/fd")
    return list(folder.iterdir()) if folder.is_dir() else []
