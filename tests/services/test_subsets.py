"""Subsets: articles given to named reviewers, to nobody else, and before everything else."""

import pytest
from leased import Team
from loop import op

from workbench.errors import InputError, NotFoundError, TakenError
from workbench.services import subsets
from workbench.services.permissions import OPERATOR


@pytest.fixture
def team(own_engines, now):
    team = Team(own_engines, now, overlap=2)
    yield team
    assert team.faults() == []


@pytest.fixture
def articles(team):
    """Two articles, each as its sentences."""
    return [team.bring_all(f"One was {n}.\nTwo were {n}.\n") for n in ("here", "there")]


@pytest.fixture
def ada(team):
    return team.actor()


@pytest.fixture
def ben(team):
    return team.actor()


def name(sentences):
    return sentences[0].partition(":")[0]


def asked(team):
    return {"actor": OPERATOR, "slug": team.project.slug, "now": team.now}


def change(team, act, **given):
    with team.transaction() as session:
        return act(session, **asked(team), **given)


def test_its_reviewers_get_it_first_and_are_told_its_name(team, articles, ada):
    team.give("Pilot", [name(articles[1])], ada)

    assert team.hold(ada) == articles[1] + articles[0]
    assert team.why(ada)[:2] == ["Given to you: Pilot"] * 2


def test_nobody_else_gets_it(team, articles, ada, ben):
    team.give("Pilot", [name(articles[1])], ada)

    assert team.hold(ben) == articles[0]


def test_it_needs_no_more_reviewers_than_it_is_given_to(team, articles, ada):
    team.give("Pilot", [name(articles[1])], ada)
    team.hold(ada)
    for sentence in articles[1]:
        team.send_one(op(sentence), ada)

    assert team.n_open() == len(articles[0])


def test_what_others_hold_of_it_is_freed_and_what_they_answered_stays(team, articles, ada, ben):
    team.hold(ben)
    team.send_one(op(articles[1][0]), ben)
    team.give("Pilot", [name(articles[1])], ada)

    assert team.held(ben) == articles[0]
    assert team.hold(ada) == [articles[1][1], *articles[0]]
    assert team.mine(articles[1][0], ben)["status"] == "labelled"


def test_an_answer_on_it_by_somebody_else_is_refused(team, articles, ada, ben):
    team.give("Pilot", [name(articles[1])], ada)

    assert team.send_one(op(articles[1][0]), ben).status == "refused"


def test_taken_apart_its_articles_go_to_everybody_again(team, articles, ada, ben):
    key = team.give("Pilot", [name(articles[1])], ada)
    change(team, subsets.remove, subset=key)

    assert team.hold(ben) == articles[0] + articles[1]


def test_other_articles_and_reviewers_take_the_place_of_those_before(team, articles, ada, ben):
    key = team.give("Pilot", [name(articles[0])], ada)
    change(
        team,
        subsets.change,
        subset=key,
        name="Second  pilot",
        articles=[name(articles[1])],
        reviewers=[ben.public_id],
    )
    with team.transaction() as session:
        (found,) = subsets.listed(session, actor=OPERATOR, slug=team.project.slug)

    assert (found.name, found.articles) == ("Second pilot", (name(articles[1]),))
    assert [who for who, _ in found.reviewers] == [ben.public_id]
    assert team.hold(ada) == articles[0]
    assert team.hold(ben) == articles[1] + articles[0]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"name": " "}, InputError),
        ({"name": "x" * 81}, InputError),
        ({"articles": []}, InputError),
        ({"reviewers": []}, InputError),
        ({"articles": ["nothing"]}, NotFoundError),
        ({"reviewers": ["nobody"]}, NotFoundError),
        ({"name": "Pilot"}, TakenError),
        ({"name": "Other"}, TakenError),  # its article is in the pilot
    ],
)
def test_what_cannot_be_a_subset_is_refused(team, articles, ada, given, error):
    team.give("Pilot", [name(articles[0])], ada)
    values = {"name": "New", "articles": [name(articles[0])], "reviewers": [ada.public_id]}

    with pytest.raises(error):
        change(team, subsets.make, **values | given)


def test_where_everybody_sees_everything_there_is_none(team, articles, ada):
    team.set(overlap=None)

    with pytest.raises(InputError, match="how many reviewers"):
        team.give("Pilot", [name(articles[0])], ada)
