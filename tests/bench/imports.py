"""Import of 4,000 raw articles, of as many that are split and labelled, and splitting alone."""

import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import commands, decided, fill, prose, stage
from tests.bench.machine import load_average
from tests.bench.tables import Table
from workbench.text import decoding, segmenting

ARTICLES = 4_000
RUNS = 2


def tables() -> Iterator[Table]:
    """Twice into an empty database each, then the splitting alone, then a second time the same."""
    table = Table(f"Import: {ARTICLES:,} raw articles, {ARTICLES * prose.SENTENCES:,} sentences")
    with stage.folder() as home:
        texts = home / "articles"
        texts.mkdir()
        for name, text in prose.raw_articles(ARTICLES):
            (texts / name).write_text(text, encoding="utf-8")
        took = []
        for i in range(RUNS):
            place = home / f"data-{i}"
            place.mkdir()
            took.append(commands.run(place, "import", str(texts)))
        best = min(took, key=lambda each: each.seconds)
        name = f"`workbench import FOLDER`, best of {RUNS}"
        table.figure(name, best.seconds, unit="s", n=RUNS, most=20)
        table.figure("… of it processor time", best.cpu_seconds, unit="s")
        table.figure("… sentences a second", ARTICLES * prose.SENTENCES / best.seconds, unit="/s")
        table.figure("… peak memory", best.peak_mb, unit="MB")
        again = commands.run(place, "import", str(texts))
        table.figure("the same again: all there already", again.seconds, unit="s")
        _split_already(table, home)
    started = time.process_time()
    n = sum(_n_segments(text.encode()) for _, text in prose.raw_articles(ARTICLES))
    alone = time.process_time() - started
    table.figure("decoding and splitting alone, processor time", alone, unit="s")
    table.notes.append(f"{n:,} segments with bylines and headlines. {load_average()}")
    yield table


def _split_already(table: Table, home: Path) -> None:
    """Our own export comes back, every sentence labelled: no text is split, all is stored."""
    source = home / "source"
    source.mkdir()
    pair = fill.open_empty(stage.sqlite_url(source))
    (person,) = fill.people(pair, 1)
    n = ARTICLES * prose.SENTENCES
    fill.articles(pair, n)
    decided.decisions(pair, person, n)
    stage.close(pair)
    file = home / "labelled.jsonl"
    commands.run(source, "export", "--format", "jsonl", "--out", str(file))
    took = []
    for i in range(RUNS):
        place = home / f"back-{i}"
        place.mkdir()
        took.append(commands.run(place, "import", str(file)))
    best = min(took, key=lambda each: each.seconds)
    name = f"{n:,} sentences split and labelled already: our own JSONL, best of {RUNS}"
    table.figure(name, best.seconds, unit="s", n=RUNS, most=10)
    table.figure("… peak memory", best.peak_mb, unit="MB")


def _n_segments(raw: bytes) -> int:
    return len(segmenting.segment(decoding.decode(raw).text))
