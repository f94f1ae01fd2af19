"""Inviting on the people page: a link comes out, the invitation is listed, and taken back."""

import pytest
from screens import choose, words
from streamlit.testing.v1 import AppTest

from db.engine import database_now, reading
from workbench.services import accounts, links
from workbench.services.permissions import OPERATOR, Role


def _draw_panel(invitation_id: int) -> None:
    from workbench.services import accounts
    from workbench.ui import invitation_list
    from workbench.ui.context import current_actor, now, read_session

    actor = current_actor()
    with read_session() as session:
        at = now(session)
        found = accounts.invitations(session, actor=actor, now=at)
    for each in found:
        if each.id == invitation_id:
            invitation_list._panel(each, at)
    invitation_list.section(actor, search="")


@pytest.fixture
def project(installation):
    return installation.project()


@pytest.fixture
def manager(installation, project):
    return installation.sign_in(Role.MANAGER, project)


@pytest.fixture
def admin(installation, project):
    return installation.sign_in(Role.ADMIN, project)


def waiting(installation):
    with reading(installation.engines) as session:
        return accounts.invitations(session, actor=OPERATOR, now=database_now(session))


def click(page, label):
    (button,) = [each for each in page.button if each.label == label]
    return button.click().run()


def state(installation, page):
    token = page.code[0].value.partition("token=")[2]
    with reading(installation.engines) as session:
        return links.open_link(session, token=token, now=database_now(session))


def field(elements, label):
    return next(each for each in elements if each.label == label)


def open_form(installation, as_):
    return click(installation.open("people", as_=as_), "Invite somebody")


def invited(installation, **given):
    with installation.rows() as (session, _):
        values = {"role": "reviewer", "project_slugs": ["demo"], "now": database_now(session)}
        accounts.invite(session, actor=OPERATOR, **(values | given))
    return waiting(installation)[0].id


def open_invitation(installation, as_, number):
    page = AppTest.from_function(_draw_panel, kwargs={"invitation_id": number}, default_timeout=20)
    page.user = {"uid": as_}
    return page.run()


def test_a_manager_invites_into_their_project_and_hands_the_link_over(
    installation, project, manager
):
    page = open_form(installation, manager)
    field(page.text_input, "Name, if you know it").set_value("Bea Lin")
    page = click(page, "Make an invitation link")
    opened = state(installation, page)
    assert (opened.kind, opened.name, opened.role) == ("invitation", "Bea Lin", "reviewer")
    assert opened.projects == (project.name,)
    assert "once. It works until" in words(page)


def test_a_manager_is_offered_the_roles_that_are_theirs_to_give(installation, manager, admin):
    offered = [
        field(open_form(installation, who).selectbox, "Role").options for who in (manager, admin)
    ]
    assert offered == [["reviewer", "adjudicator"], list(accounts.ROLES)]


def test_of_several_projects_an_admin_chooses_and_all_of_them_is_a_choice_of_its_own(
    installation, project, admin
):
    with installation.rows() as (_, make):
        make.project(slug="other")
    page = open_form(installation, admin)
    field(page.multiselect, "Projects").set_value(["other"])
    click(page, "Make an invitation link")
    page = click(open_form(installation, admin), "Make an invitation link")
    assert "There are several projects" in words(page)
    field(page.multiselect, "Projects").set_value(["every project, also later ones"])
    page = click(page, "Make an invitation link")
    assert [each.projects for each in waiting(installation)] == [(), ("other",)]
    assert page.dataframe[-1].value["Projects"][0] == "every project, also later ones"


def test_with_one_project_it_is_said_that_the_invitation_is_into_that_one(installation, admin):
    page = open_form(installation, admin)
    assert "Into demo, and into no project that is made later." in words(page)
    click(page, "Make an invitation link")
    assert [each.projects for each in waiting(installation)] == [("demo",)]


def test_with_no_project_it_is_said_that_the_invitation_is_into_those_that_come(installation):
    page = open_form(installation, installation.sign_in(Role.ADMIN))
    assert "every project, also later ones" in words(page)


def test_an_admin_is_invited_whatever_project_is_chosen(installation, admin):
    page = open_form(installation, admin)
    field(page.selectbox, "Role").set_value("admin")
    click(page, "Make an invitation link")
    assert [(each.role, each.projects) for each in waiting(installation)] == [("admin", ())]


def test_a_name_that_is_taken_is_said_and_nobody_is_invited(installation, project, manager):
    with installation.rows() as (_, make):
        make.account("Ada")
    page = open_form(installation, manager)
    field(page.text_input, "Name, if you know it").set_value("ada")
    page = click(page, "Make an invitation link")
    assert "Somebody has this name" in words(page)
    assert waiting(installation) == []


def test_what_waits_is_listed_with_who_made_it_and_until_when(installation, manager):
    invited(installation, name="Bea")
    page = installation.open("people", as_=manager)
    row = page.dataframe[-1].value.iloc[0]
    assert [*row[:4]] == ["Bea", "reviewer", "demo", "operator"]
    assert row["Expires"].startswith("in 3 days, on ")


def test_the_search_finds_invitations_too(installation, project, manager):
    with installation.rows() as (_, make):
        make.membership(project, make.account("Bea Quill"))
    invited(installation, name="Zora")
    page = installation.open("people", as_=manager)
    page.text_input(key="people-search").set_value("bea").run()
    assert "Invitations that wait" not in [each.value for each in page.header]
    page.text_input(key="people-search").set_value("zora").run()
    assert list(page.dataframe[-1].value["Name"]) == ["Zora"]


def test_a_new_link_takes_the_place_of_the_old(installation, manager):
    number = invited(installation, name="Bea")
    page = click(open_invitation(installation, manager, number), "Make a new link")
    assert [each.id for each in waiting(installation)] != [number]
    assert state(installation, page).name == "Bea"
    assert "The old link works no more." in words(page)


def test_an_invitation_is_taken_back(installation, manager):
    invited(installation, name="Ada")
    invited(installation, name="Bea")
    page = choose(installation.open("people", as_=manager), 1, table=-1)
    invited(installation, name="Cy")
    page = click(page, "Take back now")
    assert [each.name for each in waiting(installation)] == ["Cy", "Bea"]
    told = [str(each.proto.body) for each in page.get("html")]
    assert any("The invitation of Ada is taken back" in words for words in told)


def test_of_an_invitation_taken_meanwhile_the_manager_is_told(installation, manager):
    number = invited(installation)
    page = open_invitation(installation, manager, number)
    with installation.rows() as (session, _):
        at = database_now(session)
        accounts.revoke_invitation(session, actor=OPERATOR, invitation_id=number, now=at)
    page = click(page, "Take back now")
    assert "no such invitation" in words(page)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_who_labels_is_offered_no_invitation(installation, project, role):
    invited(installation, name="Bea")
    page = installation.open("people", as_=installation.sign_in(role, project))
    assert not page.button
    assert not page.dataframe
