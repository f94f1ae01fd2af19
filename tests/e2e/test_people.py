"""The people page: a click on a person opens what can be done with their account."""

from playwright.sync_api import expect

MANAGERS = ["/import", "/export", "/queue", "/label-set", "/people", "/projects", "/audit-log"]


def test_a_click_anywhere_on_a_row_opens_the_person(sign_in, installation):
    installation.add(name="Zora Quill")
    page = sign_in(role="admin", project=None).open("/people")
    page.get_by_label("Search by name").fill("Zora")
    page.get_by_label("Search by name").press("Enter")
    expect(page.get_by_text("1 person")).to_be_visible()
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    # Invitations may stand below.
    page.get_by_test_id("stDataFrame").first.click(position={"x": 60, "y": 52})

    expect(page.get_by_role("button", name="Make a sign-in link")).to_be_visible()


def test_a_reviewer_at_a_managers_address_is_told_so_without_a_dialog(sign_in):
    reviewer = sign_in()
    for path in MANAGERS:
        page = reviewer.open(path)
        expect(page.get_by_role("heading", level=1).first).to_be_attached()
        expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
        assert page.url.endswith(path)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("navigation").get_by_role("link", name="People")).to_have_count(0)
