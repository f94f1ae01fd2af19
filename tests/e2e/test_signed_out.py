"""A tab whose session has ended: it says so, and leads to the sign-in page."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def tab(annotator):
    """A tab at work, whose session will end."""
    annotator.visitor.may_lose_connections = True
    return annotator.page


def act(page):
    page.get_by_role("link", name="Guideline", exact=True).click()
    expect(page.get_by_role("heading", name="Signed out")).to_be_visible()
    page.wait_for_load_state("networkidle")


def test_who_signed_out_in_another_tab_is_led_to_sign_in(tab, annotator):
    other = tab.context.new_page()
    other.goto(f"{annotator.visitor.origin}/account")
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_label("Password")).to_be_visible()
    act(tab)

    expect(tab.get_by_text("Sign in again; what you did not save is kept")).to_be_visible()
    expect(tab.get_by_text("TypeError")).to_have_count(0)
    tab.get_by_role("link", name="Sign in").click()
    expect(tab.get_by_label("Password")).to_be_visible()


def test_whose_account_was_disabled_is_told_so(tab, annotator, installation):
    installation.workbench.run("account", "disable", annotator.name)
    act(tab)

    expect(tab.get_by_text("Your account is disabled.")).to_be_visible()
    expect(tab.get_by_text("TypeError")).to_have_count(0)
