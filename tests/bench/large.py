"""Large imports: one file of a million records, an archive of ten thousand pages; memory flat."""

import random
import time
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import orjson

from tests.bench import commands, prose, segmenting, stage
from tests.bench.commands import Finished
from tests.bench.machine import load_average
from tests.bench.tables import Table

FEW_ROWS, ROWS = 100_000, 1_000_000
FEW_PAGES, PAGES = 1_000, 10_000
TEXTS = 400
MOST_GROWTH = 1.3


def tables() -> Iterator[Table]:
    """The splitter beside its bare engine, then both imports, each beside a tenth of it."""
    yield _splitting()
    with stage.folder() as home:
        yield _imports(home, "one JSONL, rows", rows_file, few=FEW_ROWS, many=ROWS)
        yield _imports(home, "one ZIP, HTML pages", pages_file, few=FEW_PAGES, many=PAGES)


def _splitting() -> Table:
    table = Table(f"Splitting: {TEXTS} articles of {prose.SENTENCES} sentences, processor time")
    texts = [prose.raw_article(seed) for seed in range(TEXTS)]
    names = ("`workbench.text`, kinds and repairs included", "the bare engine")
    for name, cutter in zip(names, (segmenting.ours, segmenting.bare), strict=True):
        cutter(texts[0], "en")  # the model is loaded by the first text
        started = time.process_time()
        n = sum(len(cutter(text, "en")) for text in texts)
        speed = n / (time.process_time() - started)
        table.figure(f"{name}: sentences a second", speed, unit="/s", n=n)
    table.notes.append(load_average())
    return table


def _imports(
    home: Path, what: str, write: Callable[[Path, int], Path], *, few: int, many: int
) -> Table:
    table = Table(f"Import by command: {what}")
    took: dict[int, Finished] = {}
    for n in (few, many):
        place = home / f"{write.__name__}-{n}"
        place.mkdir()
        took[n] = commands.run(place, "import", str(write(place, n)))
        table.figure(f"{n:,}, clusters included", took[n].seconds, unit="s", n=n)
        table.figure("… of it processor time", took[n].cpu_seconds, unit="s", n=n)
        table.figure("… records a second", n / took[n].seconds, unit="/s", n=n)
        table.figure("… peak memory of the command", took[n].peak_mb, unit="MB", n=n)
        table.notes.append(f"{n:,}: {load_average()}")
    growth = took[many].peak_mb / took[few].peak_mb
    table.figure(f"memory against {few:,}", growth, unit="times", most=MOST_GROWTH)
    slower = took[many].cpu_seconds / took[few].cpu_seconds / (many / few)
    table.figure("processor time a record against the few", slower, unit="times", most=1.5)
    return table


def rows_file(folder: Path, n: int) -> Path:
    """A JSONL with a sentence a row."""
    rng = random.Random(3)  # noqa: S311 - no secret, the same rows each time
    path = folder / "rows.jsonl"
    with path.open("wb") as file:
        for number in range(n):
            row = {"id": number, "text": prose.sentence(rng), "outlet": "The Bench Courier"}
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
    return path


def pages_file(folder: Path, n: int) -> Path:
    """A ZIP of web pages with a menu, an article of five sentences and a footer each."""
    path = folder / "pages.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(n):
            archive.writestr(f"pages/{number:05}.html", page(number))
    return path


def page(number: int) -> str:
    """A web page; the same number gives the same page."""
    rng = random.Random(number)  # noqa: S311 - no secret, the same page each time
    title = escape(f"{rng.choice(prose.THINGS).title()} near {rng.choice(prose.PLACES)} {number}")
    body = "".join(f"<p>{escape(prose.sentence(rng))}</p>" for _ in range(5))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        "<body><nav><a href='/'>Home</a> <a href='/world'>World</a></nav>"
        f"<article><h1>{title}</h1>{body}</article><footer>All rights reserved.</footer></body>"
        "</html>"
    )
