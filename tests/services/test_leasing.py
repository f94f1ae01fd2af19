"""Leases: who is given which sentence, how long it is theirs, and what an answer makes of it."""

from datetime import timedelta

import pytest
from leased import LEASE, Team
from loop import Act, op

from workbench.services import op_leases
from workbench.services.decisions import AckStatus

TEXT = "One was.\nTwo were.\nThree are here.\nFour said so.\nFive denied it.\nSix saw it.\n"


@pytest.fixture
def team(own_engines, now):
    return Team(own_engines, now)


@pytest.fixture
def sentences(team):
    return team.bring_all(TEXT)


@pytest.fixture
def ada(team):
    return team.actor()


@pytest.fixture
def ben(team):
    return team.actor()


@pytest.fixture(autouse=True)
def nothing_is_wrong_afterwards(team):
    """Whatever was done: the counts are those of the assignments, and those of the answers."""
    yield
    assert team.faults() == []


def test_two_reviewers_are_given_different_sentences(team, sentences, ada, ben):
    assert team.hold(ada, 3) == sentences[:3]
    assert team.hold(ben, 3) == sentences[3:]


def test_asking_twice_gives_the_same(team, sentences, ada):
    assert team.hold(ada, 3) == team.hold(ada, 3) == sentences[:3]


def test_what_was_answered_makes_room_for_more(team, sentences, ada):
    team.hold(ada, 2)
    team.send(op(sentences[0]), actor=ada)

    assert team.hold(ada, 2) == sentences[1:3]


def test_what_runs_out_goes_to_whoever_asks_next(team, sentences, ada, ben):
    team.hold(ada)
    assert team.hold(ben) == []

    team.later(minutes=10)
    assert team.hold(ben) == sentences
    assert team.held(ada) == []


def test_what_ran_out_stays_with_its_reviewer_while_nobody_asks(team, sentences, ada):
    held = team.hold(ada)
    team.later(hours=3)

    assert team.send_one(op(held[0]), ada).status is AckStatus.APPLIED
    assert team.hold(ada) == held[1:]


def test_a_finish_that_comes_after_the_sentence_was_given_on_is_refused(team, sentences, ada, ben):
    team.hold(ada)
    team.later(minutes=10)
    team.hold(ben)

    late = team.send_one(op(sentences[0]), ada)

    assert (late.status, late.reason) == (AckStatus.REFUSED, op_leases.GIVEN_ON)
    assert team.mine(sentences[0], ada) == {}
    assert team.send_one(op(sentences[0]), ben).status is AckStatus.APPLIED


def test_an_answer_that_is_refused_changes_nothing_and_is_refused_again(team, sentences, ada, ben):
    team.hold(ada)
    team.later(minutes=10)
    team.hold(ben)
    late = op(sentences[0])

    assert team.send_one(late, ada) == team.send_one(late, ada)
    assert team.faults() == []


def test_a_finish_after_the_lease_ran_out_takes_a_free_place_again(team, sentences, ada, ben):
    team.hold(ada)
    team.later(minutes=10)
    team.hold(ben, 2)

    assert team.send_one(op(sentences[4]), ada).status is AckStatus.APPLIED
    assert sentences[4] not in team.hold(ben)


def test_work_renews_all_that_is_held(team, sentences, ada, ben):
    team.hold(ada)
    for n in range(4):
        team.later(minutes=6)
        team.send_one(op(sentences[n]), ada)

    assert team.hold(ben) == []


def test_asking_renews_all_that_is_held(team, sentences, ada, ben):
    for _ in range(4):
        team.hold(ada)
        team.later(minutes=6)

    assert team.hold(ben) == []


def test_a_skipped_sentence_goes_to_another_and_not_to_the_skipper_again(team, sentences, ada, ben):
    team.hold(ada, 1)
    team.send_one(op(sentences[0], act=Act.SKIP, reason="a menu"), ada)

    assert sentences[0] not in team.hold(ada, 3)
    assert team.hold(ben, 1) == sentences[:1]
    assert team.why(ben) == ["Needs a second reviewer"]


def test_what_is_taken_back_is_held_again(team, sentences, ada, ben):
    team.hold(ada)
    team.send_one(op(sentences[0]), ada)
    team.later(hours=1)
    team.send_one(op(sentences[0], 1, Act.CLEAR), ada)

    assert team.held(ada) == sentences
    assert team.hold(ben) == []


def test_a_skip_taken_back_is_held_again_if_nobody_was_given_it(team, sentences, ada, ben):
    team.hold(ada, 2)
    for n in range(2):
        team.send_one(op(sentences[n], act=Act.SKIP, reason="a menu"), ada)
    team.hold(ben, 1)
    for n in range(2):
        team.send_one(op(sentences[n], 1, Act.CLEAR), ada)

    assert team.held(ada) == sentences[1:2]
    refused = team.send_one(op(sentences[0], 2), ada)
    assert refused.status is AckStatus.REFUSED


def test_an_own_answer_can_be_corrected_however_many_have_the_sentence(team, sentences, ada, ben):
    team.set(overlap=2)
    for who in (ada, ben):
        team.hold(who)
        team.send_one(op(sentences[0]), who)
    team.set(overlap=1)

    assert team.send_one(op(sentences[0], 1, labels=("claim",)), ada).status is AckStatus.APPLIED


def test_a_comment_or_a_flag_alone_does_not_finish_a_sentence(team, sentences, ada):
    held = team.hold(ada)
    team.send(op(held[0], act=Act.COMMENT, comment="odd"), op(held[1], act=Act.FLAG), actor=ada)

    assert team.held(ada) == held


def test_a_sentence_that_nobody_was_given_can_be_answered_while_a_place_is_free(
    team, sentences, ada, ben
):
    assert team.send_one(op(sentences[5]), ada).status is AckStatus.APPLIED
    late = team.send_one(op(sentences[5]), ben)

    assert (late.status, late.reason) == (AckStatus.REFUSED, op_leases.FULL)


def test_with_an_overlap_of_two_everybody_gets_what_the_other_has(team, sentences, ada, ben):
    team.set(overlap=2)

    assert team.hold(ada) == sentences
    assert team.hold(ben) == sentences
    assert team.why(ben) == ["Needs a second reviewer"] * 6
    assert team.hold(team.actor()) == []


def test_what_nobody_has_comes_before_what_needs_a_second(team, sentences, ada, ben):
    team.set(overlap=2)
    team.hold(ada, 2)

    assert team.hold(ben, 4) == sentences[2:]
    assert team.why(ben) == ["First look at this sentence"] * 4


def test_a_share_of_none_needs_one_reviewer_each(team, sentences, ada, ben):
    team.set(overlap=3, overlap_share=0)
    team.hold(ada)

    assert team.hold(ben) == []


def test_the_share_is_drawn_by_seed_and_grows_by_the_same_sentences(team, ada, ben):
    sentences = team.bring_all("".join(f"Number {n} was there.\n" for n in range(90)))
    drawn = []
    for share in (20, 60):
        team.set(overlap=2, overlap_share=share)
        team.hold(ada, 90)
        drawn.append(set(team.hold(ben, 90)))
        team.release(reviewer=ben.public_id)

    assert drawn[0] < drawn[1] < set(sentences)
    assert 8 <= len(drawn[0]) <= 30
    assert 40 <= len(drawn[1]) <= 68


def test_the_random_order_is_drawn_by_seed(team, sentences, ada, ben):
    team.set(overlap=2, order="random")
    first, second = team.hold(ada), team.hold(ben)

    assert first == second != sentences
    assert sorted(first) == sorted(sentences)


def test_a_page_that_closes_gives_back_what_it_held_undecided(team, sentences, ada, ben):
    team.hold(ada)
    items = team.items(ada)
    team.send_one(op(sentences[0]), ada)

    assert team.hand_back(ada, items) == 5
    team.later(seconds=20)
    assert team.hold(ben) == sentences[1:]


def test_a_page_that_is_loaded_again_has_what_it_had(team, sentences, ada, ben):
    team.hold(ada)
    team.hand_back(ada, team.items(ada))
    team.later(seconds=19)
    assert team.hold(ben) == []

    assert team.hold(ada, is_new_page=True) == sentences
    team.later(minutes=9)
    assert team.hold(ben) == []


def test_a_page_that_works_on_keeps_what_another_page_of_the_same_person_gave_back(
    team, sentences, ada, ben
):
    team.hold(ada)
    team.hand_back(ada, team.items(ada))
    team.send_one(op(sentences[0]), ada)
    team.later(seconds=30)

    assert team.hold(ben) == []


def test_what_a_newer_page_shows_is_not_given_back_by_an_older_one(team, sentences, ada, ben):
    team.hold(ada)
    items = team.items(ada)
    team.hold(ada, is_new_page=True)

    assert team.hand_back(ada, items) == 0
    assert team.hold(ben) == []


def test_a_sentence_that_is_asked_for_by_name_is_held_first_of_all(team, sentences, ada, ben):
    team.hold(ada, 1, first=sentences[4])

    assert team.held(ada) == [sentences[4]]
    assert team.hold(ben) == [*sentences[:4], sentences[5]]


def test_new_articles_are_given_out_in_their_turn(team, sentences, ada):
    team.hold(ada)
    fresh = team.bring_all("Seven came.\n")

    assert team.hold(ada) == sentences + fresh


def test_whoever_was_told_of_nothing_left_is_given_what_comes_later(team, sentences, ada, ben):
    team.hold(ada)
    assert team.hold(ben) == []
    team.send_one(op(sentences[3], act=Act.SKIP, reason="a menu"), ada)

    assert team.hold(ben) == [sentences[3]]


def test_a_project_that_says_nothing_gives_everybody_every_sentence(team, sentences, ada, ben):
    team.hold(ada)
    team.set(overlap=None)

    assert [item["id"] for item in team.window(ada).items] == sentences
    assert [item["id"] for item in team.window(ben).items] == sentences
    assert team.states(ada) == ["released"] * 6


def test_what_was_answered_before_counts_when_sentences_are_given_out(team, sentences, ada, ben):
    team.set(overlap=None)
    team.send(op(sentences[0]), op(sentences[1], act=Act.SKIP, reason="a menu"), actor=ada)
    team.set(overlap=1)

    assert team.hold(ada) == sentences[2:]
    assert team.hold(ben) == [sentences[1]]


@pytest.mark.parametrize("minutes", [1, 45])
def test_a_lease_lasts_as_long_as_the_project_says(team, sentences, ada, ben, minutes):
    team.set(overlap=1, lease_minutes=minutes)
    team.hold(ada)
    team.later(seconds=minutes * 60 - 1)
    assert team.hold(ben) == []

    team.now += timedelta(seconds=1)
    assert team.hold(ben) == sentences


def test_a_clock_set_back_keeps_nobody_waiting_for_ever(team, sentences, ada, ben):
    team.hold(ada)
    team.now -= timedelta(days=3)
    assert team.hold(ben) == []

    team.now += timedelta(days=3) + LEASE
    assert team.hold(ben) == sentences
