"""A manager sees who holds what, what is stuck of it, and frees it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from leased import LEASE, Team
from loop import op

from db.engine import reading
from db.models import AuditEvent
from db.models.naming import table
from workbench.errors import NotAllowedError
from workbench.services import holders
from workbench.services.holders import HoldState
from workbench.services.permissions import OPERATOR, Role

TEXT = "One was.\nTwo were.\nThree are here.\nFour said so.\n"
OTHER = "Five came.\nSix went.\n"


@pytest.fixture
def team(own_engines, now):
    made = Team(own_engines, now)
    made.sentences = made.bring_all(TEXT)
    made.others = made.bring_all(OTHER)
    return made


def listed(team, **asked):
    with reading(team.engines) as session:
        given = {"actor": OPERATOR, "slug": team.project.slug, "now": team.now}
        return holders.listed(session, **given, **asked)


def release_over(team):
    with team.transaction() as session:
        return holders.release_over(session, actor=OPERATOR, slug=team.project.slug, now=team.now)


def test_a_line_is_what_one_reviewer_holds_of_one_article(team):
    ada = team.actor()
    team.hold(ada, 5)
    found = {(line.name, line.n_sentences, line.state) for line in listed(team)}
    assert found == {(ada.name, 4, HoldState.AT_WORK), (ada.name, 1, HoldState.AT_WORK)}


def test_what_ran_out_stands_first_and_is_stuck(team):
    ada, ben = team.actor(), team.actor()
    team.hold(ada, 2)
    team.later(minutes=6)
    team.hold(ben, 2)
    team.later(minutes=5)
    assert [(line.name, line.is_stuck) for line in listed(team)] == [
        (ada.name, True),
        (ben.name, False),
    ]
    assert listed(team)[0].state is HoldState.OVER


def test_who_has_long_decided_nothing_is_idle_though_their_page_renews(team):
    ada, ben = team.actor(), team.actor()
    team.hold(ada, 2), team.hold(ben, 2)
    for _ in range(4):
        team.later(minutes=8)
        team.hold(ada, 2), team.hold(ben, 2)
    team.send(op(team.sentences[2]), actor=ben)
    found = {line.name: line.state for line in listed(team)}
    assert found == {ada.name: HoldState.IDLE, ben.name: HoldState.AT_WORK}
    assert listed(team)[0].name == ada.name


def test_the_sentences_behind_a_line_come_in_reading_order(team):
    ada = team.actor()
    team.hold(ada, 5)
    line = next(each for each in listed(team) if each.n_sentences == 4)
    with reading(team.engines) as session:
        found = holders.sentences(
            session,
            actor=OPERATOR,
            slug=team.project.slug,
            reviewer=line.reviewer,
            article=line.article,
        )
    assert [each.id for each in found] == team.sentences
    assert [each.text for each in found] == TEXT.splitlines()
    assert {each.until for each in found} == {team.now + LEASE}


def test_words_find_the_reviewer_or_the_article(team):
    ada, ben = team.actor(), team.actor()
    team.hold(ada, 4), team.hold(ben, 2)
    assert [line.name for line in listed(team, search=ben.name)] == [ben.name]
    assert listed(team, search="zzz") == []


def test_all_that_ran_out_is_freed_and_nothing_else(team):
    ada, ben = team.actor(), team.actor()
    team.hold(ada, 2)
    team.later(minutes=6)
    team.hold(ben, 2)
    team.later(minutes=5)
    assert release_over(team) == 2
    assert [line.name for line in listed(team)] == [ben.name]
    assert release_over(team) == 0
    assert team.faults() == []


def test_freeing_what_ran_out_is_in_the_audit_log_once(team):
    team.hold(team.actor(), 2)
    team.later(minutes=11)
    release_over(team), release_over(team)
    rows = table(AuditEvent)
    with reading(team.engines) as session:
        told = session.execute(sa.select(rows.c.details).where(rows.c.act == "release_leases"))
        assert [row[0] for row in told] == [{"ran_out": 2}]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_who_labels_neither_sees_nor_frees_leases(team, role):
    who = team.actor(role)
    given = {"actor": who, "slug": team.project.slug, "now": team.now + timedelta(hours=1)}
    with reading(team.engines) as session:
        with pytest.raises(NotAllowedError):
            holders.listed(session, **given)
        with pytest.raises(NotAllowedError):
            holders.sentences(session, actor=who, slug=team.project.slug, reviewer="", article="")
    with team.transaction() as session, pytest.raises(NotAllowedError):
        holders.release_over(session, **given)
