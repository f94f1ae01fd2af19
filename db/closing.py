"""The end of a server: the log is folded back, and nothing of what it stored goes with it."""

import logging
import sqlite3
from pathlib import Path

import sqlalchemy as sa

from db.engine import Engines, checkpoint
from db.errors import ReplacedError
from db.opened import NotTheFileError, aside
from db.translating import translated

log = logging.getLogger("workbench.database")


def close(engines: Engines) -> Path | None:
    """Fold the write-ahead log into the file, and close every connection.

    Where another file was put under the path, or none is left, nothing is written to that path.
    What this process has open is kept: a file that was moved is made whole where it is now, of
    one that was deleted a copy is left beside where it was.

    Returns:
        Where that copy is; None where none was needed.

    Raises:
        FullError: There is no room for the copy.
    """
    copy = None
    try:
        checkpoint(engines)
    except ReplacedError:
        assert engines.path is not None  # noqa: S101 - PostgreSQL has no file
        with translated("What this server had stored was not kept: "):
            copy = _keep(engines, engines.path)
    finally:
        engines.dispose()
    return copy


def _keep(engines: Engines, path: Path) -> Path | None:
    raw = _open_already(engines)
    if raw is None:
        return None
    source = raw.driver_connection
    assert isinstance(source, sqlite3.Connection)  # noqa: S101 - of an SQLite engine
    copy = None
    try:
        if engines.file.is_deleted():
            copy = _copied(source, path)
            log.critical("What this server had stored until then is kept as %s.", copy)
        # The log belongs to the file that is open. Left full, the next start would take it for
        # the log of the file that stands there now.
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
    return copy


def _open_already(engines: Engines) -> sa.PoolProxiedConnection | None:
    for engine in (engines.write, engines.read):
        try:
            return engine.raw_connection()
        except NotTheFileError:  # none was left in the pool, and no new one is made
            continue
    return None


def _copied(source: sqlite3.Connection, path: Path) -> Path:
    copy = aside(path)
    copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy.touch(mode=0o600)
    target = sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        target.close()
    return copy
