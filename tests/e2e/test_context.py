"""A sentence stands in its article: highlighted, exact to the code point, with earlier answers."""

import pytest
from playwright.sync_api import expect

from tests.e2e.annotator_page import AnnotatorPage

ODD = """Fischer am Kai 😀 geben auf

The signal came at 11:05 p.m. 👩‍👩‍👧‍👦 and 🇨🇭 boats left. Was it \ufffdover\ufffd?

قال المتحدث باسم الوزارة إن الجسر أغلق تسعة أيام. نفى العمدة ذلك.

ראש העיר אמר כי הגשר נסגר. הוא הכחיש זאת.

One  wide   gap stood here.\u200b A soft\u00adhyphen too.
"""


@pytest.fixture
def odd(sign_in, installation):
    """A reviewer of an article with everything that makes offsets go wrong."""
    if "odd" not in {row["slug"] for row in installation.rows("SELECT slug FROM project")}:
        installation.create("odd", odd=ODD)
    return AnnotatorPage(sign_in(project="odd"), installation).ready()


def walk(annotator, queue):
    """Label a whole queue; what was on the screen, sentence by sentence."""
    shown = []
    for sentence in queue:
        annotator.shows(sentence)  # nobody answers as fast: more of them may be on the way
        shown.append((annotator.sentence, annotator.text))
        annotator.press("n")
    return shown


def test_every_sentence_of_the_samples_is_shown_as_it_is_stored(annotator, queue, installation):
    shown = walk(annotator, queue)

    assert shown == [(sentence, installation.text(sentence)) for sentence in queue]
    expect(annotator.root.get_by_role("heading", name="All done")).to_be_visible()
    assert list(annotator.stored()) == queue


def test_emoji_damaged_characters_and_right_to_left_text_are_exact(odd, installation):
    queue = installation.queue("odd")
    shown = walk(odd, queue)

    assert shown == [(sentence, installation.text(sentence)) for sentence in queue]
    whole = "".join(text for _, text in shown)
    for sign in ("😀", "👩‍👩‍👧‍👦", "🇨🇭", "\ufffd", "العمدة", "הגשר", "\u200b", "\u00ad"):
        assert sign in whole


def test_right_to_left_text_runs_from_right_to_left(odd, installation):
    queue = installation.queue("odd")
    (arabic,) = [each for each in queue if installation.text(each).startswith("قال")]
    odd.visitor.open(f"/?sentence={arabic}")
    odd.shows(arabic)

    sentence = odd.page.get_by_test_id("sentence")
    assert sentence.evaluate("(each) => getComputedStyle(each).direction") == "rtl"
    expect(sentence).to_be_in_viewport(ratio=1)


def test_damaged_and_invisible_characters_are_named_beside_the_sentence(odd, installation):
    queue = installation.queue("odd")
    (damaged,) = [each for each in queue if "\ufffd" in installation.text(each)]
    odd.visitor.open(f"/?sentence={damaged}")

    odd.shows(damaged)
    expect(odd.root.get_by_text("Damaged characters: 2")).to_be_visible()


def test_the_sentence_stands_highlighted_in_the_text_of_its_article(annotator, queue, installation):
    annotator.press("1", "2", "3")
    annotator.shows(queue[3])
    article, _, _ = queue[3].partition(":")
    (row,) = installation.rows(
        "SELECT title, source_name FROM article WHERE public_id = ?", article
    )

    expect(annotator.root.locator("[aria-current]")).to_have_count(1)
    expect(annotator.page.get_by_test_id("sentence")).to_be_in_viewport(ratio=1)
    expect(annotator.root.get_by_role("heading", level=1)).to_have_text(row["title"])
    expect(annotator.root.get_by_text(row["source_name"])).to_be_visible()
    for neighbour in (queue[2], queue[4]):
        expect(annotator.segment(neighbour)).to_be_in_viewport()
    paint = "(each) => getComputedStyle(each).backgroundColor"
    here = annotator.page.get_by_test_id("sentence").evaluate(paint)
    assert here != annotator.segment(queue[4]).locator(".text").evaluate(paint)


def test_the_whole_article_is_there_to_be_read(annotator, queue, installation):
    article, _, _ = queue[0].partition(":")
    (row,) = installation.rows("SELECT text FROM article WHERE public_id = ?", article)

    shown = annotator.root.locator(f'[data-segment^="{article}:"] .text').all_text_contents()
    assert "".join("".join(shown).split()) == "".join(row["text"].split())


def test_earlier_answers_are_marked_in_the_article_also_after_a_reload(annotator, queue):
    annotator.press("4", "0", "x", "f")
    for page in (annotator, annotator.reload()):
        page.shows(queue[3])
        for sentence, letters in zip(queue[:4], ("CAD", "–", "×", "⚑"), strict=True):
            expect(page.segment(sentence).locator(".tag")).to_have_text(letters)
        expect(page.segment(queue[0]).locator(".underline")).to_have_count(3)
        expect(page.segment(queue[1]).locator(".underline")).to_have_count(0)


def test_a_click_on_an_answered_sentence_leads_back_to_it(annotator, queue):
    annotator.press("1", "2")
    annotator.segment(queue[0]).locator(".text").click()

    annotator.shows(queue[0])
    annotator.press("d", "Enter")
    assert annotator.stored() == {queue[0]: "claim dispute", queue[1]: "attribution"}
