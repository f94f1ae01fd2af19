"""The schema of a database: make it, bring it up to date, refuse a newer one."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from db import backup, postgres, sqlite
from db.engine import Engines, writing
from db.errors import BusyError, DamagedError, NewerSchemaError, UnsuitableError
from db.locking import file_lock
from db.translating import translated

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 0x4643574D  # any number of our own, as for the audit chain
VERSIONS = "alembic_version"
_NAMED = re.compile(r'^(revision|down_revision) = (None|"[^"]+")$', re.MULTILINE)
APPEND_ONLY = ("annotation_event", "audit_event")


@dataclass(frozen=True, slots=True)
class SchemaState:
    """Where a database stands: its revision (None when empty) and the newest one known here."""

    revision: str | None
    head: str

    @property
    def is_current(self) -> bool:
        """Whether nothing is to be done."""
        return self.revision == self.head


def prepare(
    engines: Engines, *, accept_data_loss: bool = False, is_server: bool = False
) -> SchemaState:
    """Check the place and the content, then bring the schema up to date.

    Args:
        engines: The database.
        accept_data_loss: Whether a PostgreSQL that may forget is taken all the same.
        is_server: Whether the caller holds the server's lock; others do not migrate under it.

    Returns:
        The state that was found before anything was changed.

    Raises:
        UnsuitableError: The place or server cannot keep data.
        DamagedError: The file is damaged; it was left as it is.
        NewerSchemaError: A newer workbench made it; it was left as it is.
    """
    check(engines, accept_data_loss=accept_data_loss)
    found = state(engines)
    if not found.is_current:
        with translated("The database was not brought up to date: "), ExitStack() as held:
            if engines.path is not None:
                if found.revision is not None and not is_server:
                    held.enter_context(_no_server(engines))
                _keep_before(engines, engines.path, found.revision)
            _upgrade(engines)
    return found


@contextmanager
def _no_server(engines: Engines) -> Iterator[None]:
    assert engines.server_path is not None, "SQLite only"  # noqa: S101 - the caller has seen to it
    with ExitStack() as held:
        try:
            held.enter_context(file_lock(engines.server_path, 0))
        except BusyError:
            message = (
                f"An older workbench serves {engines.path}. Stop it, then run 'workbench db "
                "upgrade'."
            )
            raise UnsuitableError(message) from None
        yield


def check(engines: Engines, *, accept_data_loss: bool = False) -> None:
    """See that the database can be opened, and is ours and whole, without changing it.

    Raises:
        UnsuitableError: The place or server cannot keep data.
        DamagedError: The file is damaged.
    """
    if engines.path is None:
        postgres.check_server(engines.write, accept_data_loss=accept_data_loss)
        return
    sqlite.check_place(engines.path)
    if sqlite.check_presence(engines.path):
        sqlite.check_content(engines.path)


def state(engines: Engines) -> SchemaState:
    """Read where the database stands.

    Raises:
        DamagedError: The file is empty, or its log stands there without it.
        NewerSchemaError: Its revision is not known here.
    """
    if engines.path is None:
        return _state(engines.read)
    if not sqlite.check_presence(engines.path):
        return SchemaState(revision=None, head=_head())
    return file_state(engines.path)


def file_state(path: Path) -> SchemaState:
    """Read where an SQLite file stands, without changing it.

    Raises:
        NewerSchemaError: Its revision is not known here.
    """
    return _state(sqlite.look_engine(path))


def _state(engine: sa.Engine) -> SchemaState:
    head = _head()
    with translated(), engine.connect() as connection:
        revision = _revision(connection)
    if revision is not None and revision not in revisions():
        message = (
            f"This database was made by a newer workbench (schema {revision}; this one knows "
            f"{head}). It was left as it is; install the newer workbench."
        )
        raise NewerSchemaError(message)
    return SchemaState(revision=revision, head=head)


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(VERSIONS):
        return None
    version = sa.table(VERSIONS, sa.column("version_num"))
    return connection.execute(sa.select(version.c.version_num)).scalar()


@cache
def revisions() -> dict[str, str | None]:
    """Every revision that is known here, with the one before it.

    Read from the files: every command looks where the database stands, and loading Alembic takes
    longer than most of them need for the rest.
    """
    found = {}
    for path in (MIGRATIONS / "versions").glob("*.py"):
        head = path.read_text(encoding="utf-8")
        named = {name: value.strip('"') for name, value in _NAMED.findall(head)}
        before = named["down_revision"]
        found[named["revision"]] = None if before == "None" else before
    return found


def _head() -> str:
    known = revisions()
    (head,) = known.keys() - set(known.values())
    return head


def _upgrade(engines: Engines) -> None:
    from alembic import command

    config = _config()
    with writing(engines, timeout=60), engines.write.begin() as connection:
        if engines.path is None:
            connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
            connection.execute(sa.text("SET LOCAL lock_timeout = '60s'"))
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        before = _newest(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if any(newest != _newest(connection).get(name) for name, newest in before.items()):
            message = "The migration lost events, so it was undone. Keep the database as it is."
            raise DamagedError(message)
        if engines.path is not None:
            connection.exec_driver_sql(f"PRAGMA application_id={sqlite.APPLICATION_ID}")


def _newest(connection: sa.Connection) -> dict[str, tuple[int, str | None]]:
    """How many rows each append-only table has, and the hash of its last one."""
    there = set(sa.inspect(connection).get_table_names())
    found = {}
    for name in APPEND_ONLY:
        if name in there:
            events = sa.table(name, sa.column("id"), sa.column("hash"))
            count = connection.execute(sa.select(sa.func.count()).select_from(events)).scalar_one()
            last = sa.select(events.c.hash).order_by(events.c.id.desc()).limit(1)
            found[name] = (count, connection.execute(last).scalar())
    return found


def _keep_before(engines: Engines, path: Path, revision: str | None) -> None:
    """Copy a database that has a schema before it is changed; make one where there is none."""
    if revision is None:
        with writing(engines, timeout=60):
            if not path.exists():  # two commands may be the first at the same time
                sqlite.make(path)
        return
    stamp = datetime.now(tz=UTC).strftime("%Y%m%dT%H%M%S")
    copy = path.with_name(f"{path.stem}-before-{revision}-{stamp}{path.suffix}")
    if not copy.exists():  # two starts within a second would copy the same
        backup.back_up(path, copy, verify=sqlite.check_content)


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
