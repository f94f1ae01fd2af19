"""A manager shares out the work of two reviewers, and frees what one of them holds."""

from playwright.sync_api import expect

from tests.e2e.annotator_page import AnnotatorPage
from tests.e2e.test_screens import faults

TEXT = "".join(f"The quay was shut on day {n}.\n" for n in range(60))


def side(page, name):
    """Open one side of the queue."""
    page.get_by_role("tab", name=name).click()
    expect(page.get_by_role("tab", name=name, selected=True)).to_be_visible()


def choose_first_row(page):
    """Click the box before the first row of the only table."""
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_have_count(1)
    table.click(position={"x": 15, "y": 52})


def test_a_manager_sets_how_many_and_frees_what_somebody_holds(sign_in, installation):
    slug = installation.create_another("shared")
    installation.bring(slug, {"quay.txt": TEXT})
    page = sign_in(role="manager", project=slug).open("/progress")
    page.get_by_role("button", name="How sentences are given out").click()
    page.get_by_label("Reviewers a sentence needs").click()
    page.get_by_role("option", name="1", exact=True).click()
    expect(page.get_by_text("60 sentences, 60 decisions wanted: 0 there, 60 left.")).to_be_visible()
    page.get_by_role("button", name="Save the settings").click()
    expect(page.get_by_text("In force: 1 reviewer for each sentence")).to_be_visible()
    assert faults(page) == []

    ada, ben = (AnnotatorPage(sign_in(project=slug), installation).ready() for _ in range(2))
    assert {ada.sentence, ben.sentence} == {installation.queue(slug)[n] for n in (0, 40)}
    ada.press("1", "2")
    ada.has_sent_all()

    side(page, "Leases")
    expect(page.get_by_text("58 sentences with 2 reviewers, all at work.")).to_be_visible()
    choose_first_row(page)
    expect(page.get_by_role("button", name="Release all they hold")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Release all they hold").click()
    expect(page.get_by_text("Others can get them now.").first).to_be_visible()
    expect(page.get_by_text("with 1 reviewer, all at work.")).to_be_visible()


def test_a_subset_is_made_and_axe_finds_no_fault_in_it(sign_in, installation):
    slug = installation.create_another("given")
    installation.bring(slug, {"quay.txt": TEXT})
    manager = sign_in(role="manager", project=slug)
    reviewer = installation.add("reviewer", slug)
    page = manager.open("/queue")
    page.get_by_label("Reviewers a sentence needs").click()
    page.get_by_role("option", name="1", exact=True).click()
    page.get_by_role("button", name="Save the settings").click()
    expect(page.get_by_text("In force: 1 reviewer for each sentence")).to_be_visible()
    side(page, "Subsets")
    page.get_by_role("button", name="Make a subset").click()
    page.get_by_role("textbox", name="Name").fill("Quay first")
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    page.get_by_role("combobox", name="Reviewers").fill(reviewer)
    page.get_by_role("option", name=reviewer).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add all 1 that are free").click()
    expect(page.get_by_text("1 article, 60 sentences.")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Save the subset").click()

    expect(page.get_by_text("The subset Quay first is saved.")).to_be_visible()
    expect(page.get_by_text("1 subset", exact=True)).to_be_visible()
    assert faults(page) == []
    side(page, "Nobody left")
    expect(page.get_by_text("has somebody left who can get it")).to_be_visible()
    assert faults(page) == []
