"""Backups of an SQLite file: a copy of one moment, taken while people work, and the way back."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from db import opened, seals, sqlite
from db.engine import Engines, writing
from db.errors import BusyError, DamagedError, UnsuitableError
from db.locking import file_lock
from db.translating import translated

SIDE_FILES = ("-wal", "-shm")


def back_up(path: Path, target: Path, *, verify: Callable[[Path], None]) -> None:
    """Copy the database as it is at this moment; readers and writers go on.

    The copy has its name once it is whole, checked and on the disk, and not before.

    Args:
        path: The SQLite file.
        target: Where the copy goes; nothing may be there.
        verify: Looks at the copy and raises what it finds.

    Raises:
        UnsuitableError: Something is there, or the folder cannot be written.
        FullError: There is no room.
    """
    _refuse_to_overwrite(target)
    with _temporary(target) as copy, translated("No backup was made: "):
        _vacuum_into(path, copy)
        verify(copy)
        copy.chmod(0o600)
        _sync(copy)
        _refuse_to_overwrite(target)
        copy.replace(target)
        _sync(target.parent)


def restore(engines: Engines, backup: Path, *, verify: Callable[[Path], None]) -> Path | None:
    """Put a backup in the place of the database; what was there is kept beside it.

    At every moment either the old database or the new one stands under its name.

    Args:
        engines: The database; no connection of this process may be open.
        backup: The file to restore; it is copied, checked, and left where it is.
        verify: Looks at the copy and raises what it finds.

    Returns:
        Where the database that was there is kept; None if there was none.

    Raises:
        UnsuitableError: A server runs, somebody has the database open, or no file can be read.
        DamagedError: The backup is no whole database; nothing was changed.
    """
    path = engines.path
    assert path is not None, "SQLite only"  # noqa: S101 - the command has seen to it
    if not backup.is_file():
        message = f"There is no backup {backup}. Name a file that 'workbench db backup' wrote."
        raise UnsuitableError(message)
    if not backup.stat().st_size:
        message = f"{backup} is empty. Nothing was restored; name another backup."
        raise DamagedError(message)
    with (
        _alone(engines),
        _temporary(path) as copy,
        translated("Nothing was restored: "),
    ):
        shutil.copyfile(backup, copy)
        sqlite.check_header(copy)
        verify(copy)
        copy.chmod(0o600)
        _sync(copy)
        aside = _set_aside(path)
        copy.replace(path)
        _sync(path.parent)
    return aside


def dump_command(url: str, target: Path) -> str:
    """How PostgreSQL's own tool makes the backup; the password is not in it."""
    return f"pg_dump --format=custom --file={target} {_where(url)}"


def restore_command(url: str, source: Path) -> str:
    """How PostgreSQL's own tool restores it, in one transaction."""
    return f"pg_restore --clean --if-exists --single-transaction {_where(url)} {source}"


def _where(url: str) -> str:
    parsed = make_url(url)
    host = parsed.host or parsed.query.get("host")
    given = (
        ("host", host),
        ("port", parsed.port),
        ("username", parsed.username),
        ("dbname", parsed.database),
    )
    return " ".join(f"--{name}={value}" for name, value in given if value)


def _vacuum_into(path: Path, copy: Path) -> None:
    # A connection of its own: VACUUM INTO is refused in a transaction and under query_only.
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("VACUUM INTO ?", (str(copy),))
    with closing(sqlite3.connect(copy)) as own:  # no log of the database belongs to its backup
        own.execute(f"PRAGMA user_version={seals.drawn()}")


def _refuse_to_overwrite(target: Path) -> None:
    if target.exists() or target.is_symlink():
        message = f"{target} is there already. Name a new file; a backup is never overwritten."
        raise UnsuitableError(message)
    if not target.parent.is_dir():
        message = f"There is no folder {target.parent}. Make it, or name another place."
        raise UnsuitableError(message)


@contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    name = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield name
    finally:
        for leftover in (name, *(Path(f"{name}{side}") for side in (*SIDE_FILES, "-journal"))):
            with suppress(FileNotFoundError):
                leftover.unlink()


@contextmanager
def _alone(engines: Engines) -> Iterator[None]:
    """Be the only process that serves or writes, and keep it so."""
    assert engines.path is not None  # noqa: S101 - as above
    assert engines.server_path is not None  # noqa: S101
    sqlite.check_place(engines.path)
    with ExitStack() as held:
        try:
            held.enter_context(file_lock(engines.server_path, 0))
            held.enter_context(writing(engines, timeout=0))
        except BusyError:
            message = (
                f"A workbench is running on {engines.path}. Stop it, and every command, and then "
                "restore."
            )
            raise UnsuitableError(message) from None
        yield


def _set_aside(path: Path) -> Path | None:
    if not path.exists():
        _drop_side_files(path)
        return None
    is_its_log = seals.belongs(path)
    is_folded = is_its_log and _fold(path)
    kept = opened.aside(path)
    os.link(path, kept)  # a second name: the first one is never without a file
    if not is_folded:  # SQLite finds a log by its name: it goes with the file it belongs to
        log = Path(f"{kept}-wal") if is_its_log else kept.with_suffix(".log")
        with suppress(FileNotFoundError):
            Path(f"{path}-wal").rename(log)
    _drop_side_files(path)
    return kept


def _fold(path: Path) -> bool:
    """Fold the log into the file, which SQLite does only where nobody else has it open.

    Returns:
        False when the file is too damaged for it.
    """
    if not path.stat().st_size:  # opened, it would throw the log away
        return False
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        sqlite.check_header(path)  # opened without one, SQLite would throw the log away
        with engine.connect() as connection:
            mode = connection.exec_driver_sql("PRAGMA journal_mode=DELETE").scalar_one()
    except sa.exc.OperationalError as error:
        if "locked" not in str(error.orig):
            return False
        mode = "wal"
    except (sa.exc.DatabaseError, DamagedError):
        return False
    if mode != "delete":
        message = f"Somebody has {path} open. Wait until their command is done, and then restore."
        raise UnsuitableError(message)
    return True


def _drop_side_files(path: Path) -> None:
    for side in SIDE_FILES:
        with suppress(FileNotFoundError):
            Path(f"{path}{side}").unlink()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
