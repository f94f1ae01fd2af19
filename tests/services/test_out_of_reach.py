"""A sentence that nobody is left for is found, with why; one that somebody may get is not."""

import pytest
from leased import Team
from loop import Act, op

from db.engine import reading
from db.models import Account
from workbench.errors import NotAllowedError
from workbench.services import out_of_reach
from workbench.services.permissions import OPERATOR, Role

TEXT = "One was.\nTwo were.\nThree are here.\n"


@pytest.fixture
def team(own_engines, now):
    made = Team(own_engines, now)
    made.sentences = made.bring_all(TEXT)
    made.others = made.bring_all("Four came.\nFive went.\n")
    return made


@pytest.fixture
def ada(team):
    return team.reviewer


@pytest.fixture
def ben(team):
    return team.actor()


def found(team):
    with reading(team.engines) as session:
        return out_of_reach.found(session, actor=OPERATOR, slug=team.project.slug)


def skip(team, actor, *sentences, reason="unclear"):
    team.send(*(op(each, act=Act.SKIP, reason=reason) for each in sentences), actor=actor)


def test_what_everybody_skipped_is_found_with_who_and_why(team, ada, ben):
    team.hold(ada), team.hold(ben)
    skip(team, ada, team.sentences[0], reason="cut off")
    team.hold(ben)
    skip(team, ben, team.sentences[0])
    (line,) = found(team).lines
    assert (line.id, line.text, line.kind) == (team.sentences[0], "One was.", "body")
    assert line.skipped == tuple(sorted([(ada.name, "cut off"), (ben.name, "unclear")]))
    assert (line.n_wanted, line.n_labelled, line.subset) == (1, 0, "")


def test_what_one_skipped_and_another_may_get_is_not(team, ada, ben):
    team.hold(ada, 1)
    skip(team, ada, team.sentences[0])
    assert (found(team).total, found(team).n_people) == (0, 2)


def test_what_needs_more_people_than_there_are_is_counted_apart(team, ada, ben):
    team.set(overlap=3)
    for who in (ada, ben):
        team.hold(who)
        team.send(op(team.sentences[1]), actor=who)
    skip(team, ada, team.sentences[2])
    skip(team, ben, team.sentences[2])
    told = found(team)
    assert [line.id for line in told.lines[:1]] == [team.sentences[2]]
    assert (told.total, told.n_skipped) == (5, 1)  # what is held has been given to all there are
    by_id = {line.id: line for line in told.lines}
    assert (by_id[team.sentences[1]].n_labelled, by_id[team.sentences[1]].n_wanted) == (2, 3)


def test_what_is_complete_is_not(team, ada, ben):
    team.hold(ada)
    team.send(*(op(each) for each in team.sentences), actor=ada)
    assert found(team).total == 0


def test_a_new_reviewer_brings_sentences_back_into_reach(team, ada):
    team.hold(ada)
    skip(team, ada, *team.sentences)
    assert found(team).total == 3
    team.actor()
    assert found(team).total == 0


def test_a_subset_counts_those_alone_whom_it_is_given_to(team, ada, ben):
    team.give("Quay", [team.sentences[0].partition(":")[0]], ben)
    team.hold(ben)
    skip(team, ben, team.sentences[1])
    told = found(team)
    assert [(line.id, line.subset) for line in told.lines] == [(team.sentences[1], "Quay")]


def test_a_subset_whose_people_are_gone_leaves_all_its_sentences(team, ada, ben):
    team.give("Quay", [team.sentences[0].partition(":")[0]], ben)
    with team.transaction() as session:
        session.get_one(Account, ben.account_id).disabled_at = team.now
    told = found(team)
    assert [line.id for line in told.lines] == team.sentences
    assert (told.total, told.n_skipped) == (3, 0)


def test_a_manager_who_has_not_labelled_is_not_waited_for(team, ada):
    team.actor(Role.MANAGER)
    team.hold(ada)
    skip(team, ada, team.sentences[0])
    assert found(team).total == 1


def test_where_everybody_sees_all_there_is_none(team, ada):
    team.hold(ada)
    skip(team, ada, team.sentences[0])
    team.set(overlap=None)
    assert (found(team).total, found(team).is_leased) == (0, False)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_who_labels_sees_none_of_it(session, make, role):
    project = make.project()
    who = make.actor(project, role=role)
    with pytest.raises(NotAllowedError):
        out_of_reach.found(session, actor=who, slug=project.slug)
