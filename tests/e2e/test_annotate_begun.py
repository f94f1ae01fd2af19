"""Nothing that was on the screen is lost: what is begun stays until it is saved or thrown away."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.annotator_page import AnnotatorPage


@pytest.fixture
def comment(annotator):
    """The field for a comment, where it is open."""
    return annotator.sheet.get_by_role("textbox", name="Comment on this sentence")


def mine(annotator):
    """What the header says of the answer."""
    return annotator.root.locator(".mine")


def test_labels_switched_on_are_there_again_after_looking_elsewhere(annotator, queue):
    annotator.press("n", "c", "w", "ArrowLeft")
    annotator.shows(queue[0])
    expect(annotator.segment(queue[1])).to_contain_text("begun, not saved yet")
    annotator.press("ArrowRight")

    annotator.shows(queue[1])
    expect(annotator.button("Claim")).to_have_attribute("aria-pressed", "true")
    expect(mine(annotator)).to_have_text("not saved yet: claim, check-worthiness 0")
    annotator.press("Enter")
    assert annotator.stored() == {queue[0]: "none", queue[1]: "claim"}
    expect(annotator.segment(queue[1])).not_to_contain_text("not saved yet")


def test_labels_switched_on_are_there_again_after_a_reload(annotator, queue):
    annotator.press("c", "d")
    annotator.reload().shows(queue[0])

    expect(mine(annotator)).to_have_text("not saved yet: claim and dispute")
    annotator.press("d", "c")
    expect(mine(annotator)).to_have_text("")
    annotator.reload()
    expect(mine(annotator)).to_have_text("")
    assert annotator.stored() == {}


def test_a_correction_that_is_begun_stands_beside_the_stored_answer(annotator, queue):
    annotator.press("1", "ArrowLeft", "a", "ArrowRight")
    annotator.shows(queue[1])
    assert annotator.stored() == {queue[0]: "claim"}

    annotator.press("ArrowLeft")
    expect(mine(annotator)).to_have_text("not saved yet: claim and attribution")
    annotator.press("Enter")
    assert annotator.stored() == {queue[0]: "attribution claim"}


def test_a_comment_left_with_esc_is_offered_again_also_after_a_reload(annotator, comment, queue):
    annotator.press("m")
    annotator.page.keyboard.type("Which bridge")
    annotator.press("Escape")
    expect(annotator.sheet).to_be_hidden()
    expect(annotator.root.get_by_text("Comment not saved yet")).to_be_visible()
    assert annotator.stored() == {}

    annotator.reload().press("m")
    expect(comment).to_have_value("Which bridge")
    annotator.page.keyboard.type(" was it?")
    annotator.press("Control+Enter")
    annotator.has_sent_all()
    answers = annotator.installation.answers(annotator.name)
    assert answers[queue[0]].comment == "Which bridge was it?"
    expect(annotator.root.get_by_text("Comment not saved yet")).to_have_count(0)


def test_a_comment_that_is_begun_can_be_thrown_away(annotator, comment):
    annotator.press("m")
    annotator.page.keyboard.type("no")
    annotator.press("Escape", "m")
    annotator.button("Discard").click()
    annotator.press("m")

    expect(comment).to_have_value("")
    assert annotator.stored() == {}


def test_a_reason_to_skip_left_with_esc_is_offered_again(annotator):
    annotator.press("s", "4")
    annotator.page.keyboard.type("twice the same")
    annotator.press("Escape", "s")

    expect(annotator.sheet.get_by_role("textbox")).to_have_value("twice the same")


def test_a_comment_has_an_end_and_the_room_left_is_told(annotator, comment, queue):
    annotator.press("m")
    comment.fill("x" * 3700)
    expect(annotator.sheet.get_by_role("status")).to_have_text("3700 of 4000 characters")
    annotator.page.keyboard.press("End")
    annotator.page.keyboard.insert_text("y" * 400)

    expect(comment).to_have_value("x" * 3700 + "y" * 300)
    annotator.press("Control+Enter")
    annotator.has_sent_all()
    assert len(annotator.installation.answers(annotator.name)[queue[0]].comment) == 4000


def test_what_of_a_pasted_text_did_not_fit_is_told(annotator, comment):
    annotator.press("m")
    paste = """(field) => {
      const data = new DataTransfer();
      data.setData("text/plain", "z".repeat(4100));
      const clipboardData = { clipboardData: data, bubbles: true, composed: true };
      field.dispatchEvent(new ClipboardEvent("paste", clipboardData));
    }"""
    comment.evaluate(paste)

    expect(annotator.sheet.get_by_role("status")).to_contain_text("The last 100 characters")


LONG = """() => {
  const key = Object.keys(localStorage).find((key) => /^wb:[^:]+:[0-9a-f-]{36}$/.test(key));
  const record = JSON.parse(localStorage.getItem(key));
  record.op.comment = "word ".repeat(400) + "x".repeat(4000);
  record.op.op_id = crypto.randomUUID(); // the first may be on its way
  localStorage.removeItem(key);
  localStorage.setItem(key.slice(0, -36) + record.op.op_id, JSON.stringify(record));
}"""


@pytest.mark.parametrize("width", [1440, 390])
def test_a_card_with_a_long_comment_keeps_its_buttons_in_sight(annotator, width):
    annotator.page.set_viewport_size({"width": width, "height": 844})
    annotator.visitor.may_lose_connections = True
    annotator.page.route("**/api/ops", lambda route: route.abort())
    annotator.press("m")
    annotator.page.keyboard.type("x")
    annotator.press("Control+Enter")
    annotator.page.evaluate(LONG)
    annotator.reload()
    annotator.page.unroute("**/api/ops")

    expect(annotator.cards).to_contain_text("at most 4,000 fit")
    dismiss = annotator.cards.get_by_role("button", name="Dismiss")
    expect(dismiss).to_be_in_viewport(ratio=1)
    wide = "(card) => card.scrollWidth - card.clientWidth"
    assert annotator.cards.evaluate(wide) == 0
    dismiss.click()
    expect(annotator.cards).to_have_count(0)


@pytest.fixture
def elsewhere(annotator, sign_in, installation):
    """The same reviewer, once everything is stored, in a browser that knows nothing of it."""

    def open_it():
        annotator.has_sent_all()
        return AnnotatorPage(sign_in(annotator.name), installation).ready()

    return open_it


def test_undo_goes_back_to_the_newest_decision_in_another_browser_too(annotator, queue, elsewhere):
    annotator.press("1", "2")
    other = elsewhere()
    expect(other.button("Undo")).to_be_enabled()
    other.press("z")

    other.shows(queue[1])
    assert other.stored() == {queue[0]: "claim", queue[1]: "open"}
    other.press("z")
    other.shows(queue[0])
    assert set(other.stored().values()) == {"open"}


def test_undo_goes_back_into_the_article_before_after_a_reload(annotator, queue, elsewhere):
    first = [each for each in queue if each.partition(":")[0] == queue[0].partition(":")[0]]
    annotator.press(*["n" for _ in first])
    other = elsewhere()
    other.shows(queue[len(first)])
    other.press("z")

    other.shows(first[-1])


def test_undo_after_a_reload_knows_what_was_not_sent_and_what_was_taken_back(annotator, queue):
    annotator.visitor.may_lose_connections = True
    annotator.press("1", "2")
    annotator.has_sent_all()
    annotator.visitor.context.route("**/api/ops", lambda route: route.abort())
    annotator.press("3", "z")
    annotator.reload().press("z")
    annotator.shows(queue[1])
    annotator.visitor.context.unroute("**/api/ops")

    assert annotator.stored() == {queue[0]: "claim", queue[1]: "open", queue[2]: "open"}


def test_nobody_new_has_anything_to_undo(annotator):
    expect(annotator.button("Undo")).to_be_disabled()


# Both halves at one moment: on a busy machine those of a mouse can come too far apart to be one.
DOUBLE_CLICK = """(button) => {
  const { left, top } = button.getBoundingClientRect();
  const at = { clientX: left + 8, clientY: top + 8 };
  const how = { ...at, bubbles: true, composed: true, cancelable: true };
  for (const detail of [1, 2]) button.dispatchEvent(new MouseEvent("click", { ...how, detail }));
}"""


def test_a_double_click_decides_one_sentence(annotator, queue):
    for name in (re.compile("^1: claim, save"), "None", "Not a sentence"):
        annotator.root.get_by_role("button", name=name, exact=True).evaluate(DOUBLE_CLICK)

    annotator.shows(queue[3])
    assert list(annotator.stored().values()) == ["claim", "none", "skipped: not_a_sentence"]


def test_a_double_click_on_skip_gives_no_reason(annotator, queue):
    annotator.button("Skip").evaluate(DOUBLE_CLICK)

    expect(annotator.sheet).to_contain_text("Skip: why?")
    assert (annotator.sentence, annotator.stored()) == (queue[0], {})


def test_stepping_back_takes_every_click(annotator, queue):
    annotator.press(*"nnn")
    annotator.button("Back").dblclick()

    annotator.shows(queue[1])


def test_without_a_connection_and_without_sentences_it_is_said_how_many_are_kept(
    sign_in, installation
):
    slug = installation.create_another("cut-off")
    lines = "".join(f"Boat {n} was late.\n" for n in range(90))
    installation.bring(slug, {"boats.txt": lines})
    annotator = AnnotatorPage(sign_in(project=slug), installation).ready()
    annotator.visitor.may_lose_connections = True
    annotator.visitor.context.set_offline(True)
    while annotator.sentence:
        annotator.press("n")

    heading = annotator.root.get_by_role("heading", name="More sentences need the connection")
    expect(heading).to_be_visible()
    expect(annotator.root).to_contain_text(f"{annotator.pending} labels are kept on this device")
    annotator.visitor.context.set_offline(False)
    expect(annotator.root).to_have_attribute("data-sentence", re.compile("."))
    expect(heading).to_be_hidden()
