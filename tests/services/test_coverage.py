"""What reviewers are given stays right whatever happens to articles, answers and people."""

import pytest
from leased import Team
from loop import Act, op

from workbench.services import (
    accounts,
    import_undoing,
    kinds,
    repairing,
    taking_back,
)
from workbench.services.decisions import parse_sentence_id
from workbench.services.permissions import OPERATOR

TEXT = "One was. Two were.\nThree are here.\nFour said so.\nFive denied it.\n"


@pytest.fixture
def team(own_engines, now):
    team = Team(own_engines, now, overlap=2)
    yield team
    assert team.faults() == []


@pytest.fixture
def sentences(team):
    return team.bring_all(TEXT)


@pytest.fixture
def ada(team):
    return team.actor()


@pytest.fixture
def ben(team):
    return team.actor()


def change(team, act, **given):
    with team.transaction() as session:
        return act(session, actor=OPERATOR, slug=team.project.slug, now=team.now, **given)


def test_a_sentence_that_is_split_is_held_by_nobody_and_its_parts_are_given_out(
    team, sentences, ada
):
    team.hold(ada)
    at = parse_sentence_id(sentences[2])[1] + 6
    change(team, repairing.split, sentence=sentences[2], at=at)

    assert sentences[2] not in team.held(ada)
    assert team.hold(ada) == team.names()


def test_sentences_that_are_merged_need_their_reviewers_anew(team, sentences, ada, ben):
    for who in (ada, ben):
        team.hold(who)
        team.send(op(sentences[1]), op(sentences[2]), actor=who)
    change(team, repairing.merge_with_next, sentence=sentences[1])

    (merged,) = set(team.names()) - set(sentences)
    assert merged in team.hold(ada)
    assert team.send_one(op(sentences[1], 1, labels=("claim",)), ada).reason


def test_what_is_taken_out_of_the_queue_is_held_by_nobody(team, sentences, ada):
    team.hold(ada)
    change(team, kinds.set_kind, sentence=sentences[0], kind="boilerplate", queued=False)
    assert team.held(ada) == sentences[1:]

    change(team, taking_back.take_back, article=sentences[0].partition(":")[0])
    assert team.hold(ada) == sentences


def test_an_import_that_is_undone_goes_with_the_leases_of_its_sentences(team, sentences, ada):
    team.hold(ada)
    change(team, import_undoing.undo, number=1)

    assert team.hold(ada) == []
    assert team.n_open() == 0


def test_who_is_disabled_holds_nothing(team, sentences, ada, ben):
    team.set(overlap=1)
    team.hold(ada)
    with team.transaction() as session:
        accounts.disable(session, actor=OPERATOR, name=ada.name, now=team.now)

    assert team.states(ada) == ["released"] * len(sentences)
    assert team.hold(ben) == sentences


def test_who_is_removed_from_the_project_holds_nothing(team, sentences, ada, ben):
    team.set(overlap=1)
    team.hold(ada)
    with team.transaction() as session:
        accounts.remove(
            session,
            actor=OPERATOR,
            name=ada.name,
            project_slug=team.project.slug,
            now=team.now,
        )

    assert team.hold(ben) == sentences


def test_who_signs_out_of_the_last_session_holds_nothing(team, sentences, ada, ben):
    team.set(overlap=1)
    team.hold(ada)
    cookies = [team.sign_in(ada) for _ in range(2)]
    team.sign_out(cookies[0])
    assert team.hold(ben) == []

    team.sign_out(cookies[1])
    assert team.hold(ben) == sentences


def test_an_article_that_comes_in_again_keeps_its_answers_and_is_given_out_for_the_rest(
    team, ada, ben
):
    old = team.bring_named("story.txt", "One was.\nTwo were.\nThree are here.\nFour said so.\n")
    for who in (ada, ben):
        team.hold(who)
    team.send(op(old[0]), op(old[1], act=Act.SKIP, reason="a menu"), actor=ada)
    new = team.bring_named("story.txt", "One was.\nTwo were.\nThree are here.\nFour denied it.\n")

    assert team.hold(ada) == new[2:]
    assert team.hold(ben) == new


def test_a_label_file_fills_the_places_of_those_whose_labels_it_brings(team, sentences, ada, ben):
    team.give_answers(sentences[:2], ada, ben)

    assert team.hold(ada) == sentences[2:]
    assert team.hold(team.actor()) == sentences[2:]
