"""From the key to the next sentence on the screen, and to the label in the database."""

import random
import time
from collections.abc import Iterator

from playwright.sync_api import Browser

from tests.bench import browser, stage
from tests.bench.machine import load_average
from tests.bench.stage import Stage
from tests.bench.tables import Table

PRESSES = 60
CROWD = 20
CROWD_PAUSE = 2.0
KEYS = "123450"
SENTENCES = 10_000


def tables() -> Iterator[Table]:
    """One reviewer alone, then beside twenty."""
    with (
        stage.stage(n_sentences=SENTENCES, n_people=1 + CROWD) as place,
        browser.chrome() as chrome,
    ):
        yield _measured(place, chrome, "1 reviewer", most_painted=16)
        crowd = stage.load(place, place.people[1:], seconds=PRESSES + 30, pause=CROWD_PAUSE)
        time.sleep(CROWD_PAUSE + 1)
        table = _measured(place, chrome, f"1 reviewer beside {CROWD} others", most_painted=25)
        found = stage.measured(crowd)
        table.times(f"the {CROWD} others, a label every {CROWD_PAUSE:g} s: durable", found["waits"])
        table.figure("… faults", len(found["faults"]), unit="", n=len(found["waits"]), most=0)
        yield table


def _measured(place: Stage, chrome: Browser, who: str, *, most_painted: float) -> Table:
    context = browser.signed_in(chrome, place, place.people[0])
    page = browser.open_annotator(context, place)
    rng = random.Random(7)  # noqa: S311 - no secret
    for _ in range(5):  # the first presses compile what they run
        page.keyboard.press("1")
        time.sleep(0.3)
    before, started = place.cpu_ms(), time.perf_counter()
    for _ in range(PRESSES):
        page.keyboard.press(rng.choice(KEYS))
        time.sleep(rng.uniform(0.5, 1.0))
    browser.wait_until_stored(page)
    used, seconds = place.cpu_ms() - before, time.perf_counter() - started
    presses = browser.probed(page)["presses"][-PRESSES:]
    context.close()
    table = Table(f"The annotate loop: {who}, {PRESSES / seconds:.1f} keys a second")
    table.times("key → next sentence in the document", _all(presses, "dom"))
    table.times("key → next sentence painted", _all(presses, "painted"), most=most_painted)
    table.times("key → label durable on the server", _all(presses, "durable"), most=30)
    lost = sum(press["durable"] is None for press in presses)
    table.figure("presses without an effect", lost, unit="", n=PRESSES, most=0)
    share = used / seconds / 10
    table.figure("server, of one core", share, unit="%")
    if who == "1 reviewer":
        table.figure("server CPU a label", used / PRESSES, unit="ms", n=PRESSES, most=5)
    table.notes.append(f"SQLite. A frame is 16.7 ms. {load_average()}")
    return table


def _all(presses: list[dict[str, float]], what: str) -> list[float]:
    return [press[what] for press in presses if press[what] is not None]
