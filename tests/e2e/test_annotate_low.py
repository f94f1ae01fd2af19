"""However low or narrow the window, one sees what one decides, and reaches every button."""

import pytest
from playwright.sync_api import expect
from running import until

from tests.e2e.annotator_page import AnnotatorPage
from tests.e2e.test_annotate_quotations import TEXT

# Desks, phones either way up, and what is left of a window at 200 and 400 %.
SIZES = [(1440, 900), (390, 844), (320, 568), (844, 390), (720, 450), (640, 360)]
SIZES += [(512, 384), (360, 225), (320, 256)]
# Whether a point of the sentence's first line is what a click there would hit.
IS_SEEN = """(sentence) => {
  const [{ left, top, width, height }] = sentence.getClientRects();
  const [x, y] = [left + Math.min(width, 120) / 2, top + height / 2];
  return sentence.contains(sentence.getRootNode().elementFromPoint(x, y));
}"""
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
FRAMES = 20  # within which everything has found its place
SCROLLED = "(root) => root.querySelector('.scroller:not(.is-waiting)').scrollTop"
SCROLLS = "(part) => part.scrollHeight > part.clientHeight + 1"
LONG = f"The crews and the port talked on Monday, {'and nobody slept, ' * 120}until noon."


def hidden_at(annotator):
    """At which sizes the sentence that a key would decide cannot be seen."""
    found = []
    for width, height in SIZES:
        annotator.page.set_viewport_size({"width": width, "height": height})
        if not is_seen(annotator):
            found.append((width, height))
    return found


def is_seen(annotator):
    """Whether the sentence can be seen once the window has its new size."""
    sentence = annotator.page.get_by_test_id("sentence")
    for _ in range(FRAMES):
        annotator.page.evaluate(PAINTED)
        if sentence.evaluate(IS_SEEN):
            return True
    return False


@pytest.fixture
def quoted(sign_in, installation):
    """A new reviewer at a sentence under which a quotation and a labelled copy are told of."""
    slug = installation.create_another("low")
    installation.bring(slug, {"quay.txt": TEXT, "pier.txt": f"The pier in the evening\n\n{TEXT}"})
    annotator = AnnotatorPage(sign_in(project=slug), installation).ready()
    annotator.press(*"1111111")
    annotator.has_sent_all()
    # What is read out says the same a moment later, further down.
    expect(annotator.reload().root.get_by_text("Give the same").first).to_be_visible()
    expect(annotator.root.get_by_text("Who speaks:").first).to_be_visible()
    return annotator


def test_the_sentence_is_seen_in_every_window_with_a_sheet_open_or_none(annotator):
    annotator.press("1", "1", "1")
    hidden = {"none": hidden_at(annotator)}
    for key in "smg":
        annotator.press(key)
        hidden[key] = hidden_at(annotator)
        annotator.press("Escape")

    assert hidden == {"none": [], "s": [], "m": [], "g": []}


def test_bars_at_the_foot_of_the_article_leave_the_sentence_free(quoted):
    assert hidden_at(quoted) == []


def test_conflicts_leave_the_sentence_free(annotator, sign_in, installation):
    second = AnnotatorPage(sign_in(annotator.name), installation).ready()
    annotator.press("1", "1", "1")
    annotator.has_sent_all()
    second.press("2", "2", "2")
    expect(second.cards).to_have_count(3)

    assert hidden_at(second) == []
    second.page.set_viewport_size({"width": 360, "height": 225})
    last = second.cards.last.get_by_role("button", name="Use mine")
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=1)
    # The cards are not a window of their own of a line or two: the page scrolls past them.
    assert not second.root.get_by_role("region", name="Decisions that need you").evaluate(SCROLLS)


def test_in_a_low_window_the_page_scrolls_to_every_button_and_back_to_the_next_sentence(annotator):
    annotator.page.set_viewport_size({"width": 320, "height": 256})
    for name in ("All keys", "Claim", "Save"):
        annotator.button(name).scroll_into_view_if_needed()
        expect(annotator.button(name)).to_be_in_viewport(ratio=0.9)
    annotator.button("Save").click()

    expect(annotator.page.get_by_test_id("sentence")).to_be_in_viewport()
    assert is_seen(annotator)


def test_in_a_low_window_a_sheet_over_the_panel_opens_in_sight(annotator):
    annotator.page.set_viewport_size({"width": 1024, "height": 400})
    annotator.press("s")
    expect(annotator.button("Unclear")).to_be_in_viewport(ratio=0.9)
    annotator.press("Escape", "m")
    expect(annotator.sheet.get_by_label("Comment on this sentence")).to_be_in_viewport(ratio=0.9)


@pytest.fixture
def reading_on(sign_in, installation):
    """A reviewer who has scrolled to the midst of a long sentence on a phone."""
    slug = installation.create_another("long")
    installation.bring(slug, {"talks.txt": f"{LONG}\n"})
    annotator = AnnotatorPage(sign_in(project=slug), installation).ready()
    annotator.page.set_viewport_size({"width": 390, "height": 844})

    def scrolls() -> bool:  # the window's new size may place the sentence once more after a press
        annotator.press("PageDown")
        for _ in range(FRAMES):
            annotator.page.evaluate(PAINTED)
        return annotator.root.evaluate(SCROLLED) > 200

    until(scrolls)
    return annotator


def test_a_long_sentence_stays_where_one_reads_it(reading_on):
    before = reading_on.root.evaluate(SCROLLED)
    for key in "mg":
        reading_on.press(key)
        expect(reading_on.sheet).to_be_visible()
        reading_on.press("Escape")
        expect(reading_on.sheet).to_be_hidden()
    reading_on.page.set_viewport_size({"width": 390, "height": 780})
    reading_on.page.evaluate(PAINTED)

    assert reading_on.root.evaluate(SCROLLED) >= before > 200


def test_the_guideline_is_there_again_after_a_comment(annotator):
    annotator.press("g")
    expect(annotator.sheet).to_contain_text("Guideline, version")
    annotator.press("m")
    expect(annotator.sheet).to_contain_text("Save comment")
    annotator.press("Escape")

    expect(annotator.sheet).to_contain_text("Guideline, version")
