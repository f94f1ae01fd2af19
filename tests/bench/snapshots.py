"""A million labelled sentences out of the database, while a reviewer goes on labelling."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench import commands, decided, fill, stage
from tests.bench.commands import Finished
from tests.bench.machine import load_average
from tests.bench.stage import Stage
from tests.bench.tables import Table
from tests.running import Workbench

FEW, MANY = 100_000, 1_000_000
FORMATS = ("jsonl", "csv", "parquet")
PAUSE = 0.5  # seconds between two labels of the reviewer beside
QUIET = 30  # seconds of the reviewer alone
MOST_WAIT = 30  # ms, p95: what a label may take beside anything
LONGEST = 900


def tables(many: int = MANY) -> Iterator[Table]:
    """Exports, a snapshot and its verification, each with a reviewer at work beside it."""
    table = Table(f"Training sets: {many:,} labelled sentences by command")
    beside = Table("A reviewer beside them, a label every half second: POST to durable")
    with stage.folder() as home:
        few = _stage(home / "few", many * FEW // MANY)
        few.workbench.stop()
        place = _stage(home / "many", many)
        beside.times("alone", _waits(place, seconds=QUIET), most=MOST_WAIT)
        for words in _commands(home):
            name = " ".join(words[:3])
            small = commands.run(few.workbench.home, *_out(words, home / "few.out"))
            took, waits = _with_reviewer(place, *_out(words, home / "many.out"))
            _rows(table, name, took, small, many)
            beside.times(f"beside `workbench {name}`", waits, most=MOST_WAIT)
        place.workbench.stop()
    table.notes.append(f"Memory against {many * FEW // MANY:,} sentences. {load_average()}")
    yield from (table, beside)


def _commands(home: Path) -> list[tuple[str, ...]]:
    return [
        *(("export", "--format", fmt, "--out", "OUT") for fmt in FORMATS),
        ("snapshot", "create", "--out", "OUT"),
        ("snapshot", "verify", "1"),
    ]


def _out(words: tuple[str, ...], out: Path) -> list[str]:
    return [str(out) + words[1] + words[2] if word == "OUT" else word for word in words]


def _stage(home: Path, n: int) -> Stage:
    home.mkdir()
    url = stage.sqlite_url(home)
    pair = fill.open_empty(url)
    people = fill.people(pair, 2)
    fill.articles(pair, n)
    decided.decisions(pair, people[0], n)
    stage.close(pair)
    return Stage(Workbench(home).start(), url, people[1:])


def _waits(place: Stage, *, seconds: float) -> list[float]:
    found = stage.measured(stage.load(place, place.people, seconds=seconds, pause=PAUSE))
    assert not found["faults"], found["faults"][:2]
    waits: list[float] = found["waits"]
    return waits


def _with_reviewer(place: Stage, *words: str) -> tuple[Finished, list[float]]:
    """Run a command while the reviewer works, and no longer."""
    sign = place.workbench.home / "running"
    sign.touch()
    asked = {"seconds": LONGEST, "pause": PAUSE, "sign": str(sign)}
    load = stage.load(place, place.people, **asked)
    took = commands.run(place.workbench.home, *words)
    sign.unlink()
    found = stage.measured(load)
    assert not found["faults"], found["faults"][:2]
    waits: list[float] = found["waits"]
    return took, waits


def _rows(table: Table, name: str, took: Finished, small: Finished, many: int) -> None:
    table.figure(f"`workbench {name}`", took.seconds, unit="s")
    table.figure("… sentences a second", many / took.seconds, unit="")
    table.figure("… peak memory", took.peak_mb, unit="MB")
    table.figure("… against a tenth of them", took.peak_mb / small.peak_mb, unit="times")
