"""New queue settings come in part by part: nobody waits long, and every end of it is right."""

import pytest
from leased import Team
from loop import Act, op

from db.engine import reading
from workbench.errors import NotAllowedError
from workbench.services import project_acts, queue_settings, recounting
from workbench.services.permissions import OPERATOR, Role
from workbench.services.queue_settings import QueueSettings

ARTICLES = [
    f"This one was {n}. That one was {n}.\n"
    for n in ("red", "blue", "green", "grey", "pink", "tall")
]


@pytest.fixture
def team(own_engines, now, monkeypatch):
    """Six articles of two sentences, counted one at a time."""
    monkeypatch.setattr(recounting, "SENTENCES_AT_ONCE", 2)
    monkeypatch.setattr(recounting, "ANSWERS_AT_ONCE", 2)
    team = Team(own_engines, now, overlap=None)
    team.sentences = [name for text in ARTICLES for name in team.bring_all(text)]
    yield team
    finish(team)
    assert team.faults() == []


def steps(team):
    """Each part that is counted, until nothing is left."""
    return recounting.finish(team.transaction, actor=OPERATOR, slug=team.project.slug)


def finish(team):
    told = [(each.n_done, each.n_articles) for each in steps(team)]
    team.load()
    return told


def progress(team):
    with reading(team.engines) as session:
        return recounting.progress(session, actor=OPERATOR, slug=team.project.slug)


def read(team):
    with reading(team.engines) as session:
        return queue_settings.read(session, actor=OPERATOR, slug=team.project.slug)


def given(team, who):
    """What somebody is given one after the other, until nothing is left for them."""
    team.hold(who)
    return set(team.held(who))


def test_each_part_is_a_transaction_and_the_last_one_ends_it(team):
    team.set(overlap=2)
    assert finish(team) == [(2, 6), (3, 6), (4, 6), (5, 6)]
    assert progress(team) is None
    assert read(team) == QueueSettings(overlap=2)
    assert list(steps(team)) == []


def test_everybody_sees_every_sentence_until_all_is_counted(team):
    ada = team.actor()
    team.set(overlap=1)
    next(steps(team))
    assert read(team).overlap is None
    assert [each["id"] for each in team.window(ada, want=40).items] == team.sentences
    finish(team)

    assert read(team).overlap == 1
    assert given(team, ada) == set(team.sentences)


def test_what_is_answered_meanwhile_is_counted(team):
    ada, ben = team.actor(), team.actor()
    team.set(overlap=1)
    for sentence in (*team.sentences[:3], team.sentences[-1]):
        team.send_one(op(sentence, labels=("claim",)), ada)
    team.send_one(op(team.sentences[4], act=Act.SKIP, reason="menu"), ben)
    finish(team)

    assert given(team, ben) == set(team.sentences[3:-1]) - {team.sentences[4]}
    assert given(team, ada) == {team.sentences[4]}


def test_what_is_imported_meanwhile_is_counted(team):
    team.set(overlap=1)
    next(steps(team))
    late = team.bring_all("Late was this.\n")
    finish(team)

    assert given(team, team.actor()) == {*team.sentences, *late}


def test_from_one_number_to_another_each_part_counts_at_once(team):
    ada, ben = team.actor(), team.actor()
    team.set(overlap=1)
    finish(team)
    given(team, ada)
    team.set(overlap=2)

    assert read(team).overlap == 2
    assert given(team, ben) == set(team.sentences[:2])
    assert team.faults() == []
    next(steps(team))
    assert given(team, ben) == set(team.sentences[:4])
    finish(team)
    assert given(team, ben) == set(team.sentences)


def test_with_fewer_reviewers_nobody_is_given_what_others_have(team):
    ada, ben, cy = (team.actor() for _ in range(3))
    team.set(overlap=2)
    finish(team)
    for who in (ada, ben):
        given(team, who)
    team.set(overlap=1)

    assert given(team, cy) == set()
    finish(team)
    assert given(team, cy) == set()


def test_when_everybody_sees_all_again_it_holds_at_once_and_what_was_counted_goes(team):
    ada = team.actor()
    team.set(overlap=1)
    finish(team)
    given(team, team.actor())
    team.set(overlap=None)

    assert [each["id"] for each in team.window(ada, want=40).items] == team.sentences
    finish(team)
    with reading(team.engines) as session:
        assert recounting.coverage.n_open(session, project_id=team.project.id) == 0


@pytest.mark.parametrize("ways", [(1, 2), (2, None), (2, None, 1), (1, 2, 3), (3, 1)])
def test_of_several_changes_the_newest_one_holds(team, ways):
    for overlap in ways:
        team.set(overlap=overlap)
        next(steps(team))
    finish(team)

    assert read(team).overlap == ways[-1]
    assert progress(team) is None
    if ways[-1]:
        for _ in range(ways[-1]):
            assert given(team, team.actor()) == set(team.sentences)
        assert given(team, team.actor()) == set()


def test_two_who_count_at_once_share_the_work(team):
    team.set(overlap=1)
    one, other = steps(team), steps(team)

    told = [next(each).n_done for each in (one, other, one, other)]
    assert told == [2, 3, 4, 5]
    assert list(one) == list(other) == []


def test_it_is_found_and_finished_whoever_began_it(team):
    team.set(overlap=2)
    with reading(team.engines) as session:
        assert recounting.unfinished(session, actor=OPERATOR) == [team.project.slug]
    finish(team)
    with reading(team.engines) as session:
        assert recounting.unfinished(session, actor=OPERATOR) == []


def test_a_lease_is_made_longer_without_counting_anew(team):
    team.set(overlap=2)
    next(steps(team))
    team.set(overlap=2, lease_minutes=30)
    assert progress(team).n_done == 2
    finish(team)
    team.set(overlap=2, lease_minutes=40)

    assert progress(team) is None
    assert read(team) == QueueSettings(overlap=2, lease_minutes=40)


def test_what_else_is_set_in_the_project_meanwhile_stays(team):
    team.set(overlap=2)
    with team.transaction() as session:
        project_acts.change(
            session,
            actor=OPERATOR,
            slug=team.project.slug,
            name="Quays",
            queued_kinds=("body",),
            now=team.now,
        )
    finish(team)

    assert team.project.settings["queued_kinds"] == ["body"]
    assert read(team).overlap == 2


def test_only_who_manages_the_project_counts_it(team):
    team.set(overlap=2)
    reviewer = team.actor(Role.REVIEWER)

    with pytest.raises(NotAllowedError):
        next(recounting.finish(team.transaction, actor=reviewer, slug=team.project.slug))
