"""Every page at three widths, light and dark, zoomed, by keyboard, and before axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from running import until

from tests.e2e.annotator_page import AnnotatorPage
from tests.e2e.visitor import Visitor

SCHEMES = ["light", "dark"]
SIZES = {"desk": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
ZOOMED = {"viewport": {"width": 720, "height": 450}, "device_scale_factor": 2}
THUMB = 44
SMALLER = """(buttons, thumb) => buttons.filter((button) => {
  const { width, height } = button.getBoundingClientRect();
  return Math.min(width, height) < thumb;
}).map((button) => button.textContent)"""
LOOKS = 5  # how often one looks whether something is only just being drawn
# Each page, and what is drawn last on it.
PAGES = {
    "/": "[data-testid=sentence]",
    "/articles": "[data-testid=article-list]",
    "/articles?article=": "[data-testid=reader]",
    "/guideline": "text=Guideline version",
    "/import": "text=Imports so far",
    "/import?import=1": "role=region[name='Report']",
    "/export": ".wb-preview",
    "/own-labels": "[data-testid=stDataFrame]",
    "/discussion": "role=button[name='Close without a reply']",
    "/progress": "text=By reviewer",
    "/queue": "text=What is behind each number",
    "/label-set": "text=, in force.",
    "/people": "[data-testid=stDataFrame]",
    "/projects": "[data-testid=stDataFrame]",
    "/audit-log": "[data-testid=stDataFrame]",
    "/account": "text=Where you are signed in",
}
EMPTY = ["/", "/articles", "/import", "/export", "/discussion"]
# The place for files is out of the tab order by `role=presentation`; its button is in it.
STREAMLITS_OWN = re.compile("presentation-role-conflict: .*stFileUploaderDropzone")

SIDEWAYS = """() => [document.scrollingElement, document.querySelector("[data-testid=stMain]")]
  .map((each) => each.scrollWidth - each.clientWidth)"""
FOCUS = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
  const isVisible = (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
  return { words: at.textContent.trim(), isVisible };
}"""


@pytest.fixture(scope="session")
def inhabited(running_installation):
    """An administrator who has labelled a little, and a manager of a project without articles."""
    running_installation.create("vacant")
    return {
        "admin": running_installation.add("admin", None),
        "manager": running_installation.add("manager", "vacant"),
    }


@pytest.fixture(scope="session")
def people(browser, running_installation, inhabited):
    """Each of them in a light and in a dark browser, signed in once for all tests."""
    visitors = {}
    for scheme in SCHEMES:
        for role, name in inhabited.items():
            context = browser.new_context(color_scheme=scheme)
            visitor = Visitor(context, name=name, origin=running_installation.url)
            visitor.page.goto(running_installation.link(name))
            visitors[role, scheme] = visitor
    admin = AnnotatorPage(visitors["admin", "light"], running_installation).ready()
    admin.press(*"12345", "f")  # a flag is a question on the discussion page
    admin.has_sent_all()
    yield visitors
    for visitor in visitors.values():
        visitor.context.close()


@pytest.fixture(params=SCHEMES)
def scheme(request):
    return request.param


@pytest.fixture
def show(people, scheme, queue):
    """Open a page, and wait until it has drawn all it will."""

    def opened(path, *, role="admin", size=SIZES["desk"]):
        page = people[role, scheme].page
        page.set_viewport_size({"width": size[0], "height": size[1]})
        article = queue[0].partition(":")[0] if path.endswith("=") else ""
        people[role, scheme].open(path + article)
        if role == "admin":
            expect(page.locator(PAGES[path]).first).to_be_visible()
        expect(page.get_by_role("heading", level=1).first).to_be_attached()
        expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
        return page

    return opened


def faults(page):
    """What axe finds: the rule, and the pieces of the page that break it.

    What is drawn anew is paler for a moment; a fault of the page itself stays.
    """
    for _ in range(LOOKS):
        found = faults_now(page)
        if not found:
            break
        page.wait_for_timeout(500)
        expect(page.locator("[data-stale=true]")).to_have_count(0)
    return found


def faults_now(page):
    found = Axe().run(page).response["violations"]
    nodes = [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]
    return [each for each in nodes if not STREAMLITS_OWN.match(each)]


def scrolls_sideways(page):
    """By how many pixels the page and its midst do, once everything has found its place."""
    for _ in range(LOOKS):
        found = page.evaluate(SIDEWAYS)
        if found == [0, 0]:
            break
        page.wait_for_timeout(500)
    return found


def is_within(page, locator):
    """Whether all of it can be seen without scrolling."""
    box, size = locator.bounding_box(), page.viewport_size
    return (
        box is not None
        and box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= size["width"]
        and box["y"] + box["height"] <= size["height"]
    )


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_fault_on_any_page(show, path):
    assert faults(show(path)) == []


@pytest.mark.parametrize("path", EMPTY)
def test_axe_finds_no_fault_where_there_is_nothing_yet(show, path):
    page = show(path, role="manager")

    expect(page.get_by_test_id("sentence")).to_have_count(0)
    assert faults(page) == []


def test_axe_finds_no_fault_where_files_are_looked_at(show):
    page = show("/import")
    garbled = "The café reopened, she said.".encode().decode("cp1252").encode()
    files = [("a.txt", garbled), ("b.csv", b"Body,Head\nIt rained.,Rain\nIt snowed.,Snow\n")]
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": data} for name, data in files]
    )
    expect(page.get_by_role("region", name="Text")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Look at").click()
    page.get_by_role("option", name="b.csv").click()
    expect(page.get_by_text("guessed by name")).to_be_visible()

    assert faults(page) == []


def test_axe_finds_no_fault_where_labels_are_explained(show):
    page = show("/import")
    labelled = b'{"text": "A boat left.", "accept": ["claim"], "answer": "accept"}\n'
    odd = labelled.replace(b"claim", b"ODD")
    given = {"name": "a.jsonl", "mimeType": "text/plain", "buffer": labelled + odd}
    page.locator("input[type=file]").set_input_files([given])
    expect(page.get_by_label("Label 1 of the file")).to_be_visible()

    assert faults(page) == []


def test_axe_finds_no_fault_on_the_sign_in_page(visit, scheme, installation):
    page = visit("Nobody", installation.url, color_scheme=scheme).open("/signin")

    assert faults(page) == []


def test_an_unknown_address_leads_back_and_has_no_fault(sign_in, installation, scheme):
    visitor = sign_in(color_scheme=scheme)
    visitor.may_lose_connections = True  # the browser notes that the answer is a 404
    page = visitor.open("/nosuch")

    expect(page.get_by_role("heading", name="No such page")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="Open the workbench").click()
    expect(page.get_by_test_id("sentence")).to_be_visible()


def test_axe_finds_no_fault_beside_an_open_sheet(show):
    page = show("/")
    for key in ("g", "?", "s", "m"):
        page.keyboard.press(key)
        expect(page.get_by_test_id("annotator").get_by_role("dialog")).to_be_visible()
        assert faults(page) == []
        page.keyboard.press("Escape")


def test_axe_finds_no_fault_after_the_last_sentence(sign_in, installation, scheme):
    slug = installation.create_another("done")
    installation.bring(slug, {"quay.txt": "The quay was shut.\n"})
    annotator = AnnotatorPage(sign_in(project=slug, color_scheme=scheme), installation).ready()
    annotator.press("1")

    expect(annotator.root.get_by_role("heading", name="All done")).to_be_visible()
    assert faults(annotator.page) == []


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_sentence_and_save_button_are_in_sight_at_every_width(show, size):
    page = show("/", size=size)

    expect(page.get_by_test_id("sentence")).to_be_visible()
    until(lambda: is_within(page, page.get_by_test_id("sentence")))
    until(lambda: is_within(page, page.get_by_role("button", name="Save", exact=True)))
    assert scrolls_sideways(page) == [0, 0]


@pytest.mark.parametrize("scheme", ["light"], indirect=True)  # colours move nothing
@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_on_a_phone(show, path):
    page = show(path, size=SIZES["phone"])

    assert scrolls_sideways(page) == [0, 0]


def test_on_a_phone_everything_is_big_enough_for_a_thumb(sign_in, installation):
    annotator = AnnotatorPage(sign_in(**PHONE), installation).ready()
    buttons = annotator.root.locator("button:visible")
    expect(buttons.first).to_be_visible()

    until(lambda: buttons.evaluate_all(SMALLER, THUMB) == [])


def test_on_a_phone_one_labels_with_the_thumb(sign_in, installation, queue):
    annotator = AnnotatorPage(sign_in(**PHONE), installation).ready()
    annotator.button("Claim").tap()
    annotator.button("Save").tap()
    annotator.button("3: claim and attribution, save and go on").tap()

    assert list(annotator.stored().values()) == ["claim", "attribution claim"]


def test_at_twice_the_size_sentence_and_save_button_are_in_sight(sign_in, installation):
    annotator = AnnotatorPage(sign_in(**ZOOMED), installation).ready()

    until(lambda: is_within(annotator.page, annotator.page.get_by_test_id("sentence")))
    until(lambda: is_within(annotator.page, annotator.button("Save")))
    assert scrolls_sideways(annotator.page) == [0, 0]


def test_the_tab_key_reaches_every_button_and_shows_where_it_is(annotator):
    annotator.press("1", "2", "ArrowLeft")
    buttons = annotator.root.locator("button:visible:enabled")
    wanted = {words.strip() for words in buttons.all_text_contents()}
    reached = []
    for _ in range(60):
        annotator.press("Tab")
        reached.append(annotator.page.evaluate(FOCUS))

    assert wanted - {each["words"] for each in reached} == set()
    assert [each for each in reached if each["words"] in wanted and not each["isVisible"]] == []


def test_without_shortcuts_everything_is_done_by_tab_space_and_enter(annotator, queue):
    annotator.root.get_by_role("switch", name="Single-key shortcuts").press("Space")
    annotator.button("Claim").press("Space")
    annotator.button("Save").press("Enter")

    annotator.shows(queue[1])
    assert annotator.stored() == {queue[0]: "claim"}
