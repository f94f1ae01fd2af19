"""The tables of wire copies: made and taken back around rows, and asked by their indexes."""

import pytest
import sqlalchemy as sa
from alembic import command
from factories import Make

from db import schema
from db.engine import engines, transaction
from db.queries import copies, wire_copies

CONFIG = schema._config()
BEFORE = "0002"


def migrate(pair, act, to):
    with pair.write.begin() as connection:
        CONFIG.attributes["connection"] = connection
        act(CONFIG, to)


def count(pair, name):
    with transaction(pair) as session:
        return session.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608 - a name of ours


def test_the_step_is_taken_and_taken_back_around_rows(empty_url, now):
    pair = engines(empty_url)
    migrate(pair, command.upgrade, "head")
    with transaction(pair) as session:
        make = Make(session, now)
        project = make.project()
        ids = [make.article(project, wire_cluster="one").id for _ in range(2)]
    with transaction(pair) as session:
        copies.add(session, project_id=project.id, rows=[(-(1 << 63), 0, 1), (7, 8, 1), (7, 8, 2)])
        found = copies.with_keys(session, project_id=project.id, keys=[7, -(1 << 63), 9])
        assert sorted(found) == [(-(1 << 63), 0, 1), (7, 8, 1), (7, 8, 2)]
    migrate(pair, command.downgrade, BEFORE)
    migrate(pair, command.upgrade, "head")

    assert count(pair, "copy_signature") == 0
    assert count(pair, "article") == len(ids)
    assert count(pair, "article WHERE wire_cluster = 'one'") == len(ids)


STATEMENTS = {
    "the copies of a wording": (
        copies._WITH_KEYS["sqlite"],
        {"keys": "[1]", "project_id": 1},
        "PRIMARY KEY",
    ),
    "the articles of a cluster": (
        wire_copies._MEMBERS["sqlite"],
        {"keys": '["x"]', "project_id": 1, "most": 5},
        "ix_sentence_wire_cluster",
    ),
    "what a window shows of copies": (
        wire_copies._COPIES["sqlite"],
        {"ids": [1], "project_id": 1, "reviewer_id": 1},
        "ix_sentence_wire_cluster",
    ),
    "the other articles of a cluster": (
        wire_copies._MATES,
        {"project_id": 1, "cluster": "x", "article_id": 1, "most": 5},
        "ix_article_wire_cluster",
    ),
}


# SQLite only: PostgreSQL plans by what a table holds, and this one is empty.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", STATEMENTS)
def test_no_table_is_read_from_end_to_end(session, name):
    dialect = session.get_bind().dialect
    statement, values, index = STATEMENTS[name]
    sql = statement.params(values).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")
    plan = [row[3] for row in rows]

    assert any(index in step for step in plan)
    assert not [step for step in plan if "TEMP B-TREE" in step]
    assert not [step for step in plan if step.startswith("SCAN") and "VIRTUAL" not in step]
