"""The people page: a click on a person opens what can be done with their account."""

from playwright.sync_api import expect


def test_a_click_anywhere_on_a_row_opens_the_person(sign_in, installation):
    installation.add(name="Zora Quill")
    page = sign_in(role="admin", project=None).open("/people")
    page.get_by_label("Search by name").fill("Zora")
    page.get_by_label("Search by name").press("Enter")
    expect(page.get_by_text("1 person")).to_be_visible()
    table = page.get_by_test_id("stDataFrame")
    box = table.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.75)

    expect(page.get_by_role("button", name="Make a sign-in link")).to_be_visible()
