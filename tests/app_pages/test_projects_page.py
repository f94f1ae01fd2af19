"""The projects page: found, made, opened, archived with its numbers, and taken up again."""

import pytest
from screens import choose, told, words

from db.engine import reading
from workbench.services import project_acts, queue_settings
from workbench.services.permissions import OPERATOR, Role


@pytest.fixture
def project(installation):
    return installation.project()


@pytest.fixture
def admin(installation, project):
    return installation.sign_in(Role.ADMIN, project)


def lines(installation):
    with reading(installation.engines) as session:
        found = project_acts.overview(session, actor=OPERATOR)
        return {line.slug: line for line in found}


def open_row(installation, as_, row=0):
    page = installation.open("projects", as_=as_)
    assert not page.exception
    return choose(page, row)


def press(page, label):
    [button] = [each for each in page.button if each.label == label]
    button.click().run()
    assert not page.exception
    return page


def test_an_empty_installation_says_what_a_project_is(installation):
    page = installation.open("projects", as_=installation.sign_in(Role.ADMIN))
    assert "Make the first one here" in words(page)


def test_somebody_in_no_project_is_told_so(installation, project):
    page = installation.open("projects", as_=installation.sign_in(None))
    assert "You are in no project yet" in words(page)
    assert not page.button


def test_a_reviewer_sees_no_numbers_of_others(installation, project):
    page = installation.open("projects", as_=installation.sign_in(Role.REVIEWER, project))
    assert "People" not in page.dataframe[0].value.columns
    assert "Decisions" not in page.dataframe[0].value.columns


def test_an_admin_makes_a_project(installation, admin):
    page = press(installation.open("projects", as_=admin), "New project")
    page.text_input[0].set_value("Quay stories")
    page.text_input[1].set_value("quay")
    page = press(page, "Make the project")
    assert lines(installation)["quay"].name == "Quay stories"
    assert "quay is made" in told(page)
    assert overlap(installation, "quay") is None


def test_a_project_is_made_whose_sentences_need_two_reviewers(installation, admin):
    page = press(installation.open("projects", as_=admin), "New project")
    page.text_input[1].set_value("quay")
    page.selectbox(key="new-project-overlap").set_value("2")
    press(page, "Make the project")
    assert overlap(installation, "quay") == 2


def overlap(installation, slug):
    with reading(installation.engines) as session:
        return queue_settings.read(session, actor=OPERATOR, slug=slug).overlap


def test_who_will_be_in_a_new_project_at_once_is_said_before_it_is_made(
    installation, project, admin
):
    page = press(installation.open("projects", as_=admin), "New project")
    assert "Besides admins nobody is in it at first." in words(page)
    with installation.rows() as (session, make):
        account = make.account("Ann")
        make.membership(project, account)
        account.joins_as = "reviewer"
        session.add(account)
    assert "every project, also later ones: Ann as reviewer." in words(page.run())


def test_a_name_that_cannot_be_is_said(installation, admin):
    page = press(installation.open("projects", as_=admin), "New project")
    page.text_input[1].set_value("Not A Slug")
    page = press(page, "Make the project")
    assert "'Not A Slug' is no short name. Use 1 to 64" in words(page)
    page.text_input[0].set_value("Größe, 3rd try: the quay")
    page.text_input[1].set_value("")
    page = press(page, "Make the project")
    assert "The short name is missing." in words(page)
    assert "such as grosse-3rd-try-the-quay." in words(page)


def test_a_manager_makes_none(installation, project):
    page = installation.open("projects", as_=installation.sign_in(Role.MANAGER, project))
    assert [each.label for each in page.button] == []


def test_archiving_says_what_it_does_and_is_taken_back(installation, project, admin):
    installation.bring_in(quay=b"The quay fell. It rose again.\n")
    page = open_row(installation, admin)
    assert "1 article, 2 sentences, 0 decisions" in words(page)
    press(page, "Archive now")
    assert lines(installation)["demo"].archived_at is not None
    page = press(open_row(installation, admin), "Restore")
    assert lines(installation)["demo"].archived_at is None


def test_the_panel_stays_on_the_project_that_was_archived_or_restored(installation, project, admin):
    with installation.rows() as (_, make):
        make.project(slug="other")
    page = press(open_row(installation, admin), "Archive now")
    assert list(page.dataframe[0].value["Short name"]) == ["other", "demo"]
    assert f"{project.name} is archived" in told(page)
    assert "Restore" in [each.label for each in page.button]
    page = press(page, "Restore")
    assert list(page.dataframe[0].value["Short name"]) == ["demo", "other"]
    assert f"{project.name} is restored" in told(page)
    press(page, "Archive now")
    found = lines(installation)
    assert (found["other"].archived_at, found["demo"].archived_at is None) == (None, False)


def test_what_was_done_is_said_also_of_a_project_that_left_the_list(installation, project, admin):
    page = installation.open("projects", as_=admin)
    page.session_state["projects-search"] = project.name
    page = choose(page.run(), 0)
    [name] = [each for each in page.text_input if each.label == "Name"]
    name.set_value("Quay stories")
    page = press(page, "Save the settings")
    assert not page.dataframe
    assert "The settings of Quay stories are saved." in told(page)


def test_the_settings_are_changed(installation, admin):
    page = open_row(installation, admin)
    page.text_input[0].set_value("Quay stories")
    page.multiselect[0].set_value(["headline"])
    press(page, "Save the settings")
    line = lines(installation)["demo"]
    assert (line.name, line.queued_kinds) == ("Quay stories", ("body", "headline"))


def test_a_project_is_chosen_to_be_worked_on(installation, project, admin):
    page = press(open_row(installation, admin), "Work on it")
    assert page.session_state["project"] == "demo"


def test_the_way_to_the_queue_is_for_managers(installation, project, admin):
    words = "How sentences are given out"
    manager = installation.sign_in(Role.MANAGER, project)
    reviewer = installation.sign_in(Role.REVIEWER, project)
    offered = [
        words in [each.label for each in open_row(installation, who).button]
        for who in (admin, manager, reviewer)
    ]
    assert offered == [True, True, False]


def test_with_many_projects_one_searches(installation, project, admin):
    with installation.rows() as (_, make):
        for n in range(6):
            make.project(slug=f"more-{n}")
    page = installation.open("projects", as_=admin)
    page.text_input(key="projects-search").set_value("more-3").run()
    assert list(page.dataframe[0].value["Short name"]) == ["more-3"]
    page.text_input(key="projects-search").set_value("zzz").run()
    assert "No project has all of these words" in words(page)
