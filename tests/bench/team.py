"""A team at its usual pace, on sentences that are leased to it: two reviewers each."""

from collections.abc import Iterator

from tests.bench import stage
from tests.bench.machine import load_average
from tests.bench.stage import Stage
from tests.bench.tables import Table

PEOPLE = 50
PAUSE = 2.0
SECONDS = 60
SENTENCES = 10_000
OVERLAP = 2


def tables() -> Iterator[Table]:
    """SQLite first, then PostgreSQL."""
    asked = {"n_sentences": SENTENCES, "n_people": PEOPLE, "overlap": OVERLAP}
    with stage.stage(**asked) as place:
        yield _measured(place, "SQLite")
    with stage.postgres() as url, stage.stage(**asked, url=url) as place:
        yield _measured(place, "PostgreSQL")


def _measured(place: Stage, database: str) -> Table:
    before = place.cpu_ms()
    found = stage.measured(stage.load(place, place.people, seconds=SECONDS, pause=PAUSE))
    used, n = place.cpu_ms() - before, len(found["waits"])
    table = Table(
        f"A team on {database}: {PEOPLE} reviewers, one label every {PAUSE:g} s for {SECONDS} s, "
        f"overlap {OVERLAP}"
    )
    table.times("key → label durable on the server", found["waits"], most=100)
    table.figure("labels a second", n / found["seconds"], unit="/s", n=n)
    table.figure("server CPU a label, leases and windows too", used / max(n, 1), unit="ms", most=5)
    table.figure("server, of one core", used / found["seconds"] / 10, unit="%")
    table.figure("faults", len(found["faults"]), unit="", n=n, most=0)
    table.notes.append(f"Each holds up to 40 sentences. {load_average()}")
    table.notes.extend(found["faults"][:3])
    return table
