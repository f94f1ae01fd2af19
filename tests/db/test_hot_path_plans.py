"""What runs at every label asks an index, however many sentences there are."""

import pytest

from db.queries import annotations, demand, events, leases, queue, replies

STATEMENTS = {
    "the first sentence still to do": (queue._FIRST_OPEN, "ix_sentence_queue"),
    "the end of the queue": (queue._LAST_QUEUED, "ix_sentence_queue"),
    "the window": (queue._WINDOW, "ix_sentence_queue"),
    "the articles that were changed": (queue._CHANGED, "PRIMARY KEY (rowid>?)"),
    "the reviewer's last event": (events._LATEST, "ix_annotation_event_project_id"),
    "the reviewer's last acts": (events._NEWEST, "ix_annotation_event_project_id"),
    "the replies not yet seen": (replies._UNSEEN, "ix_shared_reply_project_id"),
    "the next open sentences": (demand._NEXT, "ix_demand_open"),
    "what has run out": (leases._EXPIRED, "ix_assignment_leased_until"),
    "what a reviewer holds": (leases._MINE, "ix_assignment_reviewer_id"),
    "a sentence by its public id": (annotations._WITH_MINE, "sqlite_autoindex_sentence"),
}


def _plan(session, statement):
    compiled = statement.compile(dialect=session.get_bind().dialect)
    values = tuple(1 for _ in compiled.positiontup)
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values)
    return [row[3] for row in rows]


# SQLite only: PostgreSQL plans by what a table holds, and this one is empty.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", STATEMENTS)
def test_no_table_is_read_from_end_to_end(session, name):
    statement, index = STATEMENTS[name]
    plan = _plan(session, statement)

    assert any(index in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN") or "TEMP B-TREE" in step]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_came_before_a_place_is_found_from_the_articles_that_were_changed(session):
    plan = _plan(session, queue._BEHIND)

    assert any("sentence USING INDEX sqlite_autoindex_sentence" in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN") or "ix_sentence_queue" in step]
