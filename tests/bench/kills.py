"""`kill -9` again and again, under load: what reviewers were told is there, once."""

import random
import time
from collections.abc import Callable, Iterator

from tests import killing
from tests.bench import stage
from tests.bench.fill import Person
from tests.bench.machine import load_average
from tests.bench.tables import Table
from tests.killing import Tally
from tests.own_postgres import Postgres
from tests.running import Workbench

KILLS, DATABASE_KILLS = 50, 10
SENTENCES = 60_000
SHORTEST, LONGEST = 0.2, 0.8  # seconds of work between a start and the next kill

# Ends something, starts it again, and says how many seconds nobody was answered.
Kill = Callable[[Workbench], float]


def tables() -> Iterator[Table]:
    """The server on SQLite, the server on PostgreSQL, PostgreSQL itself."""
    with stage.folder() as home:
        people = killing.filled(url := stage.sqlite_url(home), n_sentences=SENTENCES)
        yield _measured("the server, on SQLite", Workbench(home), url, people, KILLS, of_server)
    for what, n, kill in (
        ("the server, on PostgreSQL", KILLS, lambda _: of_server),
        ("PostgreSQL with its children", DATABASE_KILLS, of_database),
    ):
        with stage.folder() as home:
            server = Postgres(home / "pg")
            try:
                people = killing.filled(url := server.create("kills"), n_sentences=SENTENCES)
                yield _measured(what, Workbench(home / "home"), url, people, n, kill(server))
            finally:
                server.stop()


def of_server(workbench: Workbench) -> float:
    """Kill the workbench."""
    killed = time.monotonic()
    workbench.kill()
    workbench.start()
    return time.monotonic() - killed


def of_database(server: Postgres) -> Kill:
    """Kill the database under the workbench, which has to come back by itself."""

    def kill(workbench: Workbench) -> float:
        server.kill()
        server.start()
        return killing.seconds_until(workbench.answers)

    return kill


def _measured(
    what: str, workbench: Workbench, url: str, people: list[Person], n: int, kill: Kill
) -> Table:
    rng = random.Random(what)  # noqa: S311 - no secret
    workbench.settings["WORKBENCH_DATABASE_URL"] = url
    workbench.start()
    away = []
    try:
        with killing.at_work(people, [workbench]) as writers:
            for _ in range(n):
                killing.until_told(writers, more=1)
                time.sleep(rng.uniform(SHORTEST, LONGEST))
                away.append(kill(workbench) * 1000)
            killing.until_told(writers, more=1)
    finally:
        workbench.stop()
    return _table(what, killing.tally(url, writers), away)


def _table(what: str, found: Tally, away: list[float]) -> Table:
    table = Table(f"`kill -9` of {what}, {len(away)} times under four reviewers")
    table.figure("labels acknowledged", found.n_acknowledged, unit="")
    table.figure("… of which are not there", found.n_lost, unit="", most=0)
    table.figure("labels stored twice", found.n_doubled, unit="", most=0)
    table.figure("labels that nobody sent", found.n_strange, unit="", most=0)
    table.figure("sentences that more reviewers have than need them", found.n_over, unit="", most=0)
    table.figure("faults that `workbench db check` finds", len(found.faults), unit="", most=0)
    table.figure("reviewers who were told anything else", len(found.broken), unit="", most=0)
    table.figure("requests that were cut off or refused for the moment", found.n_cut, unit="")
    table.figure("… labels stored by them, found again when sent again", found.n_resent, unit="")
    table.times("from the kill (PostgreSQL: from its return) to the first answer", away)
    table.notes += [*found.faults[:3], *found.broken[:3], load_average()]
    return table
