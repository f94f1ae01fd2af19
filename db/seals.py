"""Whether a write-ahead log belongs to the database file beside it.

SQLite finds a log by its name alone: after a crash it would fold what is left of one file into
another that was put in its place. So a file carries a number in its header, its seal, which is
drawn anew each time a log begins, and a note beside it says which seal the log belongs to. A copy
of the file from before that has another one. The note may name two while the seal is changed:
whenever the process ends, the file carries one of them.
"""

import logging
import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from db.errors import DamagedError
from db.locking import file_lock

RENEWING_SECONDS = 10.0
_HIGHEST = 2**31 - 1  # what `user_version` holds
_WIDTH = len(str(-_HIGHEST))
log = logging.getLogger("workbench.database")


def check(path: Path) -> None:
    """See that the log beside a database file belongs to it, before SQLite opens the two.

    Raises:
        DamagedError: It is another file's; nothing was changed.
        BusyError: Somebody is writing, so it cannot be told.
    """
    if belongs(path):
        return
    with file_lock(path.with_name(f"{path.name}.lock"), RENEWING_SECONDS):
        if belongs(path):  # it was read while another process drew a new seal
            return
    message = (
        f"{path} is not the file that its log {_log(path).name} belongs to: another one was put "
        "in its place. Nothing was changed. Put the file back, or restore a backup with "
        "'workbench db restore', which keeps both."
    )
    raise DamagedError(message)


def belongs(path: Path) -> bool:
    """Whether nothing speaks against it: there is no log, or the note names the file's seal.

    Without a note, as beside a database that an older workbench left, a log is taken to belong to
    its file: what was acknowledged may be in it alone.
    """
    if is_log_empty(path):
        return True
    noted, seal = _noted(path), _seal(path)
    return not noted or seal is None or seal in noted


def is_log_empty(path: Path) -> bool:
    """Whether no log stands beside a file, or nothing is in it."""
    try:
        return not _log(path).stat().st_size
    except FileNotFoundError:
        return True


def renew(connection: sqlite3.Connection, path: Path) -> None:
    """Draw a new seal where a log is about to begin: asked when the file is opened for writing.

    What cannot be written is left, and with it the seal that is there: so on a full disk.
    """
    if not is_log_empty(path):
        return
    waits: int = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute("PRAGMA busy_timeout=0")  # whoever reads just now is not waited for
    try:
        old = connection.execute("PRAGMA user_version").fetchone()[0]
        new = drawn()
        _note(path, old, new)
        connection.execute(f"PRAGMA user_version={new}")
        is_busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not is_busy:  # until it is in the file itself, a crash leaves the old one there
            _note(path, new, new, is_synced=False)  # lost in a power cut, the old one is taken too
    except (sqlite3.OperationalError, OSError) as error:
        log.warning("%s keeps the seal that it has: %s", path, error)
    finally:
        connection.execute(f"PRAGMA busy_timeout={waits}")


def drawn() -> int:
    """A number that no other file has; never 0, which every file begins with."""
    return secrets.randbelow(_HIGHEST) + 1


def _log(path: Path) -> Path:
    # Beside the file itself: SQLite follows a link, too.
    real = path.resolve()
    return real.with_name(f"{real.name}-wal")


def _note_path(path: Path) -> Path:
    real = path.resolve()
    return real.with_name(f"{real.name}.seal")


def _noted(path: Path) -> set[int]:
    try:
        return {int(word) for word in _note_path(path).read_text(encoding="ascii").split()}
    except (OSError, ValueError):
        return set()


def _note(path: Path, old: int, new: int, *, is_synced: bool = True) -> None:
    # In place: it is one write to one sector, and a note that cannot be read is as none.
    handle = os.open(_note_path(path), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.pwrite(handle, f"{old:>{_WIDTH}} {new:>{_WIDTH}}\n".encode("ascii"), 0)
        if is_synced:
            os.fsync(handle)
    finally:
        os.close(handle)


def _seal(path: Path) -> int | None:
    """What the file itself carries, whatever its log says; None where it is no database.

    SQLite reads it, for another reader of the file would drop SQLite's locks when it closes it.
    """
    if not path.stat().st_size:
        return None
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            seal: int = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError:
        return None
    return seal
