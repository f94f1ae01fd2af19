"""The header of every page: the product, the project one is in, and the way to the others."""

import re

import pytest
from playwright.sync_api import expect
from running import until

PHONE = {"viewport": {"width": 390, "height": 844}}
HEADER = 56
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


def settled(page):
    expect(page.get_by_role("heading", level=1).first).to_be_attached()
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    return page


@pytest.mark.parametrize("options", [{}, PHONE])
def test_every_page_names_the_product_and_the_project(sign_in, options):
    page = settled(sign_in(**options).open("/articles"))
    name = page.get_by_text("Default project")
    expect(name).to_be_visible()
    until(lambda: name.bounding_box()["y"] < HEADER)
    product = page.get_by_test_id("stToolbar").evaluate(
        "(header) => getComputedStyle(header, '::before').content"
    )
    assert product == '"Workbench"'


def test_with_several_projects_one_changes_in_the_header(sign_in, installation):
    one, other = (installation.create_another("headed") for _ in range(2))
    installation.bring(one, {"quay.txt": "The quay was shut.\n"})
    installation.bring(other, {"dam.txt": "The dam was open.\n"})
    page = settled(sign_in(role="admin", project=None).open("/articles"))
    for slug, words in ((one, "quay.txt"), (other, "dam.txt")):
        page.get_by_role("combobox", name=re.compile("Project")).fill(slug)
        page.get_by_role("option", name=slug, exact=True).click()
        # The list of the project before may stand beside it for a moment.
        expect(page.get_by_test_id("article-list").filter(has_text=words)).to_be_visible()


def test_the_button_that_opens_the_navigation_shows_no_other_name_than_it_has(sign_in):
    page = settled(sign_in(**PHONE).open("/articles"))
    button = page.get_by_role("button", name="Expand sidebar")
    shown = button.evaluate("(each) => getComputedStyle(each, '::after').content")
    assert shown == '""'


def test_the_choices_of_an_export_are_seen_where_the_system_gives_the_colours(
    annotator, sign_in, installation
):
    annotator.press("1")
    annotator.has_sent_all()
    page = sign_in(role="admin", project=None, forced_colors="active").open("/export")
    settled(page)
    circle = page.locator("[data-testid=stRadioOption] > div > div:first-child").first
    assert circle.evaluate("(each) => getComputedStyle(each).forcedColorAdjust") == "none"
    assert circle.evaluate("(each) => getComputedStyle(each).borderTopWidth") == "1px"


@pytest.mark.parametrize("width", [1440, 1024])
def test_the_project_lies_over_no_word_of_the_navigation(sign_in, width):
    page = settled(
        sign_in(role="admin", project=None, viewport={"width": width, "height": 800}).open(
            "/people"
        )
    )
    words = page.get_by_test_id("stTopNav").get_by_text(re.compile("more$|Account")).first
    expect(words).to_be_visible()
    project = page.locator(".st-key-project-in-force")

    def is_free() -> bool:
        box = words.bounding_box()
        return box["x"] + box["width"] < project.bounding_box()["x"]

    until(is_free)


@pytest.fixture
def chosen(sign_in, installation):
    """An admin's annotate page in a project that is not their first, and its short name."""
    slug = installation.create_another("zebra")
    installation.bring(slug, {"dam.txt": "The dam was open.\n"})
    page = sign_in(role="admin", project=None).page
    expect(page.get_by_test_id("annotator")).to_be_visible()
    page.get_by_role("combobox", name=re.compile("Project")).fill(slug)
    page.get_by_role("option", name=slug, exact=True).click()
    expect(page.get_by_test_id("annotator")).to_contain_text("The dam was open.")
    return page


def test_whoever_chose_a_project_goes_on_by_keys(chosen):
    chosen.keyboard.press("?")
    expect(chosen.get_by_role("dialog", name="All keys")).to_be_visible()


def test_the_project_that_was_chosen_stays_through_a_reload_and_links(chosen):
    chosen.reload()
    expect(chosen.get_by_test_id("annotator")).to_contain_text("The dam was open.")

    chosen.get_by_role("link", name=re.compile("in this article")).click()
    expect(chosen.get_by_test_id("reader")).to_contain_text("The dam was open.")
    chosen.reload()
    expect(chosen.get_by_test_id("reader")).to_contain_text("The dam was open.")
    chosen.get_by_role("link", name="Label this sentence").click()
    expect(chosen.get_by_test_id("annotator")).to_contain_text("The dam was open.")
    chosen.get_by_role("link", name="Articles", exact=True).click()
    expect(chosen.get_by_test_id("article-list")).to_contain_text("dam.txt")
    chosen.reload()
    expect(chosen.get_by_test_id("article-list")).to_contain_text("dam.txt")


def test_the_way_back_shows_the_project_that_was_there(chosen):
    chosen.go_back()
    expect(chosen.get_by_test_id("annotator")).not_to_contain_text("The dam was open.")
    chosen.go_forward()
    expect(chosen.get_by_test_id("annotator")).to_contain_text("The dam was open.")


class Wire:
    """What the server says, word by word, each when it is let through."""

    def __init__(self, page):
        self.page = page
        self.held = None
        page.route_web_socket(re.compile("/_stcore/stream"), self._connect)
        page.reload()

    def _connect(self, browser):
        def said(message):
            if self.held is None:
                browser.send(message)
            else:
                self.held.append((browser, message))

        browser.connect_to_server().on_message(said)

    def let_through_until(self, locator, n):
        """Let words through until there are so many; each is drawn before the next one comes."""

        def are_there() -> bool:
            if locator.count() == n:
                return True
            if self.held:
                browser, message = self.held.pop(0)
                browser.send(message)
            self.page.wait_for_timeout(100)
            self.page.evaluate(PAINTED)
            return False

        until(are_there, what=f"there were never {n}")

    def let_all_through(self):
        for browser, message in self.held:
            browser.send(message)
        self.held = None


def test_while_projects_change_there_is_one_annotator_at_a_time(chosen):
    """Two would both hear a key, and the one that goes would write into the other's address."""
    wire = Wire(chosen)
    expect(chosen.get_by_test_id("annotator")).to_contain_text("The dam was open.")
    for go, there in [(chosen.go_back, "Flooding below"), (chosen.go_forward, "The dam was open.")]:
        wire.held = []
        go()
        wire.let_through_until(chosen.locator("[class*=st-key-annotator-]"), 2)
        expect(chosen.get_by_test_id("annotator")).to_have_count(1)
        expect(chosen.get_by_test_id("annotator")).to_contain_text(there)
        wire.let_all_through()
        expect(chosen.locator("[class*=st-key-annotator-]")).to_have_count(1)
        expect(chosen.get_by_test_id("annotator")).to_contain_text(there)


def test_each_tab_has_its_own_project(chosen):
    other = chosen.context.new_page()
    other.goto(chosen.url.partition("?")[0])
    expect(other.get_by_test_id("annotator")).to_be_visible()
    chosen.reload()

    expect(chosen.get_by_test_id("annotator")).to_contain_text("The dam was open.")
    other.close()
