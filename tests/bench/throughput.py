"""How many labels a second, and how long each takes until it is durable."""

from collections.abc import Iterator

from tests.bench import stage
from tests.bench.machine import load_average
from tests.bench.stage import Stage
from tests.bench.tables import Table

SECONDS = 10
CROWD = 20
SENTENCES = 10_000


def tables() -> Iterator[Table]:
    """SQLite first, then PostgreSQL."""
    with stage.stage(n_sentences=SENTENCES, n_people=1 + CROWD) as place:
        yield _measured(place, "SQLite")
    with (
        stage.postgres() as url,
        stage.stage(n_sentences=SENTENCES, n_people=1 + CROWD, url=url) as place,
    ):
        yield _measured(place, "PostgreSQL")


def _measured(place: Stage, database: str) -> Table:
    table = Table(f"Throughput on {database}: POST /api/ops, one label a request")
    stage.measured(stage.load(place, place.people, seconds=2))  # warm, connections open
    _row(table, place, n_people=1, what="1 reviewer, one after the other", most=30)
    _row(table, place, n_people=CROWD, what=f"{CROWD} reviewers, as fast as they can", most=100)
    table.notes.append(
        "Each waits for the answer, which comes after COMMIT, and asks for more sentences as "
        f"often as the annotator does. {load_average()}"
    )
    return table


def _row(table: Table, place: Stage, *, n_people: int, what: str, most: float) -> None:
    before = place.cpu_ms()
    found = stage.measured(stage.load(place, place.people[-n_people:], seconds=SECONDS))
    used = place.cpu_ms() - before
    n, is_crowd = len(found["waits"]), n_people > 1
    table.times(f"{what}: durable", found["waits"], most=most)
    rate = n / found["seconds"]
    table.figure("… labels a second", rate, unit="/s", n=n, least=200 if is_crowd else None)
    table.figure("… server CPU a label", used / max(n, 1), unit="ms", n=n, most=5)
    table.figure("… faults", len(found["faults"]), unit="", n=n, most=0)
    if is_crowd:
        fair = max(found["each"]) / max(1, min(found["each"]))
        table.figure("… most labels of one reviewer / least", fair, unit="", n=n_people)
        share = found["cpu"] * 100 / found["seconds"]
        table.figure("… load generator, of one core", share, unit="%")
    table.notes.extend(found["faults"][:3])
