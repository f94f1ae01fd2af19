"""Export of 100,000 labelled sentences, and of 10,000: the memory must not grow with them."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench import commands, decided, fill, stage
from tests.bench.commands import Finished
from tests.bench.machine import load_average
from tests.bench.tables import Table

FEW, MANY = 10_000, 100_000
RUNS = 3
MOST_GROWTH = 1.2


def tables() -> Iterator[Table]:
    """JSONL and CSV, each from both databases in turn."""
    table = Table(f"Export: {MANY:,} labelled sentences by command")
    with stage.folder() as home:
        places = {n: _filled(home / str(n), n) for n in (FEW, MANY)}
        bare = min(_help(home).seconds for _ in range(RUNS))
        for fmt in ("jsonl", "csv"):
            took = {n: [_export(places[n], fmt) for _ in range(RUNS)] for n in (FEW, MANY)}
            best = min(took[MANY], key=lambda each: each.seconds)
            name = f"`workbench export --format {fmt}`, best of {RUNS}"
            table.figure(name, best.seconds, unit="s", n=RUNS, most=1.0)
            table.figure("… without the start of the command", best.seconds - bare, unit="s")
            table.figure("… peak memory", best.peak_mb, unit="MB")
            growth = best.peak_mb / took[FEW][0].peak_mb
            table.figure(f"… against {FEW:,} sentences", growth, unit="times", most=MOST_GROWTH)
    table.notes.append(f"Starting a command alone takes {bare:.2f} s of it. {load_average()}")
    yield table


def _filled(home: Path, n: int) -> Path:
    home.mkdir()
    pair = fill.open_empty(stage.sqlite_url(home))
    fill.articles(pair, n)
    decided.decisions(pair, fill.people(pair, 1)[0], n)
    stage.close(pair)
    return home


def _export(home: Path, fmt: str) -> Finished:
    out = home / f"out.{fmt}"
    took = commands.run(home, "export", "--format", fmt, "--out", str(out))
    assert sum(1 for _ in out.open("rb")) >= FEW
    return took


def _help(home: Path) -> Finished:
    return commands.run(home, "export", "--help")
