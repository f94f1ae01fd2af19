"""Every page, asked by every role and by whoever has no part: nothing breaks, nothing leaks."""

from pathlib import Path

import pytest
from screens import words

from workbench.app_pages import SCREENS
from workbench.services.permissions import Role

FOLDER = Path(__file__).parents[2] / "workbench" / "app_pages"
PAGES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
SECRET = b"Zanzibar opens\n\nBy Ada Lin\n\nThe zanzibar quay opened. Two ferries came in.\n"
LABELS_ONLY = (Role.REVIEWER, Role.ADJUDICATOR)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request):
    """Here, both kinds of database stand under the pages."""
    return request.param


@pytest.fixture
def project(installation):
    """A project with an article and with Henrietta, who has labelled in it."""
    made = installation.project()
    installation.bring_in(secret=SECRET)
    with installation.rows() as (_, make):
        make.membership(made, make.account("Hidden Henrietta"), n_done=1, n_events=1)
    return made


@pytest.fixture
def other(installation):
    """A project without either."""
    with installation.rows() as (_, make):
        return make.project(slug="other")


def drawn(page):
    """All that a page sends to the browser, words, tables and components."""
    tables = "".join(each.value.to_csv() for each in page.dataframe)
    components = "".join(each.proto.json for each in page.get("bidi_component"))
    html = "".join(str(each.proto.body) for each in page.get("html"))
    return "\n".join((words(page), tables, components, html)).casefold()


def test_every_page_is_in_the_list_that_makes_its_address():
    assert sorted(screen.module for screen in SCREENS) == PAGES
    assert len({screen.address for screen in SCREENS}) == len(SCREENS)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_for_every_role_in_the_project(installation, project, name):
    pages = [installation.open(name, as_=installation.sign_in(role, project)) for role in Role]
    assert [page.exception for page in pages if page.exception] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_nothing_of_a_project_one_is_not_in(installation, project, other, name):
    for role in (*LABELS_ONLY, Role.MANAGER, None):
        page = installation.open(name, as_=installation.sign_in(role, other))
        assert not page.exception, role
        assert "zanzibar" not in drawn(page), role
        assert "henrietta" not in drawn(page), role


@pytest.mark.parametrize("name", PAGES)
def test_who_labels_sees_nobody_else_on_any_page(installation, project, name):
    for role in LABELS_ONLY:
        page = installation.open(name, as_=installation.sign_in(role, project))
        assert not page.exception, role
        assert "henrietta" not in drawn(page), role


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_nothing_to_whoever_is_signed_out(installation, project, name):
    page = installation.open(name, as_="")
    assert page.exception  # what app.py catches, to say so
    assert "zanzibar" not in drawn(page)


def test_a_page_that_leaked_would_be_seen(installation, project):
    seen = installation.open("people", as_=installation.sign_in(Role.MANAGER, project))
    read = installation.open("articles", as_=installation.sign_in(Role.REVIEWER, project))
    assert "henrietta" in drawn(seen)
    assert "zanzibar" in drawn(read)
