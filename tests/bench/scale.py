"""The same request with 1,000 and with 1,000,000 sentences in the database."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from db.engine import Engines, Session, database_now, reading, transaction
from tests.bench import decided, fill, stage
from tests.bench.fill import Person
from tests.bench.machine import load_average
from tests.bench.stage import Stage
from tests.bench.tables import Table, judged, number, quantile
from tests.running import Workbench
from workbench.services import articles, opening, sessions
from workbench.services.permissions import Actor

SMALL, LARGE = 1_000, 1_000_000
DONE = {SMALL: 500, LARGE: 500_000}
LABELS, LEFT = 200, 40
LOOKS = 100
MOST_RATIO = 1.5  # the same but for noise: two runs of the same thing differ by as much
HEADERS = ("what", "n", f"{SMALL:,}: p50", "p95", f"{LARGE:,}: p50", "p95", "p50 ratio", "")


def tables() -> Iterator[Table]:
    """SQLite first, then PostgreSQL; of each a small and a large database, turn by turn."""
    with stage.folder() as home:
        yield _measured("SQLite", home, [stage.sqlite_url(home / str(n)) for n in DONE])
    with stage.folder() as home, stage.postgres() as small, stage.postgres() as large:
        yield _measured("PostgreSQL", home, [small, large])


def _measured(database: str, home: Path, urls: list[str]) -> Table:
    small, large = (_filled(home / str(n), url, n) for n, url in zip(DONE, urls, strict=True))
    table = Table(
        f"Scale on {database}: {SMALL:,} and {LARGE:,} sentences, half of them done by this "
        "reviewer",
        headers=HEADERS,
    )
    for what, measure in MEASURES.items():
        pair = [measure(each) for each in (small, large, small, large)]
        _row(table, what, pair[0] + pair[2], pair[1] + pair[3])
    took = [_leased(each) for each in (small, large)]
    for what, measure in LEASED.items():
        pair = [measure(each) for each in (small, large, small, large)]
        _row(table, f"leased: {what}", pair[0] + pair[2], pair[1] + pair[3])
    _row(table, "leased: the change of the overlap itself", took[:1], took[1:])
    for each in (small, large):
        each.workbench.stop()
    starts = [_start(each) for each in (small, large, small, large)]
    _row(
        table,
        "the start of the server (on SQLite it looks over all pages)",
        starts[::2],
        starts[1::2],
    )
    for each in (small, large):
        fill.engines(each.url).dispose()
    table.notes.append(f"Measured in turns: small, large, small, large. {load_average()}")
    return table


def _filled(home: Path, url: str, n: int) -> Stage:
    home.mkdir()
    pair = fill.open_empty(url)
    people = fill.people(pair, 1, role="manager")
    fill.articles(pair, n)
    decided.decisions(pair, people[0], DONE[n])
    fill.analyse(pair)
    stage.close(pair)
    workbench = Workbench(home, settings={"WORKBENCH_DATABASE_URL": url})
    return Stage(workbench.start(), url, people)


def _leased(place: Stage) -> float:
    """From here on each sentence needs two reviewers: what is done needs a second one."""
    pair = fill.engines(place.url)
    started = time.perf_counter()
    stage.lease_out(pair, overlap=2)
    return (time.perf_counter() - started) * 1000


def _start(place: Stage) -> float:
    started = time.perf_counter()
    place.workbench.start()
    took = (time.perf_counter() - started) * 1000
    place.workbench.stop()
    return took


def _labels(most: int) -> Callable[[Stage], list[float]]:
    def measure(place: Stage) -> list[float]:
        found = stage.measured(stage.load(place, place.people, seconds=60, most=most))
        assert not found["faults"], found["faults"][:2]
        waits: list[float] = found["waits"]
        return waits

    return measure


def _looks(look: Callable[[Engines, Person], object]) -> Callable[[Stage], list[float]]:
    def measure(place: Stage) -> list[float]:
        pair = fill.engines(place.url)
        waits = []
        for _ in range(LOOKS):
            started = time.perf_counter()
            look(pair, place.people[0])
            waits.append((time.perf_counter() - started) * 1000)
        return waits

    return measure


def _window(place: Stage) -> list[float]:
    found = stage.measured(stage.load(place, place.people, seconds=60, windows=LOOKS))
    waits: list[float] = found["waits"]
    return waits


def _mount(pair: Engines, person: Person) -> None:
    with reading(pair) as session:
        actor, now = _signed_in(session, person), database_now(session)
        opening.mount_data(session, actor=actor, slug=fill.SLUG, start=None, now=now)


def _lease_and_mount(pair: Engines, person: Person) -> None:
    with transaction(pair) as session:
        actor, now = _signed_in(session, person), database_now(session)
        opening.lease(session, actor=actor, slug=fill.SLUG, start=None, now=now)
    _mount(pair, person)


def _article_list(order: str) -> Callable[[Engines, Person], None]:
    def look(pair: Engines, person: Person) -> None:
        with reading(pair) as session:
            actor = _signed_in(session, person)
            articles.listing(session, actor=actor, slug=fill.SLUG, order=order)

    return look


def _signed_in(session: Session, person: Person) -> Actor:
    now = database_now(session)
    identity = sessions.lookup(session, cookie=person.cookie, now=now)
    return sessions.signed_in(session, identity=identity or "", now=now)


def _row(table: Table, what: str, small: list[float], large: list[float]) -> None:
    ratio = quantile(large, 0.5) / quantile(small, 0.5)
    figures = [f"{number(quantile(v, q))} ms" for v in (small, large) for q in (0.5, 0.95)]
    is_loop = not what.startswith(
        ("the list", "the start", "leased: the change")
    )  # the others have no number to reach
    verdict = judged(ratio, most=MOST_RATIO) if is_loop else ""
    table.rows.append((what, str(len(small)), *figures, number(ratio), verdict))


MEASURES: dict[str, Callable[[Stage], list[float]]] = {
    "a label: POST /api/ops, durable": _labels(LABELS),
    "a window of 40 with its articles: POST /api/ops": _window,
    "what the annotate page is opened with": _looks(_mount),
    "the list of articles, newest first": _looks(_article_list("newest")),
    "the list of articles, by title": _looks(_article_list("title")),
}
LEASED: dict[str, Callable[[Stage], list[float]]] = {
    "a window of 40 with its articles: POST /api/ops": _window,
    "what the annotate page is opened with": _looks(_lease_and_mount),
    "a label: POST /api/ops, durable": _labels(LEFT),  # of what is open, most is done by now
}
