"""A proxy in front signs people in, in a real browser with its WebSocket."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from proxy import Proxy
from running import Workbench, serving

from db.engine import database_now, engines, transaction
from tests.e2e.annotator_page import AnnotatorPage
from tests.e2e.installation import Installation
from workbench.services import accounts
from workbench.services.permissions import OPERATOR

HEADER = "X-Auth-User"
SETTINGS = {"WORKBENCH_PROXY_HEADER": HEADER, "WORKBENCH_PROXY_PEERS": "127.0.0.1"}


@pytest.fixture
def workbench(tmp_path: Path, sqlite_template: Path) -> Iterator[Workbench]:
    """A workbench behind a proxy, with two reviewers who have accounts."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copyfile(sqlite_template, home / "workbench.db")
    pair = engines(f"sqlite:///{home / 'workbench.db'}")
    with transaction(pair) as session:
        now = database_now(session)
        for name in ("Ada", "Eve"):
            accounts.add(session, actor=OPERATOR, name=name, role="reviewer", now=now)
    pair.dispose()
    with serving(home, "--samples", "--auth", "proxy", **SETTINGS) as found:
        yield found


@pytest.fixture
def proxy(workbench: Workbench) -> Iterator[Proxy]:
    found = Proxy([workbench.port])
    yield found
    found.stop()


def test_whom_the_proxy_names_labels_and_another_name_is_somebody_else(workbench, proxy, visit):
    installation = Installation(workbench)
    visitor = visit("Ada", proxy.url)
    visitor.may_lose_connections = True  # so a browser says of an answer with status 401
    page = visitor.open("/")
    expect(page.get_by_role("alert")).to_contain_text("did not say who you are")

    proxy.says = {HEADER: "Ada"}
    visitor.open("/")
    annotator = AnnotatorPage(visitor, installation).ready()
    annotator.press("1")
    annotator.has_sent_all()
    assert list(installation.labels("Ada").values()) == ["claim"]

    proxy.says = {HEADER: "Eve"}
    visitor.open("/account")
    expect(page.get_by_text("Eve", exact=True).first).to_be_visible()
    expect(page.get_by_text("The proxy in front").first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Signed out here")).to_be_visible()
    installation.engines.dispose()
