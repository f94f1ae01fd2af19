"""What every page asks for, with 1,000 and with 1,000,000 labels, on both databases."""

import time
from collections.abc import Iterator
from pathlib import Path

from db.engine import Engines, database_now, reading
from tests.bench import decided, fill, stage
from tests.bench.fill import Person
from tests.bench.looks import LOOKS, Look
from tests.bench.machine import load_average
from tests.bench.tables import Table, judged, number, quantile
from workbench.services import sessions

SMALL, LARGE = 1_000, 1_000_000
SHARES = (0.5, 0.3, 0.2)  # of the labels, by three people; a fourth has given none
ROUNDS = 7
MOST_MS = 1_000  # also where a page counts all there is
HEADERS = ("page", f"{SMALL:,}: p50", f"{LARGE:,}: p50", "p95", "to reach", "")


def tables() -> Iterator[Table]:
    """One table for each database."""
    with stage.folder() as home:
        yield _table("SQLite", stage.sqlite_url(home / "small"), stage.sqlite_url(home / "large"))
    with stage.postgres() as small, stage.postgres() as large:
        yield _table("PostgreSQL", small, large)


def _table(kind: str, small: str, large: str) -> Table:
    table = Table(f"Pages: {SMALL:,} and {LARGE:,} labels, {kind}", headers=HEADERS)
    places = [_filled(url, n) for url, n in ((small, SMALL), (large, LARGE))]
    for what, look in LOOKS.items():
        few, many = (_waits(pair, person, look) for pair, person in places)
        middle, most = quantile(many, 0.5), quantile(many, 0.95)
        figures = [f"{number(value)} ms" for value in (quantile(few, 0.5), middle, most)]
        verdict = judged(middle, most=MOST_MS)
        table.rows.append((what, *figures, f"p50 ≤ {MOST_MS:,} ms", verdict))
    for pair, _ in places:
        pair.dispose()
    table.notes.append(load_average())
    return table


def _filled(url: str, n: int) -> tuple[Engines, Person]:
    """As many sentences as labels; the first person has given half of the labels."""
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    pair = fill.open_empty(url)
    people = fill.people(pair, len(SHARES) + 1, role="manager")
    fill.articles(pair, n)
    with reading(pair) as session:
        now = database_now(session)
    for person, share in zip(people, SHARES, strict=False):
        many = int(n * share)
        decided.decisions(pair, person, many, first=now - many * decided.APART)
    fill.analyse(pair)
    return pair, people[0]


def _waits(pair: Engines, person: Person, look: Look) -> list[float]:
    waits = []
    for _ in range(ROUNDS):
        with reading(pair) as session:
            now = database_now(session)
            identity = sessions.lookup(session, cookie=person.cookie, now=now) or ""
            actor = sessions.signed_in(session, identity=identity, now=now)
            started = time.perf_counter()
            look(session, actor)
            waits.append((time.perf_counter() - started) * 1000)
    return waits
