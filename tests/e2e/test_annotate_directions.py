"""Articles that run from right to left keep doing so, whatever is noted in their margin."""

import pytest
from playwright.sync_api import expect

from tests.e2e.annotator_page import AnnotatorPage

TEXT = """وزير الميناء يعلن إغلاق الأرصفة

قالت الشركة (يوم الاثنين) إن القوارب غرقت في الميناء. وأضاف المتحدث أن أحدا لم يأت. واستمر المطر.
"""
TURNED = """The mayor paid

The mayor said \u202e(nothing was paid) \u2067before noon. The council denied it on Tuesday.
"""
# Where words of a sentence begin, in pixels.
PLACES = """(text, words) => {
  const nodes = document.createNodeIterator(text, NodeFilter.SHOW_TEXT);
  const found = {};
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    for (const word of words.filter((each) => node.data.includes(each))) {
      const range = new Range();
      range.setStart(node, node.data.indexOf(word));
      range.setEnd(node, node.data.indexOf(word) + word.length);
      found[word] = range.getBoundingClientRect().left;
    }
  }
  return words.map((word) => found[word]);
}"""
SELECTED = """(text) => {
  getSelection().selectAllChildren(text);
  return String(getSelection());
}"""
DIRECTIONS = "(blocks) => blocks.map((block) => getComputedStyle(block).direction)"


@pytest.fixture
def directions(sign_in, installation):
    """A reviewer at the first sentence of an Arabic article, and how its blocks run."""
    slug = installation.create_another("arabic")
    installation.bring(slug, {"port.txt": TEXT})
    annotator = AnnotatorPage(sign_in(project=slug), installation).ready()
    return annotator, lambda: annotator.root.locator(".block").evaluate_all(DIRECTIONS)


def test_an_article_from_right_to_left_stays_so_once_it_is_labelled_flagged_or_begun(directions):
    annotator, running = directions
    assert running() == ["rtl", "rtl"]
    annotator.press("1", "f", "1", "c", "ArrowLeft")

    assert annotator.root.locator(".tag").count() == 3
    assert running() == ["rtl", "rtl"]


def test_a_sign_that_turns_words_round_is_shown_and_turns_none(sign_in, installation):
    slug = installation.create_another("turned")
    installation.bring(slug, {"mayor.txt": TURNED})
    annotator = AnnotatorPage(sign_in(project=slug), installation).ready()
    annotator.press("n")
    sentence = annotator.page.get_by_test_id("sentence")
    expect(sentence).to_contain_text("before noon")
    places = sentence.evaluate(PLACES, ["The", "mayor", "(nothing", "paid)", "before", "noon"])

    assert places == sorted(places)
    assert sentence.evaluate(SELECTED) == installation.text(annotator.sentence)
    shown = sentence.locator("[data-code]").evaluate_all(
        "(all) => all.map((box) => box.dataset.code)"
    )
    assert shown == ["U+202E", "U+2067"]


def test_a_comment_is_about_the_words_behind_such_a_sign_too(sign_in, installation):
    slug = installation.create_another("turned")
    installation.bring(slug, {"mayor.txt": TURNED})
    annotator = AnnotatorPage(sign_in(project=slug), installation).ready()
    annotator.press("n", "m")
    annotator.page.get_by_test_id("sentence").evaluate(
        "(text) => getSelection().setBaseAndExtent(text.lastChild, 0, text.lastChild, 6)"
    )

    expect(annotator.sheet.get_by_label("About these words")).to_have_value("before")
