"""How long the server takes to answer, and how much memory it holds."""

import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import browser, fill, sockets, stage
from tests.bench.machine import load_average
from tests.bench.stage import Stage
from tests.bench.tables import Table
from tests.running import Workbench

RUNS = 5
SESSIONS = 20
SENTENCES = 10_000


def tables() -> Iterator[Table]:
    """Starts on a filled folder and on empty ones, then the memory of one server."""
    with stage.folder() as home:
        pair = fill.open_empty(stage.sqlite_url(home))
        people = fill.people(pair, 1 + SESSIONS)
        fill.articles(pair, SENTENCES)
        stage.close(pair)
        table = Table("Start: process started → first 200")
        filled = [_start(home) for _ in range(RUNS)]
        table.times(f"with {SENTENCES:,} sentences", filled, unit="s", most=3, of="p50")
        empty = [_start(home / f"empty-{i}") for i in range(RUNS)]
        table.times("empty folder: the database is made", empty, unit="s", most=5, of="p50")
        table.notes.append(f"Before each start the last server has ended. {load_average()}")
        yield table
        workbench = Workbench(home)
        place = Stage(workbench.start(), stage.sqlite_url(home), people)
        try:
            yield _memory(place)
        finally:
            workbench.stop()


def _start(home: Path) -> float:
    workbench = Workbench(home)
    started = time.perf_counter()
    workbench.start()
    while not workbench.answers():
        time.sleep(0.005)
    took = time.perf_counter() - started
    workbench.stop()
    return took


def _memory(place: Stage) -> Table:
    table = Table("Memory of the server, resident")
    time.sleep(3)  # what is done once in the background is done
    table.figure("idle, nobody has come", place.memory_mb(), unit="MB", most=200)
    with browser.chrome() as chrome:
        context = browser.signed_in(chrome, place, place.people[0])
        browser.open_annotator(context, place)
        context.close()
    before = place.memory_mb()
    table.figure("after the first page", before, unit="MB", most=200)
    with sockets.open_pages(place, place.people[1 : 1 + SESSIONS // 2]):
        some = place.memory_mb()
        with sockets.open_pages(place, place.people[1 + SESSIONS // 2 :]):
            all_open = place.memory_mb()
    each = (all_open - before) / SESSIONS
    table.figure("each further open page", each, unit="MB", n=SESSIONS, most=1)
    later = (all_open - some) / (SESSIONS - SESSIONS // 2)
    table.figure("… of the second half of them", later, unit="MB", n=SESSIONS // 2)
    table.notes.append(load_average())
    return table
