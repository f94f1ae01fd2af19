"""People sign in with a real OIDC provider, in a real browser."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from providers import running_provider
from running import serving

from db.engine import database_now, transaction
from tests.e2e.installation import Installation
from tests.e2e.visitor import Visitor
from workbench.services import invitations
from workbench.services.permissions import OPERATOR

PEOPLE = [
    {"sub": sub, "name": name, "email": f"{sub}@harbour.example", "email_verified": True}
    for sub, name in (("ada", "Ada Lin"), ("bo", "Bo Berg"))
]
SECRET = "correct horse battery"


@pytest.fixture(scope="module")
def provided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A workbench where people sign in with a provider that is called Harbour."""
    folder = tmp_path_factory.mktemp("provided")
    secret = folder / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    with running_provider(folder, *PEOPLE) as issuer:
        settings = {
            "WORKBENCH_OIDC_ISSUER": issuer,
            "WORKBENCH_OIDC_CLIENT_ID": "workbench",
            "WORKBENCH_OIDC_CLIENT_SECRET_FILE": str(secret),
            "WORKBENCH_OIDC_NAME": "Harbour",
            "WORKBENCH_OIDC_DOMAINS": "harbour.example",
            "NO_PROXY": "127.0.0.1",
        }
        with serving(folder / "home", "--samples", **settings) as workbench:
            installation = Installation(workbench)
            yield installation
            installation.engines.dispose()


def invitation(installation: Installation) -> str:
    """A link that makes whoever takes it a reviewer."""
    with transaction(installation.engines) as session:
        now = database_now(session)
        token = invitations.invite(session, actor=OPERATOR, role="reviewer", now=now)
    return f"{installation.url}/signin?token={token}"


@pytest.fixture
def go(visit, provided) -> Iterator[Callable[[str], Visitor]]:
    """Open a browser that may go to the provider, whose page finds the style sheet it wants."""
    visitors = []

    def opened(name: str) -> Visitor:
        visitor = visit(name, provided.url)
        visitor.context.route(
            "https://cdn.jsdelivr.net/**",
            lambda route: route.fulfill(content_type="text/css", body=""),
        )
        visitors.append(visitor)
        return visitor

    yield opened
    issuer = urlsplit(provided.workbench.settings["WORKBENCH_OIDC_ISSUER"]).netloc
    meant = {issuer, "cdn.jsdelivr.net"}
    for visitor in visitors:
        visitor.asked[:] = [each for each in visitor.asked if urlsplit(each).netloc not in meant]


def agree(page: Page, sub: str = "ada") -> None:
    """At the provider: be this person, and say so."""
    page.get_by_role("button", name=sub, exact=True).click()


def test_a_person_binds_an_identity_and_comes_in_by_it(go, provided):
    name = provided.add("reviewer")
    page = go(name).page
    page.goto(provided.link(name))
    expect(page.get_by_role("link", name=f"Sign in with Harbour as {name}")).to_be_visible()
    page.get_by_role("button", name=f"Sign in as {name}").click()
    page.goto(f"{provided.url}/account")
    page.get_by_role("link", name="Sign in with Harbour from now on").click()
    agree(page)
    expect(page.get_by_text("Harbour, bound on").first).to_be_visible()
    expect(page.get_by_text("It is your only way in").first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    page.goto(f"{provided.url}/signin?next=/account")
    page.get_by_role("link", name="Sign in with Harbour").click()
    agree(page)
    expect(page.get_by_text("Where you are signed in").first).to_be_visible()
    expect(page).to_have_url(f"{provided.url}/account")


def test_an_invitation_is_taken_at_the_provider_and_a_stranger_is_told_why_not(go, provided):
    invited = go("Bo")
    invited.page.goto(invitation(provided))
    invited.page.get_by_role("link", name="Sign in with Harbour to take this invitation").click()
    agree(invited.page, "bo")
    expect(invited.page.get_by_test_id("sentence").first).to_be_visible()

    stranger = go("a stranger")
    stranger.may_lose_connections = True  # so a browser says of a page with status 403
    page = stranger.open("/signin")
    page.get_by_role("link", name="Sign in with Harbour").click()
    page.get_by_placeholder("sub").fill("mallory@elsewhere.example")
    page.get_by_role("button", name="Authorize").click()
    expect(page.get_by_role("alert")).to_contain_text("other domains")
    page.get_by_role("link", name="Sign in with Harbour").click()
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_role("alert")).to_contain_text("Harbour did not sign you in")
    expect(page.get_by_label("Password")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_with_a_provider_has_no_fault_that_axe_finds(visit, provided, scheme):
    for width, height in ((1440, 900), (1024, 768), (390, 844)):
        visitor = visit(
            "nobody",
            provided.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            bypass_csp=True,
        )
        visitor.open("/signin")
        found = Axe().run(visitor.page)
        assert found.violations_count == 0, found.generate_report()
        sideways = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
        assert visitor.page.evaluate(sideways) == 0
