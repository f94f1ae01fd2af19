"""The schema of a database: make it, bring it up to date, refuse a newer one."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from db import postgres, sqlite
from db.engine import Engines, writing
from db.errors import NewerSchemaError

MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class SchemaState:
    """Where a database stands: its revision (None when empty) and the newest one known here."""

    revision: str | None
    head: str

    @property
    def is_current(self) -> bool:
        """Whether nothing is to be done."""
        return self.revision == self.head


def prepare(engines: Engines, *, accept_data_loss: bool = False) -> SchemaState:
    """Check the place and the content, then bring the schema up to date.

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
        if engines.path is not None and found.revision is not None:
            _copy_before(engines.path, found.revision)
        _upgrade(engines)
    return found


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
    if engines.path.exists() and engines.path.stat().st_size:
        sqlite.check_content(engines.read, engines.path)


def state(engines: Engines) -> SchemaState:
    """Read where the database stands.

    Raises:
        NewerSchemaError: Its revision is not known here.
    """
    script = ScriptDirectory.from_config(_config())
    head = script.get_current_head()
    assert head is not None, "there is a first migration"  # noqa: S101 - shipped with the package
    if engines.path is not None and not engines.path.exists():
        return SchemaState(revision=None, head=head)
    with engines.read.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
    if revision is not None and revision not in {r.revision for r in script.walk_revisions()}:
        message = (
            f"This database was made by a newer workbench (schema {revision}; this one knows "
            f"{head}). It was left as it is; install the newer workbench."
        )
        raise NewerSchemaError(message)
    return SchemaState(revision=revision, head=head)


def _upgrade(engines: Engines) -> None:
    config = _config()
    with writing(engines, timeout=60), engines.write.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if engines.path is not None:
            connection.exec_driver_sql(f"PRAGMA application_id={sqlite.APPLICATION_ID}")


def _copy_before(path: Path, revision: str) -> Path:
    stamp = datetime.now(tz=UTC).strftime("%Y%m%dT%H%M%S")
    copy = path.with_name(f"{path.stem}-before-{revision}-{stamp}{path.suffix}")
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.isolation_level = None  # type: ignore[union-attr]
        raw.execute("VACUUM INTO ?", (str(copy),))  # type: ignore[union-attr]
    engine.dispose()
    shutil.copymode(path, copy)
    return copy


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
