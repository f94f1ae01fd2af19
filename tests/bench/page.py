"""From the address to the first sentence: a cold browser, a warm one, and what crosses the wire."""

from collections.abc import Iterator

from playwright.sync_api import Browser, Page

from tests.bench import browser, stage
from tests.bench.machine import load_average
from tests.bench.stage import Stage
from tests.bench.tables import Table

RUNS = 9


def tables() -> Iterator[Table]:
    """Each time a new profile; the second visit is in the same one."""
    table = Table("The annotate page: address → first sentence visible")
    cold, warm, sizes = [], [], []
    with (
        stage.stage(n_sentences=10_000, n_people=1) as place,
        browser.chrome() as chrome,
    ):
        _visit_twice(place, chrome)  # the server's first page; the browser's own start
        for _ in range(RUNS):
            first, second, size = _visit_twice(place, chrome)
            cold.append(first)
            warm.append(second)
            sizes.append(size)
    table.times("cold: a new profile", cold, most=1500, of="p50")
    table.times("warm: the second visit", warm, most=700, of="p50")
    table.times("over the wire, cold", [each[0] for each in sizes], unit="MB", most=1.2, of="p50")
    table.times("over the wire, warm", [each[1] for each in sizes], unit="MB")
    table.times("requests, cold", [each[2] for each in sizes], unit="")
    table.notes.append(
        f"The p95 of {RUNS} is the longest. Bytes are encoded bodies and headers of every request, "
        f"and WebSocket frames before compression. {load_average()}"
    )
    yield table


def _visit_twice(place: Stage, chrome: Browser) -> tuple[float, float, tuple[float, float, int]]:
    context = browser.signed_in(chrome, place, place.people[0])
    page = context.new_page()
    wire = _Wire(page)
    first = _visit(page, place)
    cold_mb, n_requests = wire.take()
    second = _visit(page, place)
    both_mb, _ = wire.take()
    context.close()
    return first, second, (cold_mb, both_mb - cold_mb, n_requests)


def _visit(page: Page, place: Stage) -> float:
    page.goto("about:blank")
    page.goto(place.workbench.url, wait_until="commit")
    page.locator(browser.SENTENCE).first.wait_for()
    page.wait_for_load_state("networkidle")
    took: float = page.evaluate("globalThis.benchVisible")
    return took


class _Wire:
    """Counts what a page receives."""

    def __init__(self, page: Page) -> None:
        self.bytes = self.requests = 0
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on("Network.loadingFinished", self._loaded)
        devtools.on("Network.webSocketFrameReceived", self._frame)

    def _loaded(self, event: dict) -> None:
        self.bytes += int(event["encodedDataLength"])
        self.requests += 1

    def _frame(self, event: dict) -> None:
        text = event["response"]["payloadData"]
        self.bytes += len(text) * 3 // 4 if event["response"]["opcode"] == 2 else len(text)

    def take(self) -> tuple[float, int]:
        """Megabytes and requests so far."""
        return self.bytes / 1e6, self.requests
