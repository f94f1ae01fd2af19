"""Leases as a manager sees them, and frees them; and the settings they follow."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from leased import LEASE, Team
from loop import op

from db.engine import reading
from db.models import AuditEvent, QueueMark
from db.models.naming import table
from workbench.errors import InputError, NotAllowedError, NotFoundError
from workbench.services import holders, queue_settings
from workbench.services.holders import HoldState
from workbench.services.permissions import OPERATOR, Role
from workbench.services.queue_settings import QueueSettings


@pytest.fixture
def team(own_engines, now):
    team = Team(own_engines, now)
    yield team
    assert team.faults() == []


@pytest.fixture
def articles(team):
    return [team.bring_all(f"One was {n}.\nTwo were {n}.\n") for n in ("here", "there")]


@pytest.fixture
def ada(team):
    return team.actor()


@pytest.fixture
def ben(team):
    return team.actor()


def overview(team, **asked):
    with reading(team.engines) as session:
        here = {"actor": OPERATOR, "slug": team.project.slug, "now": team.now}
        return holders.listed(session, **here, **asked)


def last_audit(team):
    events = table(AuditEvent)
    with reading(team.engines) as session:
        statement = sa.select(events.c.act, events.c.details).order_by(events.c.id.desc()).limit(1)
        return session.execute(statement).one()


def test_it_says_who_holds_how_many_of_which_article_and_until_when(team, articles, ada, ben):
    team.hold(ada, 3)
    team.later(minutes=1)
    team.hold(ben)

    told = [(line.name, line.article, line.n_sentences) for line in overview(team)]
    names = [sentences[0].partition(":")[0] for sentences in articles]
    assert sorted(told[:2]) == sorted([(ada.name, names[0], 2), (ada.name, names[1], 1)])
    assert told[2:] == [(ben.name, names[1], 1)]
    assert overview(team)[0].until == overview(team)[0].since + LEASE


def test_a_lease_that_has_run_out_is_told_as_such(team, articles, ada):
    team.hold(ada)
    assert not any(line.state is HoldState.OVER for line in overview(team))

    team.now += LEASE
    assert all(line.state is HoldState.OVER for line in overview(team))


@pytest.mark.parametrize("letter", ["%", "_", "nobody"])
def test_it_is_searched_by_words_and_not_by_patterns(team, articles, ada, letter):
    team.hold(ada)

    assert len(overview(team, search=ada.name.upper())) == 2
    assert overview(team, search=letter) == []


def test_freed_sentences_go_to_whoever_asks_next(team, articles, ada, ben):
    team.hold(ada)

    assert team.release(reviewer=ada.public_id) == 4
    assert team.hold(ben) == articles[0] + articles[1]


def test_single_sentences_can_be_freed_of_whoever_holds_them(team, articles, ada, ben):
    team.hold(ada)

    assert team.release(sentences=articles[0]) == 2
    assert team.hold(ben) == articles[0]


def test_whoever_held_it_may_answer_while_nobody_has_it(team, articles, ada):
    team.hold(ada)
    team.release(reviewer=ada.public_id)

    assert team.send_one(op(articles[0][0]), ada).status == "applied"


def test_who_freed_what_is_in_the_audit_log(team, articles, ada):
    team.hold(ada, 1)
    team.release(reviewer=ada.public_id)

    act, details = last_audit(team)
    assert act == "release_leases"
    assert details == {"reviewer": ada.public_id, "sentences": articles[0][:1]}


@pytest.mark.parametrize(
    ("named", "error"),
    [
        ({}, InputError),
        ({"reviewer": "nobody"}, NotFoundError),
        ({"sentences": ["0123456789abcdef:0-4"]}, NotFoundError),
        ({"sentences": ["nonsense"]}, InputError),
    ],
)
def test_what_cannot_be_freed_is_refused(team, articles, named, error):
    with pytest.raises(error):
        team.release(**named)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_the_settings_are_the_managers_alone(team, articles, role):
    asked = {"actor": team.actor(role), "slug": team.project.slug}
    with reading(team.engines) as session, pytest.raises(NotAllowedError):
        queue_settings.read(session, **asked)


@pytest.mark.parametrize(
    "wrong",
    [
        {"overlap": 0},
        {"overlap": 21},
        {"overlap": 2, "overlap_share": 101},
        {"overlap": 2, "order": "alphabetical"},
        {"overlap": 2, "lease_minutes": 0},
    ],
)
def test_settings_that_make_no_sense_are_refused(team, wrong):
    with pytest.raises(InputError):
        team.set(**wrong)


def test_a_change_of_settings_is_in_the_audit_log_with_what_was_before(team):
    team.set(overlap=3, overlap_share=20)

    act, details = last_audit(team)
    assert act == "change_queue"
    assert (details["old"]["overlap"], details["new"]["overlap"]) == (1, 3)
    assert queue_settings.of(team.project) == QueueSettings(overlap=3, overlap_share=20)


def test_another_lease_time_counts_nothing_anew_and_holds_from_the_next_lease(team, articles, ada):
    team.hold(ada, 1)
    marks = kept_marks(team)
    team.set(overlap=1, lease_minutes=30)
    assert marks == kept_marks(team) != []
    team.later(minutes=6)
    team.hold(ada, 1)
    assert overview(team)[0].until == team.now + timedelta(minutes=30)


def kept_marks(team):
    with reading(team.engines) as session:
        return session.execute(sa.select(table(QueueMark))).all()
