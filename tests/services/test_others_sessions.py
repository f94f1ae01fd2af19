"""Sessions of others are seen and ended by who manages people, and by nobody else."""

import pytest
import sqlalchemy as sa
from conftest import HOUR, NOON

from db.models import AuditEvent
from db.models.naming import table
from workbench.errors import NotFoundError
from workbench.services import accounts, sessions
from workbench.services.permissions import OPERATOR

ADA = {"actor": OPERATOR, "name": "Ada", "now": NOON}


@pytest.fixture
def signed_in(session, make):
    """Ada at two places, and Bob at one."""
    ada, bob = make.account("Ada"), make.account("Bob")

    def start(account, browser):
        return sessions.start(
            session, account=account, how="link", now=NOON, browser=browser, address=""
        )

    return {"desk": start(ada, "Firefox"), "phone": start(ada, "Chrome"), "bob": start(bob, "x")}


def live(session, signed_in):
    found = sessions.lookup
    return [
        name
        for name, each in signed_in.items()
        if found(session, cookie=each.cookie, now=NOON) is not None
    ]


def test_the_live_sessions_of_a_person_are_listed(session, signed_in):
    found = accounts.sessions_of(session, **ADA)
    assert [each.browser for each in found] == ["Chrome", "Firefox"]
    assert accounts.sessions_of(session, **ADA | {"now": NOON + 13 * HOUR}) == []


def test_one_of_them_is_ended(session, signed_in):
    phone = signed_in["phone"].account.session_id
    accounts.end_session_of(session, session_id=phone, **ADA)
    assert live(session, signed_in) == ["desk", "bob"]
    with pytest.raises(NotFoundError):
        accounts.end_session_of(session, session_id=phone, **ADA)


def test_a_session_of_another_is_not_ended_under_this_name(session, signed_in):
    with pytest.raises(NotFoundError):
        accounts.end_session_of(session, session_id=signed_in["bob"].account.session_id, **ADA)
    assert "bob" in live(session, signed_in)


def test_all_of_them_are_ended_and_it_is_recorded(session, signed_in):
    assert accounts.end_sessions_of(session, **ADA) == 2
    assert live(session, signed_in) == ["bob"]
    events = table(AuditEvent)
    last = session.execute(sa.select(events).order_by(events.c.id.desc()).limit(1)).one()
    assert (last.act, last.details) == ("end_sessions", {"n_sessions_ended": 2})


@pytest.mark.parametrize("act", [accounts.sessions_of, accounts.end_sessions_of])
def test_nobody_of_this_name_is_said(session, signed_in, act):
    with pytest.raises(NotFoundError):
        act(session, actor=OPERATOR, name="Zed", now=NOON)
