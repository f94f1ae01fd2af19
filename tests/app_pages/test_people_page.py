import pytest
from screens import choose, told, words
from streamlit.testing.v1 import AppTest

from db.engine import database_now, reading
from workbench.errors import WorkbenchError
from workbench.services import accounts
from workbench.services.permissions import OPERATOR, Role

HOSTILE = "Bob **bold** [x](http://e.example) $x$"


def _draw_panel(name: str) -> None:
    from workbench.services import accounts
    from workbench.ui import outcomes, person
    from workbench.ui.context import current_actor, read_session

    actor = current_actor()
    with read_session() as session:
        found = [each for each in accounts.people(session, actor=actor) if each.name == name]
    outcomes.say(on=person.PAGE)
    person.panel(actor, found[0])


def open_panel(installation, *, as_, name):
    page = AppTest.from_function(_draw_panel, kwargs={"name": name}, default_timeout=20)
    page.user = {"uid": as_}
    return page.run()


def click(page, label):
    (button,) = [each for each in page.button if each.label == label]
    return button.click().run()


def person(installation, name):
    with reading(installation.engines) as session:
        found = accounts.people(session, actor=OPERATOR)
    return next((each for each in found if each.name == name), None)


def labels(page):
    return [each.label for each in page.button]


def shown(page):
    return list(page.dataframe[0].value["Name"])


@pytest.fixture
def project(installation):
    return installation.project()


@pytest.fixture
def admin(installation, project):
    return installation.sign_in(Role.ADMIN, project)


@pytest.fixture
def manager(installation, project):
    return installation.sign_in(Role.MANAGER, project)


@pytest.fixture
def bob(installation, project):
    with installation.rows() as (_, make):
        make.membership(project, make.account(HOSTILE), n_done=12)
    return HOSTILE


def test_the_only_one_is_told_so_and_how_many_are_invited(installation, admin):
    page = installation.open("people", as_=admin)
    assert not page.exception
    assert "You are the only one here." in words(page).splitlines()
    for name in ("Ann", "Ben"):
        with installation.rows() as (session, make):
            given = {"role": "reviewer", "name": name, "now": make.now}
            accounts.invite(session, actor=OPERATOR, **given)
    assert "You are the only one here. 2 invitations wait, see below." in words(page.run())


def test_an_admin_adds_a_person_and_gets_a_link_to_hand_over(installation, admin):
    page = click(installation.open("people", as_=admin), "Add a person")
    page.text_input[0].set_value("Cy")
    page.selectbox[0].set_value("adjudicator")
    page = click(page, "Add and make a sign-in link")
    assert not page.exception
    assert "/signin?token=" in page.code[0].value
    assert "Cy" in shown(page)
    assert person(installation, "Cy").role == "adjudicator"


def test_who_is_added_is_in_one_project_unless_all_are_chosen(installation, project, admin):
    for name, place in (("Cy", None), ("Di", "every project, also later ones")):
        page = click(installation.open("people", as_=admin), "Add a person")
        page.text_input[0].set_value(name)
        if place:
            page.selectbox(key="add-project").set_value(place)
        assert not click(page, "Add and make a sign-in link").exception
    assert person(installation, "Cy").joins_as is None
    assert person(installation, "Di").joins_as == "reviewer"


def test_a_role_is_changed_in_the_one_project_of_a_person(installation, admin, bob):
    page = open_panel(installation, as_=admin, name=bob)
    page.selectbox[0].set_value("adjudicator").run()
    page = click(page, "Change the role")
    assert (person(installation, bob).role, person(installation, bob).joins_as) == (
        "adjudicator",
        None,
    )
    assert "is adjudicator in demo now." in told(page)
    page.selectbox[1].set_value("every project, also later ones").run()
    page = click(page, "Change the role")
    assert "Comes into every project that is made later, as adjudicator." in words(page)


def test_a_name_that_is_taken_is_told_and_adds_nobody(installation, admin, bob):
    page = click(installation.open("people", as_=admin), "Add a person")
    page.text_input[0].set_value(bob.upper())
    page = click(page, "Add and make a sign-in link")
    assert "Somebody has this name" in words(page)
    assert not page.code
    assert len(shown(page)) == 2


def test_names_are_shown_as_they_are(installation, admin, bob):
    page = installation.open("people", as_=admin)
    assert bob in shown(page)
    panel = open_panel(installation, as_=admin, name=bob)
    assert bob in [each.value for each in panel.text]
    drawn = [*panel.markdown, *panel.title, *panel.button, *panel.warning, *panel.caption]
    assert not any(bob in str(each) for each in drawn)


def test_the_search_narrows_the_list(installation, admin, bob):
    page = installation.open("people", as_=admin)
    page.text_input(key="people-search").set_value("BOLD").run()
    assert shown(page) == [bob]
    page.text_input(key="people-search").set_value("zzz").run()
    assert "Nobody has such a name" in words(page)


def test_a_manager_sees_people_and_may_invite(installation, project, bob, manager):
    page = installation.open("people", as_=manager)
    assert bob in shown(page)
    assert labels(page) == ["Invite somebody"]


def test_a_manager_does_for_a_reviewer_what_a_manager_may(installation, bob, manager):
    page = open_panel(installation, as_=manager, name=bob)
    assert labels(page) == ["Remove now", "Make a link to a new password"]


def test_a_manager_is_offered_nothing_to_do_to_another_manager(installation, project, manager):
    with installation.rows() as (_, make):
        make.membership(project, make.account("Bea"), role="manager")
    page = open_panel(installation, as_=manager, name="Bea")
    assert "Manager in demo." in words(page)
    assert labels(page) == []


def test_a_click_of_who_may_no_longer_remove_anybody_removes_nobody(installation, bob, manager):
    page = open_panel(installation, as_=manager, name=bob)
    with installation.rows() as (session, _):
        at = database_now(session)
        name = accounts.signed_in(session, identity=manager, now=at).name
        accounts.set_role(session, actor=OPERATOR, name=name, role="reviewer", now=at)
    (button,) = [each for each in page.button if each.label == "Remove now"]
    button.click().run()
    assert not person(installation, bob).is_removed


def test_somebody_is_removed_from_the_project_and_brought_back(installation, bob, manager):
    page = open_panel(installation, as_=manager, name=bob)
    assert "12 sentences" in words(page)
    page = click(page, "Remove now")
    assert person(installation, bob).is_removed
    click(page, "Bring back into demo")
    assert not person(installation, bob).is_removed


def test_a_link_to_a_new_password_is_shown_with_until_when_it_works(installation, bob, manager):
    page = open_panel(installation, as_=manager, name=bob)
    page = click(page, "Make a link to a new password")
    assert "/signin?token=" in page.code[0].value
    assert "once; other sessions end. It works until" in words(page)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, None])
def test_others_see_nobody(installation, project, bob, role):
    page = installation.open("people", as_=installation.sign_in(role, project))
    assert not page.exception
    assert not page.dataframe
    assert "does not include seeing people" in words(page)


def test_an_admin_makes_a_fresh_link(installation, admin, bob):
    page = click(open_panel(installation, as_=admin, name=bob), "Make a sign-in link")
    assert "/signin?token=" in page.code[0].value


def test_an_admin_changes_a_role(installation, admin, bob):
    page = open_panel(installation, as_=admin, name=bob)
    page.selectbox[0].set_value("manager").run()
    click(page, "Change the role")
    assert person(installation, bob).role == "manager"


def test_a_role_for_one_project_of_several(installation, admin, project, bob):
    with installation.rows() as (_, make):
        make.membership(make.project(slug="other"), make.account("Zed"))
    page = open_panel(installation, as_=admin, name=bob)
    page.selectbox[0].set_value("manager")
    page.selectbox[1].set_value("other").run()
    click(page, "Change the role")
    assert person(installation, bob).role == "several"


def test_the_panel_stays_on_the_person_while_others_come_and_go(installation, admin, bob):
    page = choose(installation.open("people", as_=admin), shown_at(installation, admin, bob))
    page.text_input(key="people-search").set_value("BOLD").run()
    assert not page.exception
    page = click(page, "Disable now")
    assert "is disabled: they are signed out everywhere." in told(page)
    page.text_input(key="people-search").set_value("").run()
    click(page, "Enable the account")
    assert person(installation, bob).disabled_at is None


def shown_at(installation, admin, name):
    return shown(installation.open("people", as_=admin)).index(name)


def test_disabling_says_what_it_does_and_can_be_taken_back(installation, admin, bob):
    page = open_panel(installation, as_=admin, name=bob)
    assert "12 sentences" in words(page)
    page = click(page, "Disable now")
    assert person(installation, bob).disabled_at is not None
    assert "This account is disabled" in words(page)
    click(page, "Enable the account")
    assert person(installation, bob).disabled_at is None


def test_the_last_admin_is_told_why_they_stay(installation, admin):
    with reading(installation.engines) as session:
        [boss] = accounts.people(session, actor=OPERATOR)
    page = click(open_panel(installation, as_=admin, name=boss.name), "Disable now")
    assert "last admin" in words(page)
    assert person(installation, boss.name).disabled_at is None


def test_a_click_of_somebody_disabled_meanwhile_changes_nothing(installation, project, admin, bob):
    installation.sign_in(Role.ADMIN, project)
    page = open_panel(installation, as_=admin, name=bob)
    with installation.rows() as (session, _):
        actor = accounts.signed_in(session, identity=admin, now=database_now(session))
        accounts.disable(session, actor=OPERATOR, name=actor.name, now=database_now(session))
    (button,) = [each for each in page.button if each.label == "Disable now"]
    button.click().run()
    assert person(installation, bob).disabled_at is None


def test_an_admin_sees_where_somebody_is_signed_in_and_ends_it(installation, project, admin):
    who = installation.sign_in(Role.REVIEWER, project)
    with reading(installation.engines) as session:
        name = accounts.signed_in(session, identity=who, now=database_now(session)).name
    page = click(open_panel(installation, as_=admin, name=name), "End")
    assert "Signed in nowhere." in words(page)
    with reading(installation.engines) as session, pytest.raises(WorkbenchError):
        accounts.signed_in(session, identity=who, now=database_now(session))
