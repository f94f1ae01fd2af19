"""Fifty quick presses through a reload and through a crash: stored once, in order, as shown."""

import pytest
from running import until

KEYS = [*"123450", *"112233445500", *"543210" * 6][:50]
LABELS = {
    "1": "claim",
    "2": "attribution",
    "3": "attribution claim",
    "4": "attribution claim dispute",
    "5": "claim dispute",
    "0": "none",
}
PACE = 22  # milliseconds a key is down: with the browser's own time about thirty presses a second

# What stood on the screen when a key went down, noted before the page itself hears of the key.
NOTES = """
let root = null;
const annotator = () => {
  if (root?.isConnected) return root;
  for (const { shadowRoot } of document.querySelectorAll("*")) {
    root = shadowRoot?.querySelector("[data-testid=annotator]") ?? root;
  }
  return root;
};
addEventListener("keydown", ({ key }) => {
  const shown = annotator()?.querySelector("[data-testid=sentence]");
  const notes = JSON.parse(sessionStorage.getItem("notes") ?? "[]");
  notes.push([key, annotator()?.dataset.sentence, shown?.textContent]);
  sessionStorage.setItem("notes", JSON.stringify(notes));
}, { capture: true });
"""


@pytest.fixture
def burst(annotator):
    """Presses keys as fast as a hurried reviewer."""
    annotator.visitor.before_every_page(NOTES)
    annotator.reload()

    def press(keys):
        for key in keys:
            annotator.page.keyboard.press(key, delay=PACE)

    return press


def check(annotator, installation):
    """Every press is one event, in order, on the sentence that was shown."""
    annotator.has_sent_all()
    notes = annotator.page.evaluate("JSON.parse(sessionStorage.getItem('notes'))")
    assert [key for key, _, _ in notes] == KEYS
    assert [installation.text(sentence) for _, sentence, _ in notes] == [note[2] for note in notes]
    stored = [(event.sentence, event.labels) for event in installation.events(annotator.name)]
    assert stored == [(sentence, LABELS[key]) for key, sentence, _ in notes]
    assert len(set(stored)) == len(KEYS)


def test_fifty_quick_presses_are_stored_as_shown(annotator, burst, installation):
    burst(KEYS)

    check(annotator, installation)


def test_a_reload_after_twenty_five_presses_loses_none(annotator, burst, installation):
    burst(KEYS[:25])
    annotator.reload()
    burst(KEYS[25:])

    check(annotator, installation)


def test_a_crash_of_the_server_after_twenty_presses_loses_none(annotator, burst, installation):
    annotator.visitor.may_lose_connections = True
    burst(KEYS[:20])
    installation.workbench.kill()
    burst(KEYS[20:])
    assert annotator.pending >= 30
    installation.workbench.start()
    until(installation.workbench.answers)

    check(annotator, installation)
