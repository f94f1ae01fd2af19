"""Who listens and does not see is told what a press did, how things stand, and what is shown."""

import re

import pytest
from playwright.sync_api import expect
from running import until

from tests.e2e.annotator_page import AnnotatorPage

NAMED = "\u202etxt.Harbour\u202c\n\nThe quay was shut. The mayor denied it.\n"


@pytest.fixture
def said(annotator):
    """What the screen reader is given to say."""
    live = annotator.root.locator("[aria-live=polite][aria-atomic=true]")

    def hears(words):
        expect(live).to_contain_text(words)

    return hears


def test_every_change_to_an_answer_is_said(annotator, said):
    for key, words in [
        ("c", "Claim on"),
        ("c", "Claim off"),
        ("w", "Check-worthiness 0, nothing to check"),
        ("f", "Flagged"),
        ("f", "Flag taken off"),
        ("a", "Attribution on"),
        ("Enter", "Given: attribution, check-worthiness 0"),
        ("2", "Given: attribution"),
        ("z", "Taken back"),
        ("x", "Skipped: not a sentence"),
    ]:
        annotator.press(key)
        said(words)


def test_a_sentence_is_said_with_its_place_its_kind_and_what_was_given(annotator, said, queue):
    said(re.compile(r"^1 of \d+, headline: "))
    annotator.press("1")
    said(re.compile(r"^Given: claim\. 2 of \d+: "))
    annotator.press("ArrowLeft")
    said(re.compile(r"^1 of \d+, headline, yours: claim: "))
    annotator.press("d", "ArrowRight", "ArrowLeft")
    said(re.compile(r"1 of \d+, headline, yours: claim, not saved yet: claim and dispute: "))


def test_a_lost_connection_is_said(annotator, said):
    annotator.visitor.may_lose_connections = True
    annotator.visitor.context.set_offline(True)
    annotator.press("1")

    said("Not connected: 1 label kept on this device")


def test_what_waits_for_a_choice_is_said_after_a_time_without_connection(
    annotator, said, sign_in, installation
):
    other = AnnotatorPage(sign_in(annotator.name), installation).ready()
    annotator.visitor.may_lose_connections = True
    annotator.visitor.context.set_offline(True)
    annotator.press("1", "1")
    expect(annotator.saving).to_contain_text("2 labels kept on this device")
    other.press("2", "2")
    other.has_sent_all()
    annotator.visitor.context.set_offline(False)
    annotator.page.evaluate("globalThis.dispatchEvent(new Event('focus'))")

    expect(annotator.cards).to_have_count(2)
    said("Waiting for your choice: 2 decisions. Saved")


def test_a_comment_that_is_begun_is_said(annotator, said):
    annotator.press("m")
    annotator.page.keyboard.type("Which")
    annotator.press("Escape")
    said("Comment not saved yet")
    annotator.press("1", "ArrowLeft")
    said(re.compile("yours: claim, comment not saved yet: "))


def test_the_focus_is_never_lost(sign_in, installation):
    slug = installation.create_another("steps")
    installation.bring(slug, {"boats.txt": "The boat was late.\nNobody said why.\n"})
    annotator = AnnotatorPage(sign_in(project=slug), installation).ready()
    article = annotator.root.get_by_role("region", name="Article")
    annotator.button("Got it").focus()
    annotator.press("Enter")
    expect(article).to_be_focused()
    annotator.press("s", "Escape")
    expect(article).to_be_focused()
    expect(article).to_have_css("outline-style", "none")  # nobody has pressed Tab
    for keys, name in ((("1",), "Undo"), (("1", "ArrowLeft"), "Forward")):
        annotator.press(*keys)
        annotator.button(name).focus()
        annotator.press("Enter")
        expect(annotator.button(name)).to_be_disabled()
        expect(article).to_be_focused()
    annotator.button("None").focus()
    annotator.press("Enter")
    expect(annotator.root.get_by_role("heading", name="All done")).to_be_focused()
    annotator.press("z")
    expect(article).to_be_focused()


def test_earlier_answers_can_be_heard_in_the_article(annotator, queue):
    annotator.press("4", "f", "x")
    article = annotator.root.get_by_role("region", name="Article")

    for sentence, words in [
        (queue[0], "Yours: claim, attribution and dispute."),
        (queue[1], "Yours: skipped: not a sentence, flagged."),
    ]:
        expect(annotator.segment(sentence)).to_contain_text(words)
    expect(article.get_by_text("Yours:")).to_have_count(2)
    expect(annotator.page.get_by_test_id("sentence")).not_to_contain_text("Yours")
    expect(annotator.segment(queue[0]).locator(".said")).not_to_have_attribute(
        "aria-hidden", "true"
    )


def test_a_title_that_would_turn_the_line_around_is_shown_with_its_signs(sign_in, installation):
    slug = installation.create_another("turned")
    installation.bring(slug, {"a\u202etxt.exe": NAMED})
    annotator = AnnotatorPage(sign_in(project=slug), installation).ready()

    head = annotator.root.get_by_role("heading", level=1)
    expect(head).to_contain_text("U+202E")
    expect(head).not_to_contain_text("\u202e")
    assert "\u202e" not in (head.get_attribute("title") or "")
    facts = annotator.root.locator(".facts")
    expect(facts).to_contain_text("aU+202Etxt.exe")
    assert facts.locator("bdi").count() > 0


def test_the_first_keys_are_told_until_three_sentences_are_decided(annotator):
    hint = annotator.root.get_by_text("Press 1–5 for labels, 0 or N for none")
    expect(hint).to_be_visible()
    annotator.press("1", "n")
    annotator.reload()
    expect(hint).to_be_visible()
    annotator.press("0")
    expect(hint).to_be_hidden()
    annotator.reload()
    expect(hint).to_be_hidden()


def test_the_first_keys_cover_nothing_of_the_article(annotator):
    hint = annotator.root.locator(".hint")
    article = annotator.root.get_by_role("region", name="Article")

    until(lambda: bottom(article) <= hint.bounding_box()["y"])


def bottom(part):
    box = part.bounding_box()
    return box["y"] + box["height"]


def right(part):
    box = part.bounding_box()
    return box["x"] + box["width"]


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768)])
def test_guideline_and_keys_cover_nothing_that_can_be_pressed(annotator, size):
    annotator.page.set_viewport_size({"width": size[0], "height": size[1]})
    for key in ("g", "?"):
        annotator.press(key)
        for name in ("Claim", "Save", "None", "1: claim, save and go on", "Skip"):
            button = annotator.button(name)
            until(lambda button=button: button.bounding_box()["x"] >= right(annotator.sheet))
        annotator.button("Claim").click()
        expect(annotator.page.get_by_test_id("sentence")).to_be_in_viewport(ratio=1)
        annotator.press("Escape")


EDGES = """() => {
  const left = (part) => Math.round(part.getBoundingClientRect().left);
  const root = document.querySelector("[data-testid=annotator]") ?? find(document);
  function find(from) {
    for (const part of from.querySelectorAll("*")) {
      const found = part.shadowRoot?.querySelector("[data-testid=annotator]");
      if (found) return found;
    }
  }
  const header = document.querySelector("[data-testid=stToolbar]");
  const name = getComputedStyle(header, "::before").paddingInlineStart; // before the product's
  const segment = root.querySelector("[data-testid=sentence]").closest(".block");
  const indent = parseFloat(getComputedStyle(segment).paddingLeft);
  const bar = root.querySelector(".done");
  const title = root.querySelector(".title");
  return [left(header) + parseFloat(name), left(bar), left(title), left(segment) + indent];
}"""


@pytest.mark.parametrize("width", [1920, 1440, 1024])
def test_navigation_bar_title_and_text_begin_at_one_edge(annotator, width):
    annotator.page.set_viewport_size({"width": width, "height": 900})

    def is_one() -> bool:
        edges = annotator.page.evaluate(EDGES)
        return max(edges) - min(edges) <= 1

    until(is_one)


def test_a_headline_is_shown_once(annotator, queue):
    head = annotator.root.locator(".headline")
    expect(head).to_have_class(re.compile("is-below"))
    annotator.press(*"nnnnnnnnnn")
    expect(head).not_to_have_class(re.compile("is-below"))
    expect(annotator.root.get_by_role("heading", level=1)).to_have_css("opacity", "1")


def test_on_a_phone_every_preset_and_every_act_can_be_reached(annotator):
    annotator.page.set_viewport_size({"width": 390, "height": 844})
    for preset in annotator.root.locator(".preset").all():
        expect(preset).to_be_in_viewport(ratio=1)
    acts = annotator.root.locator(".acts")
    until(lambda: "linear-gradient" in acts.evaluate("(each) => getComputedStyle(each).maskImage"))
    acts.evaluate("(each) => each.scrollTo(each.scrollWidth, 0)")
    last = annotator.root.get_by_role("switch", name="Single-key shortcuts")
    until(lambda: right(last) <= 390 - 40)  # short of where the row fades


CONTRAST = """(parts) => parts.map((part) => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  const light = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((each) => each / 255)
      .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const root = part.closest(".annotator");
  const [a, b] = [getComputedStyle(part).color, getComputedStyle(root).backgroundColor].map(light);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
})"""


PAINTED = """(save) => {
  const probe = document.createElement("i");
  probe.style.backgroundColor = "var(--st-primary-color)"; // as Streamlit paints its main buttons
  save.append(probe);
  const painted = [save, probe].map((each) => getComputedStyle(each).backgroundColor);
  probe.remove();
  return painted;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_small_words_stand_out_seven_to_one_and_save_looks_like_other_main_acts(
    sign_in, installation, scheme
):
    annotator = AnnotatorPage(sign_in(color_scheme=scheme), installation).ready()
    small = annotator.root.locator(".facts, .kind, .is-aside, .where, .meaning, .segment-button")
    found = small.evaluate_all(CONTRAST)
    assert len(found) > 10
    assert min(found) >= 7
    save, primary = annotator.button("Save").evaluate(PAINTED)
    assert save == primary


WIRE = """The ferry company said two of its boats would stay in port until the storm had passed.
The mayor of the island said nobody had asked her before the timetable was changed.
A spokesman denied that, and said letters had been sent to every town hall in March.
About 1,400 people were waiting at the quay at noon, the harbour office counted.
The last boat had left at 6:40 in the morning with 212 passengers, most of them pupils.
"""


def test_what_was_given_a_copy_is_offered_by_a_button_in_sight_that_moves_nothing(
    sign_in, installation
):
    slug = installation.create_another("copied")
    for name in ("north", "south"):
        installation.bring(slug, {f"{name}.txt": f"Storm holds boats in the {name}\n\n{WIRE}"})
    annotator = AnnotatorPage(sign_in(project=slug), installation).ready()
    offer = annotator.root.locator(".offer")
    save = annotator.button("Save")
    annotator.page.evaluate("document.fonts.ready.then(() => true)")
    before = save.bounding_box()
    annotator.press(*"333333")
    annotator.has_sent_all()
    annotator.reload()
    if not offer.is_visible():  # the headline has no copy
        annotator.press("3")
    expect(offer).to_be_visible()
    live = annotator.root.locator("[aria-live=polite][aria-atomic=true]")
    expect(live).to_contain_text(
        re.compile("You labelled a copy of this in .+: .+ V: give the same")
    )
    until(lambda: save.bounding_box() == before)
    for width, height in ((1440, 900), (1024, 768), (390, 844)):
        annotator.page.set_viewport_size({"width": width, "height": height})
        expect(offer.get_by_role("button")).to_be_in_viewport(ratio=1)
    sentence = annotator.sentence
    offer.get_by_role("button", name="Give the same").click()
    assert annotator.stored()[sentence] == "attribution claim"


def test_on_a_phone_what_is_kept_is_said_whole(annotator):
    annotator.page.set_viewport_size({"width": 390, "height": 844})
    annotator.press(*"111111111111")
    annotator.has_sent_all()
    expect(annotator.root.locator(".done")).to_contain_text("left")
    annotator.visitor.may_lose_connections = True
    annotator.visitor.context.set_offline(True)
    annotator.press("1")
    saving = annotator.saving
    expect(saving).to_contain_text("Not connected: 1 label kept on this device")
    until(lambda: saving.evaluate("(each) => each.scrollWidth <= each.clientWidth"))
    annotator.visitor.context.set_offline(False)
    annotator.has_sent_all()
