"""The progress page: everything for managers, one's own for everybody, and nobody else's."""

import pytest
from screens import QUAY, words

from workbench.services import queue_settings
from workbench.services.permissions import OPERATOR, Role
from workbench.services.queue_settings import QueueSettings


@pytest.fixture
def project(installation):
    made = installation.project()
    installation.bring_in(quay=QUAY)
    return made


@pytest.fixture
def reviewer(installation, project):
    return installation.sign_in(Role.REVIEWER, project)


@pytest.fixture
def manager(installation, project):
    return installation.sign_in(Role.MANAGER, project)


def headers(page):
    assert not page.exception
    return [each.value for each in page.header]


def test_a_reviewer_sees_their_own_and_no_more(installation, project, reviewer):
    installation.decide(project, as_=reviewer, n=2)
    installation.decide(project, as_=installation.sign_in(Role.REVIEWER, project), n=4)
    page = installation.open("progress", as_=reviewer)
    assert headers(page) == ["2 sentences done, 3 left"]
    assert not page.tabs
    assert list(page.dataframe[0].value.columns) == ["Day", "Decided"]


def test_a_manager_sees_the_project_its_people_and_its_articles(
    installation, project, reviewer, manager
):
    installation.decide(project, as_=reviewer, n=2)
    page = installation.open("progress", as_=manager)
    assert headers(page)[0] == "2 of 5 sentences done"
    assert "5 full days with work; there is none yet" in words(page)
    people = next(each.value for each in page.dataframe if "Role" in each.value)
    assert list(people["Done"]) == [2, 0]
    articles = next(each.value for each in page.dataframe if "Title" in each.value)
    assert list(articles["With a decision"]) == [2]
    assert list(people["Share"]) == [40, 0]


def test_with_enough_days_the_end_is_told_with_its_interval(
    installation, project, reviewer, manager
):
    installation.bring_in(other=b"One came. Two came. Three came. Four came. Five came. Six came.")
    for back in range(6, 0, -1):
        installation.decide(project, as_=reviewer, n=1, back=back)
    page = installation.open("progress", as_=manager)
    assert "At 1 a day, as in the last 6 days" in words(page)
    assert "9 times in 10 between" in words(page)


def test_where_sentences_need_a_number_of_reviewers_each_number_has_its_line(
    installation, project, reviewer, manager
):
    with installation.rows() as (session, make):
        given = {"actor": OPERATOR, "slug": "demo", "now": make.now}
        queue_settings.change(session, settings=QueueSettings(2, 40), **given)
    page = installation.open("progress", as_=manager)
    [table] = [each.value for each in page.dataframe if "Reviewers needed" in each.value]
    assert list(table["Reviewers needed"]) == [2, 1]
    assert sum(table["Sentences"]) == 5
    assert list(table["Left"]) == list(table["Decisions wanted"])


def test_the_way_to_the_queue_is_for_managers(installation, project, reviewer, manager):
    ways = {
        who: [each.label for each in installation.open("progress", as_=who).button]
        for who in (reviewer, manager)
    }
    assert ways == {reviewer: [], manager: ["How sentences are given out"]}


def test_before_anything_is_imported_it_says_so(installation):
    project = installation.project()
    page = installation.open("progress", as_=installation.sign_in(Role.REVIEWER, project))
    assert not page.exception
    assert [each.value for each in page.title] == ["Progress"]
    assert "This page says how far the work is" in words(page)
