"""A reviewer asks about words of a sentence, a manager replies, and it is read at work."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from running import until

from tests.e2e.annotator_page import AnnotatorPage

TEXT = "Quay opens\n\nThe \U0001f6a2 quay opened on Monday. Two ferries came in.\n"
MENTION = """
    SELECT n.comment, substr(a.text, s.start + 1 + n.mention_start, n.mention_end - n.mention_start)
      AS words
    FROM annotation n JOIN sentence s ON s.id = n.sentence_id JOIN article a ON a.id = s.article_id
    JOIN account p ON p.id = n.reviewer_id WHERE p.name = ?
"""


@pytest.fixture
def project(installation):
    slug = installation.create_another("talk")
    installation.bring(slug, {"quay.txt": TEXT})
    return slug


@pytest.fixture
def annotator(sign_in, installation, project):
    shown = AnnotatorPage(sign_in(project=project), installation).ready()
    shown.press("1")
    expect(shown.page.get_by_test_id("sentence")).to_contain_text("quay opened")
    return shown


def marked(annotator):
    """The words that are marked in the sentence on the screen."""
    return annotator.page.evaluate(
        """() => [...(CSS.highlights.get("workbench-mention") ?? [])].map(
          ({ startContainer, startOffset, endOffset }) =>
            startContainer.data.slice(startOffset, endOffset)).join()"""
    )


def comment(annotator, words):
    annotator.sheet.get_by_label("Comment on this sentence").fill(words)
    annotator.page.keyboard.press("Control+Enter")
    annotator.has_sent_all()


def stored(annotator):
    return [tuple(row) for row in annotator.installation.rows(MENTION, annotator.name) if row[0]]


def test_words_are_mentioned_by_selecting_them(annotator):
    annotator.press("m")
    sentence = annotator.page.get_by_test_id("sentence")
    sentence.dblclick(position={"x": 75, "y": 12})  # beyond the ship, which counts as one
    about = annotator.sheet.get_by_label("About these words")
    expect(about).to_have_value("quay")
    until(lambda: marked(annotator) == "quay")

    comment(annotator, "Which one?")
    assert stored(annotator) == [("Which one?", "quay")]
    asked = annotator.sentence
    annotator.reload().shows(asked)
    until(lambda: marked(annotator) == "quay")


def test_words_are_mentioned_by_typing_them(annotator):
    annotator.press("m")
    about = annotator.sheet.get_by_label("About these words")
    about.fill("nowhere")
    expect(annotator.sheet.get_by_text("These words are not in the sentence.")).to_be_visible()
    about.fill("OPENED on")
    expect(annotator.sheet.get_by_text("These words are not in the sentence.")).to_be_hidden()
    comment(annotator, "When?")

    assert stored(annotator) == [("When?", "opened on")]


def test_a_reply_reaches_the_reviewer_where_they_label(annotator, sign_in, installation, project):
    annotator.press("m")
    comment(annotator, "Is it one?")
    manager = sign_in(role="manager", project=project)
    page = manager.open("/discussion")
    page.get_by_role("textbox", name="Reply").fill("It is: it can be checked.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Every question is answered.")).to_be_visible()

    asked = annotator.sentence
    annotator.page.goto(f"{installation.url}/?sentence={asked}")
    annotator.ready().shows(asked)
    expect(annotator.root.get_by_role("link", name="1 new reply")).to_be_visible()
    annotator.root.get_by_role("button", name="It is: it can be checked").click()
    expect(annotator.sheet.get_by_text("It is: it can be checked.")).to_be_visible()
    assert Axe().run(annotator.page).response["violations"] == []
    annotator.press("Escape")
    annotator.root.get_by_role("link", name="1 new reply").click()
    expect(annotator.page.get_by_role("heading", name="Discussion")).to_be_visible()
    expect(annotator.page.get_by_text("It is: it can be checked.")).to_be_visible()
