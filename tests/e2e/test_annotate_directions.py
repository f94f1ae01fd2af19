"""Articles that run from right to left keep doing so, whatever is noted in their margin."""

import pytest

from tests.e2e.annotator_page import AnnotatorPage

TEXT = """وزير الميناء يعلن إغلاق الأرصفة

قالت الشركة (يوم الاثنين) إن القوارب غرقت في الميناء. وأضاف المتحدث أن أحدا لم يأت. واستمر المطر.
"""
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
