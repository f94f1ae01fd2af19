"""The project that is chosen in the header or on a page, and the address that names it."""

import pytest
from screens import choose
from streamlit.testing.v1 import AppTest

from workbench.services.permissions import Role
from workbench.ui import address


def _draw() -> None:
    from workbench.app_pages import projects
    from workbench.ui import chrome
    from workbench.ui.context import current_actor

    chrome.choose_project(current_actor())
    projects.render()


@pytest.fixture
def page(installation):
    """The page of projects with its header, for an admin of two of which `demo` is shown."""
    project = installation.project()
    with installation.rows() as (_, make):
        make.project(slug="other")
    page = AppTest.from_function(_draw, default_timeout=20)
    page.user = {"uid": installation.sign_in(Role.ADMIN, project)}
    return page.run()


def shown(page):
    assert not page.exception
    return page.selectbox(key="project").value, page.query_params["project"]


def test_a_choice_in_the_header_is_named_by_the_address(page):
    assert shown(page) == ("demo", "demo")
    page.selectbox(key="project").set_value("other").run()
    assert shown(page) == ("other", "other")


def test_what_a_browser_sends_that_has_not_heard_of_its_choice_yet_undoes_it_not(page):
    page.selectbox(key="project").set_value("other").run()
    for _ in range(2):
        page.query_params["project"] = "demo"
        page.run()
        assert shown(page) == ("other", "other")
    page.selectbox(key="project").set_value("demo").run()
    assert shown(page) == ("demo", "demo")


def test_the_way_back_undoes_the_choice(page, monkeypatch):
    page.selectbox(key="project").set_value("other").run()
    page.query_params["project"] = "demo"
    with monkeypatch.context() as patch:
        found = address.get_script_run_ctx
        patch.setattr(address, "get_script_run_ctx", lambda: _by_history(found()))
        assert shown(page.run()) == ("demo", "demo")
    assert shown(page.run()) == ("demo", "demo")


def _by_history(context):
    context.is_history_navigation = True
    return context


def test_a_project_that_is_to_be_worked_on_is_the_one_that_is_shown(page):
    choose(page, list(page.dataframe[0].value["Short name"]).index("other"))
    (button,) = [each for each in page.button if each.label == "Work on it"]
    assert shown(button.click().run()) == ("other", "other")
