"""POST /api/ops where sentences are given out: what is held, why, what is left, what goes back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from leased import Team
from posting import Browser, op
from running import until

from db.postgres import CONNECTIONS
from db.queries import demand
from workbench.services.leasing import GRACE

TEXT = "One was.\nTwo were.\nThree are here.\nFour said so.\nFive denied it.\nSix saw it.\n"


@pytest.fixture
def team(own_engines, now):
    """The route's clock is the database's, so the leases of this project are its alone."""
    return Team(own_engines, now)


@pytest.fixture
def sentences(team):
    return team.bring_all(TEXT)


@pytest.fixture
def ada(team, sentences):
    return Browser(team, team.actor())


@pytest.fixture
def ben(team, sentences):
    return Browser(team, team.actor())


def window(browser, *sent, **given):
    return [item["id"] for item in browser.post(*sent, want=20, **given).json()["window"]]


def test_an_answer_brings_all_that_is_held_with_a_fence_and_a_reason(ada, sentences):
    answer = ada.post(op(sentences[0]), want=20).json()

    assert answer["whole"] is True
    assert [item["id"] for item in answer["window"]] == sentences[1:]
    assert {item["why"] for item in answer["window"]} == {"First look at this sentence"}
    assert {item["fence"] for item in answer["window"]} == {1}


def test_asking_again_gives_the_same_and_under_the_same_fence(ada, sentences):
    first, again = (ada.post(want=20, after="").json() for _ in range(2))

    assert first["window"] == again["window"]


def test_two_browsers_are_given_nothing_twice(ada, ben, sentences):
    assert window(ada) == sentences
    assert window(ben) == []


def test_whoever_gets_nothing_is_told_where_the_rest_is(ada, ben, sentences):
    window(ada)

    told = ben.post(want=20).json()["progress"]
    assert (told["done"], told["left"]) == (0, 0)
    assert (told["with_others"], told["not_for_you"]) == (6, 0)


def test_what_is_given_to_others_by_name_is_told_as_that(team, ada, ben, sentences):
    team.give("Pilot", [sentences[0].partition(":")[0]], ada.actor)

    told = ben.post(want=20).json()["progress"]
    assert (told["left"], told["with_others"], told["not_for_you"]) == (0, 0, 6)


def test_what_is_left_is_what_is_held_and_what_may_be_given(team, ada, ben, sentences):
    team.set(overlap=2)
    window(ada, *[op(sentence) for sentence in sentences[:2]])

    assert ada.post(want=20).json()["progress"]["left"] == 4
    assert ben.post(want=20).json()["progress"]["left"] == 6


def test_what_is_left_is_counted_only_where_more_is_asked_for(ada, sentences):
    assert ada.post(op(sentences[0])).json()["progress"]["left"] is None


def test_a_page_that_closes_hands_back_what_it_held(team, ada, ben, sentences):
    held = ada.post(want=20).json()["window"]
    ada.post(op(sentences[0]))

    given = ada.post(release={item["id"]: item["fence"] for item in held})
    assert given.status_code == 200
    assert window(ben) == []
    team.run_down(seconds=GRACE.total_seconds())
    assert window(ben) == sentences[1:]


def test_a_page_that_closes_takes_nothing_from_another_device_of_the_same_person(
    team, ada, ben, sentences
):
    window(ada)
    phone = Browser(team, ada.actor)
    held = phone.post(want=20).json()["window"]
    phone.post(release={item["id"]: item["fence"] for item in held})
    team.run_down(seconds=GRACE.total_seconds())

    assert window(ben) == []


def test_only_ones_own_sentences_can_be_handed_back(team, ada, ben, sentences):
    held = ada.post(want=20).json()["window"]
    ben.post(release={item["id"]: item["fence"] for item in held})
    team.run_down(seconds=GRACE.total_seconds())

    assert window(ben) == []


@pytest.mark.parametrize("release", [["x"], "x", {"x": "y"}, {"x": -1}, {"x": 2**31}])
def test_a_release_that_cannot_be_read_is_refused(ada, release):
    assert ada.post(release=release).status_code == 400


@pytest.mark.parametrize("name", ["", "x", "x:1-2", "\x00:1-2", "0123456789abcdef:0-999999999"])
def test_a_release_of_what_is_not_there_does_nothing(ada, name):
    assert ada.post(release={name: 1}).status_code == 200


def test_an_article_that_was_changed_is_sent_again(team, ada, sentences):
    first = ada.post(want=20).json()
    (article,) = first["articles"]
    asked = {"want": 20, "after": first["cursor"], "have": [article]}
    assert ada.post(**asked).json()["articles"] == {}

    team.take_out_of_queue(sentences[0])
    again = ada.post(**asked).json()
    assert list(again["articles"]) == [article]
    assert [item["id"] for item in again["window"]] == sentences[1:]


def test_in_an_archived_project_nobody_is_given_anything(team, ada, sentences):
    team.archive()

    assert ada.post(want=20).status_code == 403


def test_every_answer_says_how_long_a_lease_lasts_so_that_an_open_page_hears_of_a_change(
    ada, team, sentences
):
    before = ada.post(op(sentences[0])).json()["lease_seconds"]
    team.set(overlap=None)

    assert (before, ada.post(op(sentences[1])).json()["lease_seconds"]) == (600, None)


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_whoever_decides_waits_for_none_of_those_who_ask_for_sentences(team, ada, sentences):
    """However many ask, they wait without a connection: all others go to those who decide."""
    window(ada)
    crowd = [Browser(team, team.actor()) for _ in range(CONNECTIONS + 5)]
    with ThreadPoolExecutor(len(crowd)) as pool:
        with team.transaction() as session:
            demand.lock(session, project_id=team.project.id)
            asking = [pool.submit(window, browser) for browser in crowd]
            until(lambda: len(team.engines.leases._line) == len(crowd))

            assert ada.statuses(op(sentences[0])) == ["applied"]
            assert not any(each.done() for each in asking)
        assert [each.result(timeout=30) for each in asking] == [[]] * len(crowd)
