"""`kill -9` at any point of an import or a migration: all of a file is in, or nothing."""

import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from factories import Make
from running import Workbench

from db import schema
from db.engine import checkpoint, database_now, engines, examining, reading, transaction
from db.models import Account, Article
from workbench import sources
from workbench.services import checking, import_parts, importing
from workbench.services.permissions import OPERATOR

TEXT = "The mayor of town {0} said on Monday that it rained.\nNobody denied it.\n"
N_FILES = 4
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(N_FILES):
        (folder / f"{number}.txt").write_text(TEXT.format(number))
    return folder


def killed_after(workbench: Workbench, n_statements: int, *words: str) -> None:
    script = Path(__file__).with_name("dying.py")
    run = subprocess.run(
        [sys.executable, str(script), str(n_statements), *words],
        env=workbench.environment,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr


def looked_at(pair):
    """The number of articles, and whatever is wrong."""
    with examining(pair) as session:
        count = session.execute(sa.select(sa.func.count()).select_from(Article)).scalar_one()
        return count, [str(fault) for fault in checking.faults(session, actor=OPERATOR)]


@pytest.fixture
def home(tmp_path):
    """A data folder, and the engines of the database in it."""
    pair = engines(f"sqlite:///{tmp_path / 'workbench.db'}")
    yield Workbench(tmp_path), pair
    pair.dispose()


@pytest.mark.parametrize("n_statements", range(2, 32, 3))
def test_an_import_that_is_killed_leaves_whole_articles_and_can_be_repeated(
    home, articles, sqlite_template, n_statements
):
    workbench, pair = home
    shutil.copyfile(sqlite_template, pair.path)

    killed_after(workbench, n_statements, "import", str(articles))
    assert looked_at(pair) in [(0, []), (N_FILES, [])]

    list(
        importing.import_sources(
            lambda: transaction(pair),
            database_now,
            actor=OPERATOR,
            project_slug=None,
            sources=sources.found([articles]),
        )
    )
    assert looked_at(pair) == (N_FILES, [])


@pytest.mark.parametrize("n_statements", [30, 60, 90])
def test_a_labelled_file_that_is_killed_in_the_middle_leaves_whole_parts_and_can_be_repeated(
    home, tmp_path, sqlite_template, n_statements
):
    workbench, pair = home
    shutil.copyfile(sqlite_template, pair.path)
    file = tmp_path / "tasks.jsonl"
    n = import_parts.ENTRIES_A_TRANSACTION  # texts, each with an answer: two parts and more
    task = '{{"text": "Crane {} was moved.", "accept": ["claim"], "answer": "accept"}}\n'
    file.write_text("".join(map(task.format, range(n))))

    killed_after(workbench, n_statements, "import", str(file))
    n_stored, faults = looked_at(pair)
    assert n_stored < n
    assert faults == []

    (report,) = importing.import_sources(
        lambda: transaction(pair),
        database_now,
        actor=OPERATOR,
        project_slug=None,
        sources=sources.found([file]),
    )
    assert (report.n_articles, report.reason.split(";")[0]) == (
        n - n_stored,
        f"{n - n_stored:,} answers",
    )
    assert looked_at(pair) == (n, [])


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """A database of the first schema, with a row in it."""
    path = tmp_path_factory.mktemp("older") / "workbench.db"
    pair = engines(f"sqlite:///{path}")
    config = schema._config()
    with pair.write.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with transaction(pair) as session:
        Make(session, NOON).account("Ada")
    checkpoint(pair)
    pair.dispose()
    return path


def revision_and_triggers(pair):
    triggers = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
    with pair.read.connect() as connection:
        n_triggers = connection.exec_driver_sql(triggers).scalar_one()
    return schema.state(pair).revision, n_triggers


@pytest.mark.parametrize("n_statements", range(1, 21, 2))
def test_a_migration_that_is_killed_leaves_the_old_schema_or_the_new_one(home, older, n_statements):
    workbench, pair = home
    shutil.copyfile(older, pair.path)

    killed_after(workbench, n_statements, "db", "upgrade")
    revision, n_triggers = revision_and_triggers(pair)
    assert (revision == "0001") is (n_triggers == 0)

    schema.prepare(pair)
    assert schema.state(pair).is_current
    with reading(pair) as session:
        assert session.execute(sa.select(Account.name)).scalars().all() == ["Ada"]
