"""The audit page: everything for an admin, their project's part for a manager, searched."""

import pytest
from screens import words

from workbench.services import project_acts
from workbench.services.permissions import OPERATOR, Role


@pytest.fixture
def project(installation):
    """Two projects, with an act done to each."""
    made = installation.project()
    with installation.rows() as (session, make):
        make.project(slug="mill")
        for slug in ("demo", "mill"):
            project_acts.archive(session, actor=OPERATOR, slug=slug, now=make.now)
        project_acts.restore(session, actor=OPERATOR, slug="demo", now=make.now)
    return made


def rows(page):
    assert not page.exception
    return list(
        zip(page.dataframe[0].value["What"], page.dataframe[0].value["Done to"], strict=True)
    )


def test_an_admin_sees_everything_with_where_it_came_from(installation, project):
    page = installation.open("audit", as_=installation.sign_in(Role.ADMIN, project))
    assert rows(page) == [
        ("restore project", "demo"),
        ("archive project", "mill"),
        ("archive project", "demo"),
    ]
    assert "From" in page.dataframe[0].value


def test_a_manager_sees_their_projects_part(installation, project):
    page = installation.open("audit", as_=installation.sign_in(Role.MANAGER, project))
    assert rows(page) == [("restore project", "demo"), ("archive project", "demo")]
    assert "From" not in page.dataframe[0].value


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, None])
def test_others_see_nothing(installation, project, role):
    page = installation.open("audit", as_=installation.sign_in(role, project))
    assert not page.exception
    assert not page.dataframe
    assert "does not include the audit log" in words(page)


def test_search_narrows_the_table_and_the_file(installation, project):
    page = installation.open("audit", as_=installation.sign_in(Role.ADMIN, project))
    page.selectbox(key="audit-act").set_value("archive_project").run()
    page.text_input(key="audit-about").set_value("MILL").run()
    assert rows(page) == [("archive project", "mill")]
    links = [each.proto.url for each in page.get("link_button")]
    assert "/audit/log.csv?act=archive_project&about=MILL" in links
    page.text_input(key="audit-actor").set_value("zzz").run()
    assert "Nothing of this kind was done" in words(page)
