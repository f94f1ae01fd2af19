"""A process that comes and goes must not pull the write-ahead log from under a server."""

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from db import schema
from db.engine import engines, reading, transaction

VISIT = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM project')"


@pytest.fixture
def served(tmp_path: Path):
    pair = engines(f"sqlite:///{tmp_path / 'workbench.db'}")
    schema.prepare(pair)
    with reading(pair) as session:
        session.execute(sa.text("SELECT count(*) FROM project"))
    yield pair
    pair.dispose()


def visit(path: Path) -> None:
    subprocess.run([sys.executable, "-c", VISIT, str(path)], check=True)


def test_looking_at_an_open_database_keeps_its_locks(served):
    schema.prepare(served)
    visit(served.path)

    assert served.path.with_name("workbench.db-wal").exists()


def test_reads_and_writes_go_on_after_a_visit(served):
    schema.prepare(served)
    visit(served.path)

    with transaction(served) as session:
        session.execute(sa.text("DELETE FROM project"))
    with reading(served) as session:
        assert session.execute(sa.text("SELECT count(*) FROM project")).scalar() == 0
