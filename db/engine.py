"""Engines, the write transaction and the clock: the one place that begins and commits."""

import errno
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlmodel import Session as Session

from db import postgres, sqlite
from db.errors import FullError, UnreachableError
from db.locking import FairLock, file_lock

WRITE_TIMEOUT = 10.0
FULL = ("disk is full", "no space left", "disk i/o error", "could not extend file")


@dataclass(frozen=True, eq=False)
class Engines:
    """The pair of engines of one database.

    Attributes:
        write: Where transactions that change something run.
        read: Where reads run; on SQLite it refuses to write.
        path: The SQLite file, or None on PostgreSQL.
    """

    write: sa.Engine
    read: sa.Engine
    path: Path | None = None
    turn: FairLock = field(default_factory=FairLock)

    @property
    def lock_path(self) -> Path | None:
        """The file that keeps other processes from writing at the same time; SQLite only."""
        return self.path.with_name(f"{self.path.name}.lock") if self.path else None

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.write.dispose()
        self.read.dispose()


_making = threading.Lock()


def engines(url: str) -> Engines:
    """The engines of a database: one pair a process, so that all share one write lock."""
    with _making:
        return _engines(url)


@cache
def _engines(url: str) -> Engines:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(parsed.database or "workbench.db").absolute()
        return Engines(write=sqlite.write_engine(path), read=sqlite.read_engine(path), path=path)
    engine = postgres.engine(url)
    return Engines(write=engine, read=engine)


@contextmanager
def writing(engines: Engines, *, timeout: float = WRITE_TIMEOUT) -> Iterator[None]:
    """Be the only writer: nothing on PostgreSQL, which orders its writers itself.

    Raises:
        BusyError: The turn did not come within `timeout` seconds.
    """
    with ExitStack() as held:
        if engines.lock_path is not None:
            held.enter_context(engines.turn.held(timeout))
            held.enter_context(file_lock(engines.lock_path, timeout))
        yield


@contextmanager
def transaction(engines: Engines, *, timeout: float = WRITE_TIMEOUT) -> Iterator[Session]:
    """One write transaction: commits at the end, rolls back on whatever is raised.

    Raises:
        BusyError: The turn to write did not come within `timeout` seconds.
        FullError: There is no room; nothing of this transaction was stored.
        UnreachableError: The database is away; nothing of this transaction was stored.
    """
    with (
        _translated(),
        writing(engines, timeout=timeout),
        Session(engines.write, expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session


@contextmanager
def reading(engines: Engines) -> Iterator[Session]:
    """One read transaction; it never waits for a writer and never makes one wait."""
    with _translated(), Session(engines.read, expire_on_commit=False) as session:
        yield session
        session.rollback()


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what the driver says of a full disk or a lost server into our own words."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.TimeoutError, OSError) as error:
        words = str(error).lower()
        full = getattr(error, "errno", None) == errno.ENOSPC
        if full or any(sign in words for sign in FULL):
            message = "Not saved: the disk is full. Make room; nothing stored before is lost."
            raise FullError(message) from error
        message = "Not saved: the database does not answer. It is tried again."
        raise UnreachableError(message) from error


def database_now(session: Session) -> datetime:
    """The database's clock, aware, in UTC."""
    if session.get_bind().dialect.name == "postgresql":
        moment: datetime = session.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
        return moment.astimezone(UTC)
    text: str = session.execute(sa.text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")).scalar_one()
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def checkpoint(engines: Engines) -> None:
    """Fold SQLite's write-ahead log into the file: at a clean stop."""
    if engines.path is None:
        return
    with writing(engines):
        raw = engines.write.raw_connection()
        try:
            raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
        finally:
            raw.close()
