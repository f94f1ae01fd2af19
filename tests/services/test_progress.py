"""A manager sees how far everything is; a reviewer sees how far they are, and nobody else."""

from datetime import timedelta

import pytest
from conftest import NOON
from labelled import Labelled

from db.models import Assignment, Demand, Membership
from db.queries import progress as queries
from workbench.errors import NotAllowedError
from workbench.services import progress
from workbench.services.permissions import Role

DAY = timedelta(days=1)


@pytest.fixture
def demo(session):
    made = Labelled(session, NOON)
    made.write(*(f"Sentence {n}." for n in range(10)), title="First")
    return made


def whole(session, demo):
    manager = demo.make.actor(demo.project, role=Role.MANAGER)
    return progress.whole(session, actor=manager, slug=demo.project.slug, now=NOON)


def own(session, demo, number=1):
    return progress.own(session, actor=demo.actor(number), slug=demo.project.slug, now=NOON)


def test_sentences_are_counted_once_however_many_decided_them(session, demo):
    demo.decide(0, ["claim"]), demo.decide(0, [], reviewer=2)
    demo.decide(1, None), demo.decide(2, ["claim"], status="open")
    found = whole(session, demo).complete
    assert (found.n_sentences, found.n_touched) == (10, 2)


def labelling(demo, number, *, n_done, role="reviewer", **given):
    """Somebody who labels, with so many sentences behind them."""
    account = demo.reviewer(number)
    demo.make.membership(demo.project, account, role=role, n_done=n_done, n_events=n_done, **given)


def test_where_everybody_sees_every_sentence_each_reviewer_is_waited_for(session, demo):
    labelling(demo, 1, n_done=2), labelling(demo, 2, n_done=1)
    demo.decide(0, ["claim"]), demo.decide(0, [], reviewer=2), demo.decide(1, [])
    found = whole(session, demo).complete
    assert (found.asked, found.n_wanted, found.n_left) == ({2: 10}, 20, 17)
    assert (found.n_touched, found.n_complete) == (2, 1)


def test_who_has_left_or_only_manages_is_not_waited_for(session, demo):
    labelling(demo, 1, n_done=1), labelling(demo, 2, n_done=1, ended_at=NOON)
    labelling(demo, 3, n_done=0, role="manager")
    demo.decide(0, ["claim"]), demo.decide(1, [], reviewer=2)
    found = whole(session, demo).complete
    assert (found.asked, found.n_wanted, found.n_left) == ({1: 10}, 10, 9)
    assert (found.n_touched, found.n_complete) == (2, 1)


def test_a_manager_who_labels_too_is_waited_for(session, demo):
    labelling(demo, 1, n_done=1), labelling(demo, 2, n_done=1, role="manager")
    assert whole(session, demo).complete.asked == {2: 10}


def test_what_one_person_did_alone_is_as_they_are_told_it(session, demo):
    labelling(demo, 1, n_done=3), labelling(demo, 2, n_done=0, role="manager")
    found = whole(session, demo).complete
    assert (found.n_touched, found.n_complete, found.n_left) == (3, 3, 7)


def test_before_anybody_labels_each_sentence_waits_for_somebody(session, demo):
    found = whole(session, demo).complete
    assert (found.n_wanted, found.n_left, found.n_complete) == (10, 10, 0)


def needing(session, demo, *rows):
    """The project gives out each sentence to so many, and so many have it."""
    demo.project.settings = {**demo.project.settings, "overlap": 2}
    for position, (n_wanted, n_taken) in enumerate(rows):
        sentence_id = demo.sentence_id(position)
        demand = {"project_id": demo.project.id, "n_wanted": n_wanted, "n_taken": n_taken}
        session.add(Demand(sentence_id=sentence_id, turn=position, **demand))
    session.flush()


def test_a_project_that_asks_for_two_is_done_when_two_have_decided(session, demo):
    needing(session, demo, (2, 3), (2, 1), (2, 0), (1, 1))
    found = whole(session, demo).complete
    assert (found.asked, found.n_wanted, found.n_left) == ({1: 1, 2: 3}, 7, 3)
    assert (found.n_sentences, found.n_touched, found.n_complete) == (4, 3, 2)


def test_sentences_are_told_apart_by_how_many_people_they_need(session, demo):
    needing(session, demo, (2, 3), (2, 1), (2, 0), (1, 1))
    two, one = whole(session, demo).complete.needs
    assert (two.n_people, two.n_sentences, two.n_complete, two.n_wanted, two.n_left) == (
        2, 3, 1, 6, 3,
    )  # fmt: skip
    assert (one.n_people, one.n_sentences, one.n_complete, one.n_left) == (1, 1, 1, 0)


def test_a_sentence_that_somebody_holds_is_still_to_do(session, demo, now):
    needing(session, demo, (2, 2), (1, 1))
    for position, number, state in ((0, 1, "done"), (0, 2, "leased"), (1, 1, "leased")):
        session.add(
            Assignment(
                project_id=demo.project.id,
                sentence_id=demo.sentence_id(position),
                reviewer_id=demo.reviewer(number).id,
                state=state,
                leased_at=now,
                leased_until=now + DAY,
            )
        )
    session.flush()
    found = whole(session, demo).complete
    assert (found.n_touched, found.n_complete, found.n_left) == (1, 0, 2)


def test_what_was_taken_out_of_the_queue_counts_no_more(session, demo):
    demo.decide(0, ["claim"]), demo.take_out(0)
    found = whole(session, demo).complete
    assert (found.n_sentences, found.n_touched) == (9, 0)


def test_each_reviewer_has_a_line_with_their_own_median(session, demo):
    for number, times in ((1, [1000, 2000, 9000]), (2, [500])):
        for position, active in enumerate(times):
            demo.decide(position, [], reviewer=number, active_ms=active)
        demo.actor(number)
    lines = {line.name: line for line in whole(session, demo).reviewers}
    ada, bob = (lines[demo.reviewer(number).name] for number in (1, 2))
    assert (ada.median_seconds, bob.median_seconds) == (2.05, 0.55)
    assert ada.role == "reviewer"


def test_an_admin_is_called_one_as_on_the_people_page(session, demo):
    admin = demo.make.account("Boss", is_admin=True)
    demo.make.membership(demo.project, admin, role="manager")
    found = whole(session, demo).reviewers
    assert {line.name: line.role for line in found}["Boss"] == "admin"


def test_the_median_is_of_the_last_decisions(session, demo, monkeypatch):
    monkeypatch.setattr(queries, "LAST_DECISIONS", 3)
    for position, active in enumerate([90_000] * 5 + [1000, 2000, 3000]):
        demo.decide(position, [], active_ms=active, decided_at=NOON + position * DAY)
    assert own(session, demo).median_seconds == 2.05


def test_who_has_left_stays_in_the_list_with_what_they_did(session, demo):
    for number, given in ((1, {"n_events": 3, "n_done": 3}), (2, {})):
        row = Membership(
            project_id=demo.project.id,
            account_id=demo.reviewer(number).id,
            role="reviewer",
            created_at=NOON,
            ended_at=NOON,
            **given,
        )
        session.add(row)
    session.flush()
    lines = {line.name: line for line in whole(session, demo).reviewers}
    assert lines[demo.reviewer(1).name].is_gone
    assert demo.reviewer(2).name not in lines


def test_every_day_of_the_last_thirty_is_there(session, demo):
    demo.decide(0, [], decided_at=NOON - DAY), demo.decide(1, [], decided_at=NOON - 40 * DAY)
    demo.decide(0, [], reviewer=2, decided_at=NOON - DAY), demo.decide(2, [])
    days = whole(session, demo).days
    assert [line.day for line in days] == [(NOON - n * DAY).date() for n in range(29, -1, -1)]
    assert [(line.n_decided, line.n_reviewers) for line in days[-2:]] == [(2, 2), (1, 1)]
    assert sum(line.n_decided for line in days) == 3


def test_the_forecast_rests_on_full_days_since_the_first_with_work(session, demo):
    labelling(demo, 1, n_done=7)
    for back in range(1, 8):
        demo.decide(back - 1, [], decided_at=NOON - back * DAY)
    found = whole(session, demo)
    assert (found.n_days, found.ends.per_day, found.ends.days) == (7, 1.0, 3)


def test_today_alone_says_too_little(session, demo):
    for position in range(8):
        demo.decide(position, [])
    found = whole(session, demo)
    assert (found.ends, found.n_days) == (None, 0)


def test_articles_come_in_the_order_of_the_queue_with_what_is_decided(session, demo):
    demo.decide(0, []), demo.decide(0, [], reviewer=2), demo.decide(1, [])
    demo.write("Other.", title="Second")
    manager = demo.make.actor(demo.project, role=Role.MANAGER)
    lines, total = progress.articles(session, actor=manager, slug=demo.project.slug)
    found = [(line.title, line.n_queued, line.n_decided, line.n_decisions) for line in lines]
    assert (found, total) == ([("First", 10, 2, 3), ("Second", 1, 0, 0)], 2)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
@pytest.mark.parametrize("seen", ["whole", "articles"])
def test_who_labels_sees_nothing_of_the_others(session, demo, role, seen):
    who = demo.make.actor(demo.project, role=role)
    given = {"now": NOON} if seen == "whole" else {}
    with pytest.raises(NotAllowedError):
        getattr(progress, seen)(session, actor=who, slug=demo.project.slug, **given)


def test_ones_own_progress_is_not_moved_by_anybody_else(session, demo):
    before = own(session, demo)
    for position in range(5):
        demo.decide(position, ["claim"], reviewer=2)
    assert own(session, demo) == before


def test_ones_own_days_make_a_streak(session, demo):
    for back in (0, 1, 2, 4):
        demo.decide(back, [], decided_at=NOON - back * DAY, active_ms=3000)
    found = own(session, demo)
    assert (found.n_streak, found.n_today, found.median_seconds) == (3, 1, 3.05)
