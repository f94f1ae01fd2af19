"""What settings of the queue would mean, told before they are saved, and true afterwards."""

import pytest
from leased import Team
from loop import op

from db.engine import reading
from workbench.errors import NotAllowedError
from workbench.services import completeness, queue_counts, queue_plans
from workbench.services.permissions import OPERATOR, Role
from workbench.services.queue_settings import QueueSettings

TEXT = "".join(f"Sentence {n} was here.\n" for n in range(20))
EVERYBODY = QueueSettings()


@pytest.fixture
def team(own_engines, now):
    made = Team(own_engines, now)
    made.sentences = made.bring_all(TEXT)
    return made


def plan(team, actor=OPERATOR, **settings):
    with reading(team.engines) as session:
        return queue_plans.plan(
            session, actor=actor, slug=team.project.slug, settings=QueueSettings(**settings)
        )


def decide(team, actor, n, active_ms=2000):
    team.send(*(op(each, active_ms=active_ms) for each in team.sentences[:n]), actor=actor)


def test_so_many_decisions_are_wanted_as_the_sentences_need(team):
    found = plan(team, overlap=2)
    assert (found.n_sentences, found.asked) == (20, {2: 20})
    assert (found.n_wanted, found.n_there, found.n_left) == (40, 0, 40)


def test_the_share_that_is_told_is_the_share_that_is_drawn(team):
    found = plan(team, overlap=3, overlap_share=40)
    assert set(found.asked) == {1, 3}
    team.set(overlap=3, overlap_share=40)
    with reading(team.engines) as session:
        stored = completeness.of(session, project=team.project, members=())
    assert found.asked == stored.asked
    assert found.n_wanted == stored.n_wanted


def test_of_very_many_sentences_the_share_alone_is_told(team, monkeypatch):
    monkeypatch.setattr(queue_counts, "MOST_DRAWN", 10)
    found = plan(team, overlap=3, overlap_share=40)
    assert (found.asked, found.n_wanted, found.is_exact) == ({3: 8, 1: 12}, 36, False)
    assert plan(team, overlap=3).is_exact
    team.set(overlap=3, overlap_share=40)
    assert plan(team, overlap=3, overlap_share=40).is_exact  # in force, and so counted


@pytest.mark.parametrize(
    "wished", [{"overlap": 2}, {"overlap": 1}, {"overlap": 3, "overlap_share": 50}]
)
def test_what_is_told_before_is_what_is_counted_after(team, wished):
    decide(team, team.actor(), 4), decide(team, team.actor(), 3)
    team.give("Quay", team.articles(), team.reviewer, team.actor())
    before = plan(team, **wished)
    team.set(**wished)
    assert plan(team, **wished) == before


def test_labels_that_are_there_count_up_to_what_is_needed(team):
    team.set(overlap=2)
    decide(team, team.actor(), 4), decide(team, team.actor(), 3)
    assert (plan(team, overlap=2).n_there, plan(team, overlap=2).n_beyond) == (7, 0)
    found = plan(team, overlap=1)
    assert (found.n_there, found.n_beyond, found.n_left) == (4, 3, 16)


def test_the_time_that_is_left_is_told_at_the_median(team):
    assert plan(team, overlap=1).hours is None
    decide(team, team.actor(), 5, active_ms=36_000)
    found = plan(team, overlap=1)
    assert found.median_seconds == pytest.approx(36, abs=0.1)
    assert found.hours == pytest.approx(15 * 36 / 3600, abs=0.01)


def test_where_everybody_sees_all_each_who_labels_is_asked_for_each(team):
    team.set(overlap=None)
    team.actor()
    found = plan(team)
    assert (found.n_people, found.asked, found.n_wanted) == (2, {2: 20}, 40)


def test_what_is_out_is_told_with_how_many_hold_it(team):
    team.hold(team.actor(), 3), team.hold(team.actor(), 2)
    found = plan(team, overlap=2)
    assert (found.n_held, found.n_holders) == (5, 2)


def test_a_subset_asks_for_no_more_than_it_is_given_to(team):
    team.give("Quay", team.articles(), team.actor())
    assert plan(team, overlap=3).asked == {1: 20}


def test_asking_changes_nothing(team):
    before = team.n_open()
    plan(team, overlap=5)
    assert team.n_open() == before
    assert team.faults() == []


def test_the_last_change_is_kept_with_what_was_before(team):
    team.set(overlap=2, overlap_share=20)
    with reading(team.engines) as session:
        found = queue_plans.last_change(session, actor=OPERATOR, slug=team.project.slug)
    assert (found.old, found.new) == (
        QueueSettings(overlap=1),
        QueueSettings(overlap=2, overlap_share=20),
    )
    assert (found.at, found.by) == (team.now, "operator")


def test_before_any_change_there_is_none(session, make):
    project = make.project()
    assert queue_plans.last_change(session, actor=OPERATOR, slug=project.slug) is None


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_who_labels_is_told_none_of_it(team, role):
    who = team.actor(role)
    with pytest.raises(NotAllowedError):
        plan(team, actor=who, overlap=1)
    with reading(team.engines) as session, pytest.raises(NotAllowedError):
        queue_plans.last_change(session, actor=who, slug=team.project.slug)
