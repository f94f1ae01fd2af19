"""Fifty presses at thirty a second, alone, with a reload, and with the server killed."""

import random
import time
from collections.abc import Iterator

import sqlalchemy as sa
from playwright.sync_api import Browser, Page

from db.engine import engines, reading
from db.models import AnnotationEvent, Article, Sentence
from db.models.naming import table as table_of
from tests.bench import browser, stage
from tests.bench.fill import Person
from tests.bench.machine import load_average
from tests.bench.stage import Stage
from tests.bench.tables import MISSED, REACHED, Table
from workbench import defaults
from workbench.services.decisions import sentence_id

PRESSES = 50
PAUSE = 1 / 30
RELOAD_AFTER, KILL_AFTER, RESTART_AFTER = 25, 20, 3.0
KEYS = "123450"
HEADERS = ("fault", "keys a second", "stored", "sentences", "as pressed, in order", "to reach", "")


def tables() -> Iterator[Table]:
    """Each with its own reviewer on the same server."""
    table = Table(f"Bursts: {PRESSES} presses at 30 a second", headers=HEADERS)
    with (
        stage.stage(n_sentences=10_000, n_people=3) as place,
        browser.chrome() as chrome,
    ):
        for person, (name, fault) in zip(place.people, FAULTS.items(), strict=True):
            table.rows.append(_burst(place, chrome, person, name, fault))
    table.notes.append(
        "As pressed: the i-th stored decision is on the sentence that was on the screen at the "
        f"i-th press, with the labels of that key. {load_average()}"
    )
    yield table


def _burst(
    place: Stage, chrome: Browser, person: Person, name: str, fault: int | None
) -> tuple[str, ...]:
    context = browser.signed_in(chrome, place, person)
    page = browser.open_annotator(context, place)
    rng = random.Random(name)  # noqa: S311 - no secret
    pressed: list[tuple[str, str]] = []
    seconds = 0.0
    for i in range(PRESSES):
        if i == fault and name == RELOAD:
            page.reload()
            browser.show(page)
        if i == fault and name == KILL:
            place.workbench.kill()
            killed = time.perf_counter()
        seconds += _press(page, rng.choice(KEYS), pressed)
    if name == KILL:
        time.sleep(max(0.0, killed + RESTART_AFTER - time.perf_counter()))
        place.workbench.start()
    browser.wait_until_stored(page)
    context.close()
    return _row(name, PRESSES / seconds, pressed, _stored(place, person))


def _press(page: Page, key: str, pressed: list[tuple[str, str]]) -> float:
    started = time.perf_counter()
    sentence = page.locator(browser.ROOT).get_attribute("data-sentence") or ""
    page.keyboard.press(key)
    pressed.append((sentence, key))
    time.sleep(max(0.0, started + PAUSE - time.perf_counter()))
    return time.perf_counter() - started


def _stored(place: Stage, person: Person) -> list[tuple[str, list[str]]]:
    event, sentence, article = (table_of(each) for each in (AnnotationEvent, Sentence, Article))
    statement = (
        sa.select(article.c.public_id, sentence.c.start, sentence.c.end, event.c.new)
        .join(sentence, sentence.c.id == event.c.sentence_id)
        .join(article, article.c.id == sentence.c.article_id)
        .where(event.c.reviewer_id == person.account_id)
        .order_by(event.c.id)
    )
    with reading(engines(place.url)) as session:
        rows = session.connection().execute(statement).all()
    return [(sentence_id(*row[:3]), sorted(row[3]["labels"])) for row in rows]


def _row(
    name: str, rate: float, pressed: list[tuple[str, str]], stored: list[tuple[str, list[str]]]
) -> tuple[str, ...]:
    presets = {preset.key: sorted(preset.labels) for preset in defaults.label_set().presets}
    meant = [(sentence, presets.get(key, [])) for sentence, key in pressed]
    right = sum(a == b for a, b in zip(meant, stored, strict=False))
    n_sentences = len({sentence for sentence, _ in stored})
    is_right = right == len(stored) == n_sentences == PRESSES
    figures = (f"{rate:.0f}", str(len(stored)), str(n_sentences), str(right))
    return (name, *figures, f"{PRESSES} of {PRESSES}", REACHED if is_right else MISSED)


RELOAD = f"the page is reloaded after {RELOAD_AFTER}"
KILL = f"`kill -9` after {KILL_AFTER}, started again {RESTART_AFTER:g} s later"
FAULTS = {"none": None, RELOAD: RELOAD_AFTER, KILL: KILL_AFTER}
