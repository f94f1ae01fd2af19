"""PostgreSQL knows what came in at once, and so goes to a reviewer's next sentences directly."""

import pytest
import sqlalchemy as sa
from leased import Team
from loop import op

from db.engine import reading, transaction
from db.queries import demand, queue
from db.queries.table_sizes import look_again

N_SENTENCES = 2_000

pytestmark = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)


@pytest.fixture
def team(own_engines, now):
    """A project that has just been filled, of which somebody has done a few sentences."""
    team = Team(own_engines, now, overlap=None)
    team.bring("".join(f"Number {n} was there.\n" for n in range(N_SENTENCES)))
    for name in team.names()[:5]:
        team.send_one(op(name))
    return team


def known_rows(team, name):
    """How many rows PostgreSQL believes a table to have; -1 before it has looked."""
    with reading(team.engines) as session:
        statement = sa.text("SELECT reltuples FROM pg_class WHERE oid = CAST(:name AS regclass)")
        return session.execute(statement, {"name": name}).scalar_one()


def plan(team, statement, **values):
    compiled = statement.compile(dialect=team.engines.read.dialect)
    with reading(team.engines) as session:
        rows = session.connection().exec_driver_sql(
            f"EXPLAIN {compiled}", {**compiled.params, **values}
        )
        return "\n".join(row[0] for row in rows)


def test_after_an_import_it_knows_how_many_sentences_there_are(team):
    assert known_rows(team, "sentence") == pytest.approx(N_SENTENCES, rel=0.5)


def test_the_next_sentences_are_steps_of_the_queues_index(team):
    values = {"project_id": team.project.id, "reviewer_id": team.reviewer.account_id}
    steps = plan(team, queue._WINDOW, **values, first_key=0, n=40)

    assert "ix_sentence_queue" in steps
    assert "Sort" not in steps
    assert "SubPlan" in steps  # one sentence after the other, however much somebody has done


def test_after_a_change_of_overlap_it_knows_what_is_to_be_given_out(team):
    assert known_rows(team, "demand") <= 0
    team.set(overlap=2)

    assert known_rows(team, "demand") == pytest.approx(N_SENTENCES, rel=0.5)
    values = {"project_id": team.project.id, "reviewer_id": team.reviewer.account_id}
    steps = plan(team, demand._NEXT, **values, subset_key=0, level=0, mark=0, n=40)
    assert "ix_demand_open" in steps
    assert "Sort" not in steps


def test_it_looks_at_what_has_grown_and_at_nothing_else(team):
    with transaction(team.engines) as session:
        look_again(session)
    with transaction(team.engines) as session:
        assert look_again(session) == []

    team.set(overlap=2)
    team.set(overlap=None)
    with transaction(team.engines) as session:
        assert "sentence" not in look_again(session)


def test_a_table_that_somebody_changes_is_not_waited_for(team):
    with transaction(team.engines) as first:
        first.execute(sa.text("UPDATE pg_class SET relpages = 0 WHERE relname = 'sentence'"))
    with transaction(team.engines) as first, transaction(team.engines) as second:
        first.execute(sa.text("LOCK TABLE sentence IN SHARE UPDATE EXCLUSIVE MODE"))

        assert "sentence" in look_again(second)
