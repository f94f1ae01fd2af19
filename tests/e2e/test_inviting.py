"""Inviting in a real browser: what is seen of it, by everybody, at every width."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from db.engine import database_now, transaction
from workbench.services import accounts
from workbench.services.permissions import OPERATOR

PHONE = {"viewport": {"width": 390, "height": 844}}
SIDEWAYS = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


@pytest.fixture
def links(installation):
    """The addresses of an invitation and of a way to a new password."""
    name = installation.add()
    with transaction(installation.engines) as session:
        given = {"actor": OPERATOR, "now": database_now(session)}
        slugs = ["default"]
        tokens = (
            accounts.invite(session, role="reviewer", project_slugs=slugs, **given),
            accounts.reset_link(session, name=name, **given),
        )
    return [f"/signin?token={token}" for token in tokens]


def faults(page):
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_a_link_asks_for_has_no_fault_and_fits_a_phone(visit, installation, links, scheme):
    for address in links:
        visitor = visit("Somebody", installation.url, color_scheme=scheme, **PHONE)
        page = visitor.open(address)
        for summary in page.locator("summary").all():
            summary.click()
        assert faults(page) == []
        assert page.evaluate(SIDEWAYS) == 0


def test_a_password_typed_in_two_ways_is_said_where_one_types(visit, installation, links):
    visitor = visit("Somebody", installation.url)
    visitor.may_lose_connections = True  # a browser calls an answer of 400 a fault
    page = visitor.open(links[0])
    page.get_by_label("Your name").fill("Zoe Quayside")
    page.get_by_text("Set a password at once").click()
    page.get_by_label("Password", exact=True).fill("harbour lamp seven")
    page.get_by_label("The same again").fill("harbour lamp eight")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("alert")).to_have_text("The two passwords differ. Type it twice again.")
    expect(page.get_by_label("Your name")).to_have_value("Zoe Quayside")
    expect(page.get_by_label("Password", exact=True)).to_be_visible()


def test_the_invitations_that_wait_and_the_form_have_no_fault(sign_in, installation, links):
    page = sign_in(role="manager").open("/people")
    expect(page.get_by_role("heading", name="Invitations that wait")).to_be_visible()
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_role("button", name="Make an invitation link").click()
    expect(page.get_by_text(re.compile("brings one person in"))).to_be_visible()
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    assert faults(page) == []


def test_a_click_on_an_invitation_takes_it_back(sign_in, installation):
    slug = installation.create_another("inviting")
    page = sign_in(role="manager", project=slug).open("/people")
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_role("button", name="Make an invitation link").click()
    expect(page.get_by_text("1 invitation", exact=True)).to_be_visible()
    page.get_by_test_id("stDataFrame").last.click(position={"x": 60, "y": 52})
    page.get_by_role("button", name="Take back").click()
    page.get_by_role("button", name="Take back now").click()
    expect(page.get_by_text("1 invitation", exact=True)).to_have_count(0)
