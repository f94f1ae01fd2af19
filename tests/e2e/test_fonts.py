"""Fonts in a real browser: small ones at first, whole ones for what those lack, icons as icons."""

import pytest
from playwright.sync_api import expect
from running import until

from tests.e2e.annotator_page import AnnotatorPage

LATIN = "Việt Nam trade talks in Łódź, Київ and Θεσσαλονίκη were said to cost 5 € a day.\n"
RARE = "Bakı officials wrote the word ə𝼀 as ʃiə in the minutes.\n"
WIDE_ICONS = """() => [
  ...document.querySelectorAll("[data-testid=stIconMaterial]"),
].filter((each) => {
  const range = document.createRange();
  range.selectNodeContents(each);
  return range.getBoundingClientRect().width > 1.1 * parseFloat(getComputedStyle(each).fontSize);
}).map((each) => each.textContent)"""


@pytest.fixture
def read(sign_in, installation):
    """A reviewer at an article, and the fonts that their browser asked for."""

    def reading(text):
        slug = installation.create_another("fonts")
        installation.bring(slug, {"article.txt": text})
        annotator = AnnotatorPage(sign_in(project=slug, is_new=True), installation).ready()
        annotator.page.evaluate("document.fonts.ready.then(() => true)")
        annotator.page.wait_for_load_state("networkidle")

        def asked(ending):
            annotator.page.evaluate("0")  # hear what was asked meanwhile
            return [each for each in annotator.visitor.asked if each.endswith(ending)]

        return asked

    return reading


def test_latin_greek_and_cyrillic_need_no_whole_font(read):
    asked = read(LATIN)
    until(lambda: any("SourceSerif" in each for each in asked(".woff2")))
    assert not [each for each in asked(".woff2") if "/fonts/" in each]


def test_a_rarer_character_brings_the_whole_font(read):
    asked = read(RARE)
    until(lambda: asked("/fonts/serif.woff2"))


@pytest.mark.parametrize("path", ["/import", "/export", "/people", "/account", "/guideline"])
def test_every_icon_is_drawn_as_one(sign_in, path):
    page = sign_in(role="admin", project=None, viewport={"width": 390, "height": 844}).open(path)
    expect(page.get_by_role("heading", level=1).first).to_be_attached()
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    if path == "/import":
        expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()
    page.evaluate("document.fonts.ready.then(() => true)")
    expect(page.get_by_test_id("stIconMaterial").first).to_be_attached()

    until(lambda: page.evaluate(WIDE_ICONS) == [])
