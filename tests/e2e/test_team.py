"""A team at once: invited by link, at work in three browsers, and one of them shut out."""

import re

import pytest
from playwright.sync_api import expect

from db.engine import database_now, transaction
from tests.e2e.annotator_page import AnnotatorPage
from workbench.services import accounts
from workbench.services.permissions import OPERATOR

TEXT = "".join(f"Sentence number {n} came to the quay.\n" for n in range(30))
LINK = re.compile(r"http://\S+/signin\?token=[\w-]{43}")


@pytest.fixture
def slug(installation):
    slug = installation.create_another("team")
    installation.bring(slug, {"quay.txt": TEXT})
    return slug


@pytest.fixture
def manager(sign_in, slug):
    return sign_in(role="manager", project=slug).page


@pytest.fixture
def invited(manager, visit, installation):
    """Bring somebody in by an invitation that the manager makes on the people page."""

    def join(name):
        manager.goto(f"{installation.url}/people")
        manager.get_by_role("button", name="Invite somebody").click()
        manager.get_by_role("button", name="Make an invitation link").click()
        code = manager.get_by_test_id("stCode").first
        expect(code).to_contain_text(LINK)
        link = LINK.search(code.text_content())[0]
        visitor = visit(name, installation.url)
        visitor.page.goto(link)
        visitor.page.get_by_label("Your name").fill(name)
        visitor.page.get_by_role("button", name="Join").click()
        return AnnotatorPage(visitor, installation).ready()

    return join


def done(manager, n):
    """Wait until the manager's progress page says so many decisions are left, asked again."""
    manager.get_by_role("link", name="Progress", exact=True).click()
    expect(manager.get_by_text(f"{n} decisions left")).to_be_visible()


def test_two_reviewers_and_a_manager_at_once(manager, invited, installation, slug):
    ada, bea = invited("Ada Quayside"), invited("Bea Quayside")
    done(manager, 60)
    ada.press(*"111")
    bea.press(*"22")
    ada.has_sent_all()
    bea.has_sent_all()
    done(manager, 55)

    write_guideline(manager)
    for each in (ada, bea):
        each.press("1")
        each.has_sent_all()
        card = each.root.get_by_role("heading", name="The guideline has changed")
        expect(card).to_be_visible()
    assert len(ada.stored()) == 4
    assert len(bea.stored()) == 3

    bea.visitor.may_lose_connections = True
    change(installation, accounts.disable)
    bea.press(*"12")
    expect(bea.saving).to_contain_text("Your account is disabled")
    expect(bea.saving).to_contain_text("2 labels kept on this device")
    assert (bea.pending, len(installation.labels(bea.name))) == (2, 3)
    ada.press("1")
    ada.has_sent_all()
    done(manager, 25)  # nobody waits for somebody who is shut out

    change(installation, accounts.enable)
    bea.page.goto(installation.link("Bea Quayside"))
    bea.ready()
    assert len(bea.stored()) == 5
    assert len(ada.stored()) == 5


def change(installation, act):
    with transaction(installation.engines) as session:
        act(session, actor=OPERATOR, name="Bea Quayside", now=database_now(session))


def write_guideline(manager):
    manager.get_by_role("link", name="Guideline", exact=True).click()
    manager.get_by_role("tab", name="Write").click()
    text = manager.get_by_label("Markdown, with a section")
    text.fill(f"{text.input_value()}\n\nNumbers are claims too.\n")
    manager.get_by_label("Why").fill("Numbers were left out")
    manager.get_by_role("button", name="Save").click()
    expect(manager.get_by_text("Version 2 is in force.")).to_be_visible()
