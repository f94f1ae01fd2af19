"""SQLite: settings of a connection, and what a database file must be before it is opened."""

import errno
import os
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import NullPool, QueuePool

from db import seals
from db.errors import DamagedError, UnsuitableError

APPLICATION_ID = 0x46435742  # "FCWB"
HEADER = b"SQLite format 3\x00"

EVERY_CONNECTION = (
    "PRAGMA busy_timeout=10000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-16000",
)
WRITER = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA journal_size_limit=67108864",
)
READER = ("PRAGMA wal_autocheckpoint=0", "PRAGMA query_only=ON")

NETWORK_FILE_SYSTEMS = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.")
FIXED_VERSIONS = ((3, 44, 6), (3, 50, 7))  # the WAL-reset fix, backported


def write_engine(path: Path) -> sa.Engine:
    """The one connection that writes: WAL, synced at every commit, BEGIN IMMEDIATE."""
    engine = _pooled(path, pool_size=1, max_overflow=0, pool_timeout=10)
    _prepare(engine, (*EVERY_CONNECTION, *WRITER), begin="BEGIN IMMEDIATE")

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        seals.renew(connection, path)

    return engine


def read_engine(path: Path) -> sa.Engine:
    """Connections that cannot write; a reader never blocks the writer."""
    engine = _pooled(path, pool_size=10, max_overflow=20, pool_timeout=5)
    _prepare(engine, (*EVERY_CONNECTION, *READER), begin="BEGIN")
    return engine


def _pooled(path: Path, **pool: int) -> sa.Engine:
    shared = {"check_same_thread": False}
    return sa.create_engine(f"sqlite:///{path}", poolclass=QueuePool, connect_args=shared, **pool)


def look_engine(path: Path) -> sa.Engine:
    """Connections that only look, and leave a file as it is whatever state it is in.

    A connection that may write folds the write-ahead log into the file when the last one closes,
    even after it was refused: one opened read-only cannot. Bytes that are no UTF-8 are shown and
    not stumbled over.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)
        connection.text_factory = lambda raw: raw.decode(errors="backslashreplace")
        return connection

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=NullPool)
    _prepare(engine, EVERY_CONNECTION, begin="BEGIN")
    return engine


def _prepare(engine: sa.Engine, pragmas: tuple[str, ...], *, begin: str) -> None:
    # The driver's legacy mode opens no transaction for a SELECT and commits at DDL, so transactions
    # are opened by hand.
    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        connection.create_function("lower", 1, _lower, deterministic=True)
        for pragma in pragmas:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)


def _lower(value: object) -> str | None:
    """What PostgreSQL makes of it: SQLite's own `lower` knows no letters but those from a to z."""
    if isinstance(value, bytes):
        value = value.decode(errors="replace")
    return None if value is None else str(value).lower()


def check_place(path: Path) -> None:
    """See that a database can live at this path.

    The file itself is never opened here: when a process closes any handle of a file, the kernel
    drops every lock it holds on it, SQLite's among them, and the next process that ends would take
    itself for the last one and remove the write-ahead log under the server's feet.

    Raises:
        UnsuitableError: The folder cannot be written, or lies on a network file system.
    """
    folder = path.parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        message = f"The data folder {folder} cannot be made: {error.strerror}. Set WORKBENCH_HOME."
        raise UnsuitableError(message) from error
    if path.is_dir():
        message = f"{path} is a folder, not a database file. Set WORKBENCH_HOME elsewhere."
        raise UnsuitableError(message)
    if not _can_write(folder) or (path.exists() and not os.access(path, os.W_OK)):
        message = f"The data folder {folder} is read-only. Make it writable or set WORKBENCH_HOME."
        raise UnsuitableError(message)
    system = _file_system(folder)
    if system.startswith(NETWORK_FILE_SYSTEMS):
        message = (
            f"The data folder {folder} lies on {system}, where SQLite can lose data. "
            "Use a local folder, or PostgreSQL by WORKBENCH_DATABASE_URL."
        )
        raise UnsuitableError(message)


def _can_write(folder: Path) -> bool:
    # os.access says yes to root even on a read-only mount, so a file is really made.
    probe = folder / f".write-test-{os.getpid()}"
    try:
        probe.touch(mode=0o600)
        probe.unlink()
    except OSError as error:
        # A full disk still serves reads, and says so when it cannot save.
        return error.errno == errno.ENOSPC
    return True


def _file_system(folder: Path) -> str:
    # Python has no statfs: the kernel's table of mounts is asked instead.
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text(errors="replace").splitlines():
        fields = line.split()
        point = fields[1].replace("\\040", " ")
        inside = point == "/" or f"{folder.resolve()}/".startswith(f"{point}/")
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind


def make(path: Path) -> None:
    """Make a new database, for its owner alone; it has its name once it has a header.

    So an empty file under the path is never one that was just begun: see `check_presence`.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.touch(mode=0o600)
        connection = sqlite3.connect(part)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        finally:
            connection.close()
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def check_presence(path: Path) -> bool:
    """Whether a database stands under a path; what is left of one is told from none.

    Raises:
        DamagedError: The file is empty, its log stands there without it, or the log is another's.
        BusyError: Somebody is writing, so it cannot be told whose the log is.
    """
    log = path.with_name(f"{path.name}-wal")
    if path.exists():
        if path.stat().st_size:
            seals.check(path)
            return True
        message = (
            f"{path} is damaged: it is empty. It was left as it is; restore a backup with "
            "'workbench db restore', or remove the file to begin anew."
        )
        raise DamagedError(message)
    if log.exists() and log.stat().st_size:
        message = (
            f"{path} is gone, and its log {log.name} is still there. Put the file back, restore a "
            "backup with 'workbench db restore', or remove the log to begin anew."
        )
        raise DamagedError(message)
    return False


def check_header(path: Path) -> None:
    """See that a file begins like an SQLite database; an empty one, or none, is fine.

    Only for files that this process has no connection to, such as a backup: see `check_place`.

    Raises:
        UnsuitableError: It cannot be read.
        DamagedError: It is something else.
    """
    if not path.exists() or path.stat().st_size == 0:
        return
    try:
        with path.open("rb") as file:
            start = file.read(100)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}. Look at who owns it."
        raise UnsuitableError(message) from error
    if not start.startswith(HEADER) or len(start) < 100:
        message = (
            f"{path} is damaged: it is not an SQLite database. It was left as it is; "
            "restore a backup with 'workbench db restore'."
        )
        raise DamagedError(message)


def check_content(path: Path) -> None:
    """Let SQLite look over its pages (0.08 s for 38 MB).

    Raises:
        DamagedError: It found something, in its words.
    """
    try:
        with look_engine(path).connect() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
            owner = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    except sa.exc.DatabaseError as error:
        found, owner = str(error.orig), APPLICATION_ID
    if found != "ok":
        message = (
            f"{path} is damaged ({' '.join(str(found).split())[:120]}). It was left as it is; "
            "restore a backup with 'workbench db restore'."
        )
        raise DamagedError(message)
    if owner not in (0, APPLICATION_ID):
        message = f"{path} belongs to another program (application id {owner})."
        raise DamagedError(message)


def has_wal_reset_fault(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite has the WAL-reset fault that one writer at a time avoids."""
    if version >= (3, 51, 3):
        return False
    return not any(version[:2] == fixed[:2] and version >= fixed for fixed in FIXED_VERSIONS)
