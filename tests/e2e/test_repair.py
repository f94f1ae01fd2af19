"""An article is repaired by hand: by keyboard alone, by mouse, and taken back."""

import re

import pytest
from playwright.sync_api import Page, expect
from running import until

GROW = """(height) => {
  document.querySelector("[data-testid=stMainBlockContainer] > *").style.paddingTop = height;
}"""


@pytest.fixture
def article(sign_in, installation) -> Page:
    """A sample article, opened by a manager; what a test changes in it is taken back."""
    page = sign_in(role="manager").page
    name = installation.queue()[0].partition(":")[0]
    page.goto(f"{installation.url}/articles?article={name}")
    expect(bodies(page).first).to_be_visible()
    yield page
    while page.get_by_role("button", name="Take back").count():
        take_back(page)


def take_back(page: Page) -> None:
    before = page.locator(".last").inner_text()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Saved.", exact=True).first).to_be_attached()
    expect(page.locator(".last").filter(has_text=before)).to_have_count(0)


def bodies(page: Page):
    return page.get_by_test_id("reader").get_by_role("button", name=re.compile("^Body: "))


def test_a_sentence_is_split_and_merged_by_keyboard_alone(article):
    n_before = bodies(article).count()
    sentence = bodies(article).nth(1)
    words = sentence.locator(".text").inner_text()
    sentence.focus()
    article.keyboard.press("s")
    article.keyboard.press("ArrowRight")
    article.keyboard.press("Enter")
    expect(bodies(article)).to_have_count(n_before + 1)
    first = article.get_by_test_id("reader").locator("[aria-pressed=true]")
    expect(first).to_be_focused()
    assert words.startswith(first.locator(".text").inner_text())
    article.keyboard.press("m")
    expect(bodies(article)).to_have_count(n_before)
    expect(first.locator(".text")).to_have_text(words)


def test_the_word_that_is_pressed_begins_the_second_part(article):
    n_before = bodies(article).count()
    sentence = bodies(article).nth(2)
    sentence.click()
    article.get_by_role("button", name="Split", exact=False).click()
    word = article.locator(".word").nth(3)
    second = word.inner_text()
    word.click(position={"x": 3, "y": 8})
    article.get_by_role("button", name="Split here").click()
    expect(bodies(article)).to_have_count(n_before + 1)
    assert bodies(article).nth(3).inner_text().startswith(second.strip())


def test_a_cancelled_split_changes_nothing(article):
    texts = bodies(article).all_inner_texts()
    bodies(article).nth(1).focus()
    article.keyboard.press("s")
    expect(article.get_by_role("button", name="Split here")).to_be_visible()
    article.keyboard.press("Escape")
    expect(article.get_by_role("button", name="Split here")).to_have_count(0)
    assert bodies(article).all_inner_texts() == texts


def test_the_address_of_a_sentence_opens_the_article_there(article, installation):
    wanted = installation.queue()[6]
    name = wanted.partition(":")[0]
    article.goto(f"{installation.url}/articles?article={name}&sentence={wanted}")
    chosen = article.get_by_test_id("reader").locator("[aria-pressed=true]")
    expect(chosen).to_have_attribute("data-segment", wanted)
    expect(chosen).to_be_in_viewport()
    expect(article.get_by_role("button", name="Merge with next")).to_be_visible()


def test_what_is_drawn_later_pushes_the_sentence_out_of_sight_only_once_somebody_has_scrolled(
    article, installation
):
    wanted = installation.queue()[6]
    name = wanted.partition(":")[0]
    article.goto(f"{installation.url}/articles?article={name}&sentence={wanted}")
    chosen = article.get_by_test_id("reader").locator("[aria-pressed=true]")
    expect(chosen).to_have_attribute("data-segment", wanted)
    article.evaluate(GROW, "1200px")
    expect(chosen).to_be_in_viewport()

    article.mouse.move(400, 400)
    article.mouse.wheel(0, -9000)
    expect(chosen).not_to_be_in_viewport()
    article.evaluate(GROW, "2400px")
    expect(chosen).not_to_be_in_viewport()


def is_clear_of_the_sheet(page: Page) -> bool:
    reader = page.get_by_test_id("reader")
    chosen = reader.locator("[aria-pressed=true]").bounding_box()
    sheet = reader.locator(".aside.is-open").bounding_box()
    return chosen["y"] >= 0 and chosen["y"] + chosen["height"] <= sheet["y"]


def test_on_a_phone_the_sheet_covers_nothing_of_the_piece_it_is_about(article, installation):
    article.set_viewport_size({"width": 390, "height": 844})
    name = installation.queue()[0].partition(":")[0]
    mine = [sentence for sentence in installation.queue() if sentence.startswith(name)]
    for wanted in (mine[0], mine[-1]):
        article.goto(f"{installation.url}/articles?article={name}&sentence={wanted}")
        chosen = article.get_by_test_id("reader").locator("[aria-pressed=true]")
        expect(chosen).to_have_attribute("data-segment", wanted)
        until(lambda: is_clear_of_the_sheet(article))

    article.get_by_role("button", name="Close", exact=True).click()
    for piece in (bodies(article).last, bodies(article).nth(2)):
        piece.click()
        expect(piece).to_have_attribute("aria-pressed", "true")
        until(lambda: is_clear_of_the_sheet(article))


def test_on_a_phone_the_arrows_move_to_no_piece_under_the_sheet(article):
    article.set_viewport_size({"width": 390, "height": 844})
    bodies(article).first.click()
    bodies(article).first.focus()
    sheet = article.get_by_test_id("reader").locator(".aside.is-open")
    for _ in range(6):
        article.keyboard.press("ArrowDown")
        until(lambda: is_above(article.get_by_test_id("reader").locator(":focus"), sheet))


def is_above(piece, sheet) -> bool:
    box = piece.bounding_box()
    return box["y"] + box["height"] <= sheet.bounding_box()["y"]


def test_the_annotate_page_leads_to_the_sentence_in_its_article(annotator, installation):
    annotator.page.get_by_role("link", name=re.compile("in this article")).click()

    chosen = annotator.page.get_by_test_id("reader").locator("[aria-pressed=true]")
    expect(chosen).to_have_attribute("data-segment", installation.queue()[0])
