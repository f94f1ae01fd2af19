"""Whoever has set larger type in the browser gets it, and everything still fits."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.annotator_page import AnnotatorPage

SIZES = [(1440, 900), (1024, 768), (390, 844)]
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
SIZE = "(element) => parseFloat(getComputedStyle(element).fontSize)"
WIDER = """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
  .some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)"""
# Of the annotator's buttons those whose words are wider than they are, or that stand over an edge.
CRAMPED = """(root) => [...root.querySelectorAll("button")]
  .filter((button) => button.checkVisibility() && button.clientWidth > 10)
  .filter((button) => button.scrollWidth > button.clientWidth + 1)
  .map((button) => button.textContent)"""


@pytest.fixture
def sized(sign_in, installation) -> Callable[[int], Page]:
    """A page of a new reviewer in whose browser type of a size is set, in pixels; 16 is usual."""
    visitor = sign_in()
    visitor.is_marked = True  # nobody after them expects it
    session = visitor.context.new_cdp_session(visitor.page)

    def at(size: int) -> Page:
        session.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
        return AnnotatorPage(visitor, installation).ready().page

    return at


def test_type_and_what_holds_it_grow_with_the_size_set_in_the_browser(sized):
    def measured(page: Page) -> list[float]:
        annotator = page.get_by_test_id("annotator")
        save = annotator.get_by_role("button", name="Save", exact=True)
        texts = [page.get_by_test_id("sentence"), save, annotator.get_by_role("status")]
        height = save.bounding_box()["height"]
        return [*(text.evaluate(SIZE) for text in texts), height]

    usual = measured(sized(16))
    assert usual[:3] == [24, 14, 14]
    assert measured(sized(24)) == pytest.approx([1.5 * size for size in usual], abs=1)


def test_in_type_half_as_large_again_no_page_scrolls_sideways_and_no_button_is_cut(
    sized, installation
):
    page = sized(24)
    cramped, wider = [], []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(PAINTED)
        cramped += page.get_by_test_id("annotator").evaluate(CRAMPED)
    for address in ("/articles", "/guideline", "/own-labels"):
        page.goto(f"{installation.url}{address}")
        expect(page.get_by_role("heading").first).to_be_visible()
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(PAINTED)
            if page.evaluate(WIDER):
                wider.append((address, width))

    assert (cramped, wider) == ([], [])
