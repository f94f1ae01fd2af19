"""One workbench with the sample articles, one Chromium, and people who sign in to it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import chromium
import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from running import serving

from tests.e2e.annotator_page import AnnotatorPage
from tests.e2e.installation import Installation
from tests.e2e.profiles import Profiles
from tests.e2e.visitor import PATIENCE_MS, Visitor

HERE = Path(__file__).parent
LOOPBACK = ["127.0.0.1", "::1", "localhost"]
VISITORS = pytest.StashKey[list[Visitor]]()
FAILED = pytest.StashKey[bool]()

SignIn = Callable[..., Visitor]
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Show what a failed test looked like, and what the server said."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
        for visitor in item.stash.get(VISITORS, []):
            report.sections += _evidence(item, visitor)
        installation = getattr(item, "funcargs", {}).get("installation")
        if installation:
            log = (installation.workbench.home / "server.log").read_text()
            report.sections.append(("Server log", log[-3000:]))
    return report


def _evidence(item: pytest.Item, visitor: Visitor) -> Iterator[tuple[str, str]]:
    # In a fixture's fault the test's own values are not there yet.
    folder = item.funcargs.get("tmp_path") or Path(mkdtemp(prefix="workbench-screens-"))
    for number, page in enumerate(visitor.context.pages):
        path = folder / f"{visitor.name} {number}.png"
        page.screenshot(path=path)
        yield f"Screen of {visitor.name}", f"{page.url}\n{path}"
    yield f"Complaints of {visitor.name}'s browser", "\n".join(visitor.complaints)


@pytest.fixture(scope="session")
def running_installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with serving(tmp_path_factory.mktemp("workbench"), "--samples") as workbench:
        installation = Installation(workbench)
        yield installation
        installation.engines.dispose()


@pytest.fixture
def installation(running_installation: Installation) -> Installation:
    """The workbench with the sample articles; it runs, whatever the test before did to it."""
    if running_installation.workbench.process is None:
        running_installation.workbench.start()
    return running_installation


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.found(), args=list(chromium.ARGUMENTS)
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Iterator[Profiles]:
    lent = Profiles(browser)
    yield lent
    lent.close()


@pytest.fixture
def visit(
    request: pytest.FixtureRequest, tmp_path: Path, profiles: Profiles
) -> Iterator[Callable[..., Visitor]]:
    """Open a browser profile; in the end it complained of nothing and asked no stranger."""
    visitors = request.node.stash[VISITORS] = []

    def open_profile(name: str, origin: str, **options: Any) -> Visitor:
        visitors.append(profiles.lend(name, origin, **options))
        return visitors[-1]

    yield open_profile
    is_sound = not request.node.stash.get(FAILED, False)
    for visitor in visitors:
        profiles.take_back(visitor, is_sound=is_sound)
    del request.node.stash[VISITORS]
    assert [each for visitor in visitors for each in visitor.complaints] == []
    assert [each for visitor in visitors for each in visitor.strangers] == []


@pytest.fixture
def sign_in(visit: Callable[..., Visitor], installation: Installation) -> SignIn:
    """Sign somebody in by a one-time link: somebody new, unless a name is given."""

    def by_link(
        name: str = "", *, role: str = "reviewer", project: str = "default", **options: Any
    ) -> Visitor:
        name = name or installation.add(role, project)
        visitor = visit(name, installation.url, **options)
        visitor.page.goto(installation.link(name))
        return visitor

    return by_link


@pytest.fixture
def annotator(sign_in: SignIn, installation: Installation) -> AnnotatorPage:
    """The annotate page of a new reviewer, at the first sentence of the sample articles."""
    return AnnotatorPage(sign_in(), installation).ready()


@pytest.fixture
def queue(installation: Installation) -> list[str]:
    """The sentences of the sample articles in the order in which they are shown."""
    return installation.queue()
