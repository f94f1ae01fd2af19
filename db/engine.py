"""Engines, the write transaction and the clock: the one place that begins and commits."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlmodel import Session as Session

from db import postgres, sqlite
from db.errors import UnsuitableError
from db.locking import Turns, file_lock
from db.opened import OpenFile
from db.translating import translated

WRITE_TIMEOUT = 10.0
CONNECT_TIMEOUT = 5.0
KINDS = ("sqlite", "postgresql")


@dataclass(frozen=True, eq=False)
class Engines:
    """The pair of engines of one database.

    Attributes:
        write: Where transactions that change something run.
        read: Where reads run; on SQLite it refuses to write.
        path: The SQLite file, or None on PostgreSQL.
        file: What stands under that path and is open; nothing on PostgreSQL.
        glance: Where a read of one statement runs on PostgreSQL; None on SQLite.
        turn: Whose it is to write; SQLite only.
        connections: Who has one of those there are; PostgreSQL only.
        leases: Whose turn it is to give out sentences; PostgreSQL only.
    """

    write: sa.Engine
    read: sa.Engine
    path: Path | None = None
    file: OpenFile = field(default_factory=partial(OpenFile, None))
    glance: sa.Engine | None = None
    turn: Turns = field(default_factory=Turns)
    connections: Turns = field(default_factory=partial(Turns, postgres.CONNECTIONS))
    leases: Turns = field(default_factory=Turns)

    @property
    def lock_path(self) -> Path | None:
        """The file that keeps other processes from writing at the same time; SQLite only."""
        return self.path.with_name(f"{self.path.name}.lock") if self.path else None

    @property
    def server_path(self) -> Path | None:
        """The file that a server holds as long as it runs; SQLite only."""
        return self.path.with_name(f"{self.path.name}.server") if self.path else None

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.write.dispose()
        self.read.dispose()
        self.file.forget()


_making = threading.Lock()


def engines(url: str) -> Engines:
    """The engines of a database: one pair a process, so that all share one write lock.

    Raises:
        UnsuitableError: The URL names no database that can be used; it is not quoted, for it may
            hold a password.
    """
    with _making:
        return _engines(url)


@cache
def _engines(url: str) -> Engines:
    kind = backend(url)
    if kind not in KINDS:
        message = (
            f"WORKBENCH_DATABASE_URL names {kind or 'no kind of database'}. Leave it out for "
            "SQLite in the data folder, or give postgresql+psycopg://user@host/name."
        )
        raise UnsuitableError(message)
    if kind == "sqlite":
        path = Path(make_url(url).database or "workbench.db").absolute()
        write, read, file = sqlite.write_engine(path), sqlite.read_engine(path), OpenFile(path)
        file.watch(write, read)
        return Engines(write=write, read=read, path=path, file=file)
    engine = postgres.engine(url)
    alone = engine.execution_options(isolation_level="AUTOCOMMIT")
    return Engines(write=engine, read=engine, glance=alone)


def backend(url: str) -> str | None:
    """The kind of database that a URL names; None when it cannot be read as one."""
    try:
        return make_url(url).get_backend_name()
    except (sa.exc.ArgumentError, ValueError):
        return None


@contextmanager
def writing(engines: Engines, *, timeout: float = WRITE_TIMEOUT) -> Iterator[None]:
    """Be the only writer: nothing on PostgreSQL, which orders its writers itself.

    Raises:
        BusyError: The turn did not come within `timeout` seconds.
        ReplacedError: The file that is open is not the one under its path any more.
        UnsuitableError: The data folder is not there, or cannot be written.
    """
    with ExitStack() as held:
        if engines.lock_path is not None:
            with translated("Not saved: "):
                engines.file.check()  # a lock in another folder keeps nobody from writing here
                held.enter_context(engines.turn.held(timeout))
                held.enter_context(file_lock(engines.lock_path, timeout))
        yield


@contextmanager
def giving_out(engines: Engines, *, timeout: float = WRITE_TIMEOUT) -> Iterator[None]:
    """Be the only one of this process who gives out sentences: asked before a transaction begins.

    On PostgreSQL they go one after the other in a project anyway. Who waits for that inside of a
    transaction keeps a connection from whoever decides; who waits here does not.

    Raises:
        BusyError: The turn did not come within `timeout` seconds.
    """
    with ExitStack() as held:
        if engines.path is None:
            held.enter_context(engines.leases.held(timeout))
        yield


@contextmanager
def connecting(engines: Engines) -> Iterator[None]:
    """Have one of the connections to PostgreSQL, in the order asked for; on SQLite see to the file.

    Raises:
        BusyError: None was free in time.
        NotTheFileError: The file that is open is not the one under its path any more.
    """
    with ExitStack() as held:
        engines.file.check()
        if engines.path is None:
            held.enter_context(engines.connections.held(CONNECT_TIMEOUT))
        yield


@contextmanager
def transaction(engines: Engines, *, timeout: float = WRITE_TIMEOUT) -> Iterator[Session]:
    """One write transaction: commits at the end, rolls back on whatever is raised.

    Raises:
        BusyError: The turn to write did not come within `timeout` seconds.
        FullError: There is no room; nothing of this transaction was stored.
        UnreachableError: The database is away; nothing of this transaction was stored.
        ReplacedError: The file that is open is not the one under its path any more.
    """
    with writing(engines, timeout=timeout), begun(engines) as session:
        yield session


@contextmanager
def begun(engines: Engines) -> Iterator[Session]:
    """The inside of a write transaction, for whoever is the only writer already."""
    with translated("Not saved: ", is_session=True), connecting(engines):
        with Session(engines.write, expire_on_commit=False) as session, session.begin():
            yield session
        engines.file.check()  # what went into a file that is gone is not acknowledged


@contextmanager
def reading(engines: Engines) -> Iterator[Session]:
    """One read transaction; it never waits for a writer and never makes one wait."""
    with (
        translated(is_session=True),
        connecting(engines),
        Session(engines.read, expire_on_commit=False) as session,
    ):
        yield session
        session.expunge_all()  # what was read can be looked at afterwards; a rollback empties it
        session.rollback()


@contextmanager
def glancing(engines: Engines) -> Iterator[Session]:
    """A read that is one statement: on PostgreSQL without a transaction around it.

    The ways there and back to begin and to end one would be two thirds of it.
    """
    with (
        translated(is_session=True),
        connecting(engines),
        Session(engines.glance or engines.read, expire_on_commit=False) as session,
    ):
        yield session
        session.rollback()


@contextmanager
def examining(engines: Engines) -> Iterator[Session]:
    """One long look at one moment, however long it takes; nothing can be changed in it."""
    engine = engines.read if engines.path is None else sqlite.look_engine(engines.path)
    with translated(is_session=True), connecting(engines), Session(engine) as session:
        if engines.path is None:
            session.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            session.execute(sa.text("SET LOCAL statement_timeout = 0"))
            session.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        yield session
        session.rollback()


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
