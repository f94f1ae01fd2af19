from datetime import timedelta

import pytest
from conftest import NOON
from sqlalchemy import event
from sqlmodel import select

from db.models import AuditEvent, Membership, SignIn
from workbench.errors import SignedOutError
from workbench.services import sessions
from workbench.services.permissions import Role

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)


def start(session, account, *, now=NOON, browser="Firefox on Linux"):
    return sessions.start(
        session, account=account, how="link", now=now, browser=browser, address="10.0.0.1"
    )


def identity(session, signed_in, *, now=NOON):
    return sessions.lookup(session, cookie=signed_in.cookie, now=now)


def row(session, signed_in):
    session.expire_all()
    return session.get(SignIn, signed_in.account.session_id)


def keep_busy(session, signed_in, *, until):
    at = NOON
    while at < until:
        sessions.touch(session, session_id=signed_in.account.session_id, now=at)
        at += HOUR


def test_a_cookie_leads_to_its_account_and_session(session, make):
    ada = make.account("Ada")
    signed_in = start(session, ada)
    assert identity(session, signed_in) == f"{ada.public_id}:{signed_in.account.session_id}"


def test_only_the_hash_of_a_cookie_is_stored(session, make):
    signed_in = start(session, make.account())
    assert len(signed_in.cookie) == 43
    assert row(session, signed_in).token_hash == sessions.hash_of(signed_in.cookie)
    assert signed_in.cookie not in repr(signed_in)


@pytest.mark.parametrize("cookie", ["", "x", "x" * 43, "\ud800"])
def test_a_cookie_that_was_never_given_leads_nowhere(session, make, cookie):
    start(session, make.account())
    assert sessions.lookup(session, cookie=cookie, now=NOON) is None


def test_a_session_ends_after_twelve_idle_hours(session, make):
    signed_in = start(session, make.account())
    assert identity(session, signed_in, now=NOON + 12 * HOUR - MINUTE) is not None
    assert identity(session, signed_in, now=NOON + 12 * HOUR) is None


def test_a_busy_session_ends_after_seven_days(session, make):
    signed_in = start(session, make.account())
    keep_busy(session, signed_in, until=NOON + 7 * DAY)
    assert identity(session, signed_in, now=NOON + 7 * DAY - MINUTE) is not None
    assert identity(session, signed_in, now=NOON + 7 * DAY) is None


def test_an_ended_session_is_dead_for_gate_and_services(session, make):
    signed_in = start(session, make.account())
    who = identity(session, signed_in)
    sessions.sign_out(session, cookie=signed_in.cookie, now=NOON)
    assert identity(session, signed_in) is None
    with pytest.raises(SignedOutError):
        sessions.signed_in(session, identity=who, now=NOON)


def test_a_disabled_account_is_dead_for_gate_and_services(session, make):
    ada = make.account()
    signed_in = start(session, ada)
    who = identity(session, signed_in)
    ada.disabled_at = NOON
    session.add(ada)
    session.flush()
    assert identity(session, signed_in) is None
    with pytest.raises(SignedOutError):
        sessions.signed_in(session, identity=who, now=NOON)


def test_services_refuse_a_session_that_ran_out(session, make):
    signed_in = start(session, make.account())
    who = identity(session, signed_in)
    with pytest.raises(SignedOutError):
        sessions.signed_in(session, identity=who, now=NOON + 12 * HOUR)


def test_services_refuse_a_session_of_somebody_else(session, make):
    ada, bob = start(session, make.account()), start(session, make.account())
    forged = f"{ada.account.public_id}:{bob.account.session_id}"
    with pytest.raises(SignedOutError):
        sessions.signed_in(session, identity=forged, now=NOON)


@pytest.mark.parametrize("forged", ["", ":", "x", "x:", "x:1x", "x:-1", "x:१", "x:99999999999999"])
def test_services_refuse_what_is_no_identity(session, forged):
    with pytest.raises(SignedOutError):
        sessions.signed_in(session, identity=forged, now=NOON)


def test_roles_are_read_anew_at_every_call(session, make):
    project, ada = make.project(), make.account()
    membership = make.membership(project, ada, role="manager")
    who = identity(session, start(session, ada))
    assert sessions.signed_in(session, identity=who, now=NOON).roles == {project.id: Role.MANAGER}
    membership.role = "reviewer"
    session.flush()
    assert sessions.signed_in(session, identity=who, now=NOON).roles == {project.id: Role.REVIEWER}
    session.get(Membership, membership.id).ended_at = NOON
    session.flush()
    assert sessions.signed_in(session, identity=who, now=NOON).roles == {}


def test_an_actor_has_all_their_roles(session, make):
    ada = make.account(is_admin=True)
    one, other = make.project(), make.project()
    make.membership(one, ada, role="reviewer")
    make.membership(other, ada, role="adjudicator")
    actor = start(session, ada).account
    assert actor.roles == {one.id: Role.REVIEWER, other.id: Role.ADJUDICATOR}
    assert (actor.account_id, actor.name, actor.is_admin) == (ada.id, ada.name, True)


@pytest.mark.parametrize("ask", ["lookup", "signed_in"])
def test_who_it_is_takes_one_query(session, make, ask):
    signed_in = start(session, make.account())
    who = identity(session, signed_in)
    asked = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
    if ask == "lookup":
        sessions.lookup(session, cookie=signed_in.cookie, now=NOON)
    else:
        sessions.signed_in(session, identity=who, now=NOON)
    assert len(asked) == 1


def test_a_session_is_due_to_be_written_once_in_five_minutes(session, make):
    signed_in = start(session, make.account())
    find = lambda at: sessions.find(session, cookie=signed_in.cookie, now=at)  # noqa: E731
    assert not find(NOON + 5 * MINUTE - timedelta(seconds=1)).is_due
    assert find(NOON + 5 * MINUTE).is_due
    sessions.touch(session, session_id=signed_in.account.session_id, now=NOON + 5 * MINUTE)
    assert not find(NOON + 5 * MINUTE).is_due


def test_a_session_that_ran_out_is_not_revived_by_a_clock_set_back(session, make):
    signed_in = start(session, make.account())
    late = NOON + 13 * HOUR
    assert sessions.find(session, cookie=signed_in.cookie, now=late).is_due
    sessions.touch(session, session_id=signed_in.account.session_id, now=late)
    assert identity(session, signed_in, now=NOON) is None


def test_last_seen_never_goes_back(session, make):
    signed_in = start(session, make.account())
    sessions.touch(session, session_id=signed_in.account.session_id, now=NOON - HOUR)
    assert row(session, signed_in).last_seen_at == NOON


def test_signing_out_twice_is_no_fault(session, make):
    signed_in = start(session, make.account())
    for _ in range(2):
        sessions.sign_out(session, cookie=signed_in.cookie, now=NOON)
    acts = session.exec(select(AuditEvent.act).order_by(AuditEvent.id)).all()
    assert acts == ["sign_in", "end_session"]


def test_each_sign_in_has_a_cookie_of_its_own(session, make):
    ada = make.account()
    assert len({start(session, ada).cookie for _ in range(20)}) == 20
