from datetime import timedelta

import pytest
from conftest import NOON

from workbench.errors import NotAllowedError, NotFoundError
from workbench.services import people, sessions
from workbench.services.permissions import OPERATOR, Role


def names(found):
    return [person.name for person in found]


def test_an_admin_sees_everybody_with_roles_and_counts(session, make):
    one, other = make.project(), make.project()
    ada = make.account("Ada", password_hash="$hash")
    make.membership(one, ada, n_done=3)
    make.membership(other, ada, n_done=4)
    bob = make.account("Bob", disabled_at=NOON)
    make.membership(one, bob, role="manager")
    make.membership(other, bob, role="reviewer")
    make.account("Cy"), make.account("Dee", is_admin=True)
    found = people.people(session, actor=OPERATOR)
    assert [(each.name, each.role, each.n_done, each.has_password) for each in found] == [
        ("Ada", "reviewer", 7, True),
        ("Bob", "several", 0, False),
        ("Cy", "none", 0, False),
        ("Dee", "admin", 0, False),
    ]
    assert found[1].disabled_at == NOON


def test_somebody_added_before_there_is_a_project_shows_the_role_to_come(session, make):
    make.account("Ada", joins_as="adjudicator")
    assert [each.role for each in people.people(session, actor=OPERATOR)] == ["adjudicator"]


def test_a_manager_sees_the_people_of_their_projects_only(session, make):
    one, other = make.project(), make.project()
    manager = make.actor(one, role=Role.MANAGER)
    make.membership(one, make.account("Ada"), n_done=1)
    make.membership(other, make.account("Bob"))
    assert names(people.people(session, actor=manager)) == [manager.name, "Ada"]


def test_who_was_removed_stays_in_sight_so_that_there_is_a_way_back(session, make):
    one = make.project()
    manager = make.actor(one, role=Role.MANAGER)
    make.membership(one, make.account("Gone"), ended_at=NOON)
    _, gone = people.people(session, actor=manager)
    assert (gone.role, gone.is_removed) == ("none", True)
    assert gone.parts == (people.Part(one.slug, "reviewer", is_removed=True),)


def test_counts_are_of_the_projects_looked_at(session, make):
    one, other = make.project(), make.project()
    ada = make.account("Ada")
    make.membership(one, ada, n_done=1)
    make.membership(other, ada, n_done=10, role="adjudicator")
    [found] = people.people(session, actor=OPERATOR, project_slug=other.slug)
    assert (found.n_done, found.role) == (10, "adjudicator")


def test_a_project_of_others_does_not_exist(session, make):
    one, other = make.project(), make.project()
    manager = make.actor(one, role=Role.MANAGER)
    for slug in (other.slug, "nowhere"):
        with pytest.raises(NotFoundError):
            people.people(session, actor=manager, project_slug=slug)


def test_a_reviewer_sees_nobody(session, make):
    project = make.project()
    reviewer = make.actor(project, role=Role.REVIEWER)
    for slug in (None, project.slug):
        with pytest.raises(NotAllowedError):
            people.people(session, actor=reviewer, project_slug=slug)


def test_the_search_takes_any_part_of_a_name_in_any_case(session, make):
    make.account("Ada Lovelace"), make.account("Bob")
    for search in ("LOVE", "ada", " lace"):
        assert names(people.people(session, actor=OPERATOR, search=search)) == ["Ada Lovelace"]
    assert names(people.people(session, actor=OPERATOR, search="x")) == []


def test_last_seen_is_of_the_newest_session(session, make):
    ada = make.account("Ada")
    for hours in (0, 5, 3):
        at = NOON + timedelta(hours=hours)
        sessions.start(session, account=ada, how="link", now=at, browser="", address="")
    [found] = people.people(session, actor=OPERATOR)
    assert found.last_seen_at == NOON + timedelta(hours=5)
