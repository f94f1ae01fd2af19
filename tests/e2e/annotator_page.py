"""The annotate page as a reviewer uses it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.installation import Installation
from tests.e2e.visitor import Visitor


class AnnotatorPage:
    """The annotator in one tab."""

    def __init__(self, visitor: Visitor, installation: Installation, page: Page | None = None):
        self.visitor = visitor
        self.name = visitor.name
        self.page = page or visitor.page
        self.installation = installation
        self.root = self.page.get_by_test_id("annotator")

    def ready(self) -> "AnnotatorPage":
        """Wait until a sentence is on the screen and keys are heard."""
        expect(self.root).to_have_attribute("data-sentence", re.compile("."))
        return self

    def in_another_tab(self) -> "AnnotatorPage":
        page = self.visitor.context.new_page()
        page.goto(self.installation.url)
        return AnnotatorPage(self.visitor, self.installation, page).ready()

    def reload(self) -> "AnnotatorPage":
        self.page.reload()
        return self.ready()

    @property
    def sentence(self) -> str | None:
        return self.root.get_attribute("data-sentence")

    @property
    def pending(self) -> int:
        return int(self.root.get_attribute("data-pending") or 0)

    @property
    def text(self) -> str | None:
        return self.page.get_by_test_id("sentence").text_content()

    @property
    def saving(self) -> Locator:
        """What the screen says about saving."""
        return self.root.get_by_role("status")

    @property
    def sheet(self) -> Locator:
        """What is open beside the sentence."""
        return self.root.get_by_role("dialog")

    @property
    def cards(self) -> Locator:
        """Decisions that wait for the reviewer."""
        return self.root.get_by_role("region", name="Decisions that need you").get_by_role(
            "article"
        )

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def segment(self, sentence: str) -> Locator:
        """A sentence in its article, with its marks."""
        return self.root.locator(f'[data-segment="{sentence}"]')

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def shows(self, sentence: str) -> None:
        expect(self.root).to_have_attribute("data-sentence", sentence)

    def keep_looking(self) -> None:
        """Come back to the tab again and again: each time it asks for something new."""
        self.page.evaluate("setInterval(() => dispatchEvent(new Event('focus')), 200)")

    def has_sent_all(self) -> None:
        """Wait until the server has answered for every decision."""
        expect(self.root).to_have_attribute("data-pending", "0")

    def stored(self) -> dict[str, str]:
        """The labels in the database, once everything is sent."""
        self.has_sent_all()
        return self.installation.labels(self.name)
