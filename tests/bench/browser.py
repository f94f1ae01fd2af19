"""A real Chromium with signed-in people, and a probe that times what it shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import chromium
from tests.bench.fill import Person
from tests.bench.stage import Stage

PATIENCE_MS = 30_000
ROOT = "[data-testid=annotator]"
SENTENCE = "[data-testid=sentence]"

# Runs on the annotator's root. `dom` is when the next sentence stood in the document, `painted` the
# first task after the frame that shows it, `durable` when nothing waited for an answer any more:
# each counted from the moment the browser says the key was pressed.
PROBE = """
(root) => {
  const probe = { presses: [], sentences: [root.dataset.sentence] };
  globalThis.benchProbe = probe;
  let last = null;
  addEventListener("keydown", (event) => {
    last = { key: event.key, at: event.timeStamp, dom: null, painted: null, durable: null };
    probe.presses.push(last);
  }, { capture: true });
  const afterPaint = (press) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { press.painted = performance.now() - press.at; };
    channel.port2.postMessage(0);
  });
  new MutationObserver((changes) => {
    for (const { attributeName } of changes) {
      if (attributeName === "data-sentence" && probe.sentences.at(-1) !== root.dataset.sentence) {
        probe.sentences.push(root.dataset.sentence);
        if (last && last.dom === null) {
          last.dom = performance.now() - last.at;
          afterPaint(last);
        }
      }
      const isStored = attributeName === "data-pending" && root.dataset.pending === "0";
      if (isStored && last && last.dom !== null && last.durable === null) {
        last.durable = performance.now() - last.at;
      }
    }
  }).observe(root, { attributes: true, attributeFilter: ["data-sentence", "data-pending"] });
}
"""

# Runs before the page does: notes when the sentence was first painted, counted from the navigation.
# Playwright's own waiting looks twice a second, which is too coarse.
FIRST_SENTENCE = """
(() => {
  const roots = [];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    roots.push(root);
    return root;
  };
  const look = () => {
    const found = roots.map((root) => root.querySelector("[data-testid=sentence]"));
    if (!found.some((element) => element?.getBoundingClientRect().height)) {
      return requestAnimationFrame(look);
    }
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { globalThis.benchVisible = performance.now(); };
    channel.port2.postMessage(0);
  };
  requestAnimationFrame(look);
})();
"""


@contextmanager
def chrome() -> Iterator[Browser]:
    """A browser that is closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.found(), args=list(chromium.ARGUMENTS)
        )
        yield browser
        browser.close()


def signed_in(browser: Browser, place: Stage, person: Person) -> BrowserContext:
    """A fresh profile with the person's cookie."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(FIRST_SENTENCE)
    cookie: Any = {"name": "workbench", "value": person.cookie, "url": place.workbench.url}
    context.add_cookies([cookie])
    return context


def open_annotator(context: BrowserContext, place: Stage) -> Page:
    """The annotate page with its first sentence on the screen, and the probe set."""
    page = context.new_page()
    page.goto(place.workbench.url)
    show(page)
    return page


def show(page: Page) -> None:
    """Wait for the first sentence, and set the probe."""
    page.locator(SENTENCE).first.wait_for()
    page.locator(ROOT).evaluate(PROBE)


def probed(page: Page) -> dict[str, Any]:
    """What the probe has seen so far."""
    found: dict[str, Any] = page.evaluate("globalThis.benchProbe")
    return found


def wait_until_stored(page: Page) -> None:
    """Wait until the server has answered for everything."""
    page.locator(f"{ROOT}[data-pending='0']").wait_for()
