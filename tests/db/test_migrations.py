"""Migrations, found from the folder: they lead to the models, and back, and lose nothing."""

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from loop import op

from db import schema
from db.engine import engines
from db.errors import UnsuitableError
from db.locking import file_lock
from db.models import Remark, Sentence, Snapshot, Talk, metadata
from workbench.services import annotating, audit

CONFIG = schema._config()
STEPS = [
    step.revision for step in reversed(list(ScriptDirectory.from_config(CONFIG).walk_revisions()))
]
TABLES = ("annotation_event", "audit_event", "snapshot", "remark")


@pytest.fixture
def connection(empty_url):
    with engines(empty_url).write.begin() as connection:
        CONFIG.attributes["connection"] = connection
        yield connection


def shape(connection):
    """Tables, columns, constraints, indexes and triggers, as the database tells them."""
    inspector = sa.inspect(connection)
    tables = [name for name in sorted(inspector.get_table_names()) if name != "alembic_version"]
    told = {
        name: [
            [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(name)],
            sorted(c["name"] for c in inspector.get_unique_constraints(name)),
            sorted(c["name"] for c in inspector.get_foreign_keys(name)),
            sorted(c["name"] for c in inspector.get_check_constraints(name)),
            sorted(i["name"] for i in inspector.get_indexes(name)),
        ]
        for name in tables
    }
    is_sqlite = connection.dialect.name == "sqlite"
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if not is_sqlite:
        triggers = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return told, sorted(connection.exec_driver_sql(triggers).scalars())


def test_the_steps_follow_each_other_in_one_line():
    assert len(ScriptDirectory.from_config(CONFIG).get_heads()) == 1
    assert sorted(STEPS) == STEPS


def test_an_empty_database_becomes_what_the_models_say(connection):
    command.upgrade(CONFIG, "head")

    assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@pytest.mark.parametrize("step", STEPS)
def test_a_step_can_be_taken_back_and_taken_again(connection, step):
    command.upgrade(CONFIG, step)
    after = shape(connection)
    command.downgrade(CONFIG, "-1")
    before = shape(connection)
    command.upgrade(CONFIG, step)

    assert shape(connection) == after
    assert before != after


def test_taken_back_to_the_start_nothing_is_left(connection):
    command.upgrade(CONFIG, "head")
    command.downgrade(CONFIG, "base")

    assert shape(connection) == ({}, [])


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_an_older_database_keeps_its_rows_and_a_copy_of_it_stays(empty_url, now):
    pair = engines(empty_url)
    with pair.write.begin() as connection:
        CONFIG.attributes["connection"] = connection
        command.upgrade(CONFIG, STEPS[0])
    with pair.write.begin() as connection:
        add_rows_of_the_first_step(connection, now)

    found = schema.prepare(pair)

    assert found.revision == STEPS[0]
    assert schema.state(pair).is_current
    (copy,) = pair.path.parent.glob("*-before-*")
    for path in (copy, pair.path):
        engine = sa.create_engine(f"sqlite:///{path}")
        with engine.connect() as connection:
            ids = connection.exec_driver_sql("SELECT public_id FROM article").scalars().all()
        engine.dispose()
        assert ids == ["0123456789abcdef"]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_an_older_database_is_not_migrated_under_the_server_that_runs_on_it(empty_url):
    pair = engines(empty_url)
    with pair.write.begin() as connection:
        CONFIG.attributes["connection"] = connection
        command.upgrade(CONFIG, STEPS[0])

    with file_lock(pair.server_path, 0):
        with pytest.raises(UnsuitableError, match="older workbench"):
            schema.prepare(pair)
        assert schema.state(pair).revision == STEPS[0]

        schema.prepare(pair, is_server=True)
    assert schema.state(pair).is_current


def test_asked_twice_nothing_is_done(empty_url):
    pair = engines(empty_url)

    assert schema.prepare(pair).revision is None
    assert schema.prepare(pair).is_current


def test_comments_and_flags_of_before_become_questions(connection, now):
    command.upgrade(CONFIG, "0009")
    add_rows_with_comments(connection, now)

    command.upgrade(CONFIG, "0010")

    rows = connection.exec_driver_sql("SELECT sentence_id, reviewer_id, state FROM talk ORDER BY 1")
    assert [tuple(row) for row in rows] == [(1, 1, "open"), (2, 1, "open")]


ACTS = {
    "project": ("quay", "{}"),
    "snapshot": ("quay/2", "{}"),
    "article": ("0123456789abcdef", '{"project": "quay"}'),
    "account": ("anna", '{"project": null}'),
    "session": ("anna", "{"),
}


def test_acts_of_before_are_found_under_the_project_that_they_concern(connection, now):
    command.upgrade(CONFIG, "0014")
    said = {kind: given for kind, given in ACTS.items() if said_well(connection, given[1])}
    for kind, (name, details) in said.items():
        connection.execute(
            sa.text(
                "INSERT INTO audit_event (at, act, object_type, object_id, details, address, "
                "prev_hash, hash) VALUES (:at, 'acted', :kind, :name, :details, '', '', '')"
            ),
            {"at": now, "kind": kind, "name": name, "details": details},
        )

    command.upgrade(CONFIG, "0015")

    rows = connection.exec_driver_sql("SELECT object_type, project FROM audit_event ORDER BY id")
    concerned = ("project", "snapshot", "article")
    assert dict(map(tuple, rows)) == {kind: "quay" if kind in concerned else None for kind in said}
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        connection.exec_driver_sql("UPDATE audit_event SET project = 'mill'")


def said_well(connection, details):
    """SQLite alone would take, and so may hold, JSON that is none."""
    return connection.dialect.name == "sqlite" or details != "{"


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["UPDATE {} SET id = 0", "DELETE FROM {}"])
def test_events_cannot_be_changed_or_deleted(session, make, table, change):
    add_events(session, make)

    with pytest.raises(sa.exc.DatabaseError, match="append-only"), session.begin_nested():
        session.execute(sa.text(change.format(table)))


def add_rows_of_the_first_step(connection, now):
    tables = sa.MetaData()
    tables.reflect(connection)
    project = {"id": 1, "slug": "first", "name": "First", "settings": "{}", "created_at": now}
    article = {
        "id": 1,
        "project_id": 1,
        "public_id": "0123456789abcdef",
        "sha256": "0" * 64,
        "text_sha256": "0" * 64,
        "source_name": "a.txt",
        "encoding": "utf-8",
        "text": "One.",
        "n_segments": 1,
        "import_batch": 1,
        "queue_rank": 1,
        "language": "en",
        "engine": "punkt",
        "problems": "",
        "imported_at": now,
    }
    counts = {"n_queued": 0, "n_batches": 1}
    for name, row in (("project", {**project, **counts}), ("article", {**article, "n_queued": 1})):
        connection.execute(tables.tables[name].insert(), row)


def add_rows_with_comments(connection, now):
    """An annotation with a comment, one with a flag, and one with neither."""
    add_rows_of_the_first_step(connection, now)
    tables = sa.MetaData()
    tables.reflect(connection)
    versions = {"id": 1, "project_id": 1, "version": 1, "created_at": now}
    rows = {
        "label_set": versions | {"presets": "[]"},
        "guideline": versions | {"text": ""},
        "account": {"id": 1, "public_id": "a", "name": "A", "name_key": "a", "is_admin": False,
                    "created_at": now},
    }  # fmt: skip
    for name, row in rows.items():
        connection.execute(tables.tables[name].insert(), row)
    for n, (comment, is_flagged) in enumerate(((None, True), ("Why?", False), (None, False)), 1):
        here = {"id": n, "project_id": 1, "article_id": 1}
        sentence = {"position": n, "start": n, "end": n + 1, "kind": "body", "reason": "",
                    "is_queued": True, "queue_key": n, "is_retired": False}  # fmt: skip
        answer = {"sentence_id": n, "reviewer_id": 1, "version": 1, "status": "open",
                  "comment": comment, "is_flagged": is_flagged, "active_ms": 0,
                  "suggestion_shown": False, "label_set_id": 1, "guideline_id": 1,
                  "decided_at": now}  # fmt: skip
        connection.execute(tables.tables["sentence"].insert(), here | sentence)
        connection.execute(tables.tables["annotation"].insert(), here | answer)


def add_events(session, make):
    project = make.project()
    actor = make.actor(project)
    article = make.article(project)
    one = op(f"{article.public_id}:0-4")
    annotating.apply_ops(session, actor=actor, project=project, ops=[one], now=make.now)
    audit.record(session, actor=actor, act="try", object_type="x", object_id="y", now=make.now)
    session.add(
        Snapshot(
            project_id=project.id,
            number=1,
            taken_at=make.now,
            n_sentences=1,
            choices={},
            manifest={},
            manifest_sha256="0" * 64,
        )
    )
    mine = {"project_id": project.id, "reviewer_id": actor.account_id}
    sentence = session.exec(sa.select(Sentence.id).order_by(Sentence.id.desc())).scalars().first()
    talk = Talk(sentence_id=sentence, state="open", asked_at=make.now, **mine)
    session.add(talk)
    session.flush()
    session.add(
        Remark(
            op_id="0" * 36,
            talk_id=talk.id,
            author_id=actor.account_id,
            act="close",
            created_at=make.now,
        )
    )
    session.flush()
