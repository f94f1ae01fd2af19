from datetime import timedelta

import pytest
from conftest import NOON

from workbench.errors import NotFoundError, SignedOutError
from workbench.services import accounts, own_sessions, sessions
from workbench.services.permissions import OPERATOR, Actor

HOUR = timedelta(hours=1)


def start(session, account, *, now=NOON):
    return sessions.start(session, account=account, how="link", now=now, browser="", address="")


def identity(session, signed_in):
    return sessions.lookup(session, cookie=signed_in.cookie, now=NOON)


def test_a_person_sees_their_own_live_sessions(session, make):
    ada = make.account()
    start(session, ada, now=NOON - 13 * HOUR)
    old, new = start(session, ada, now=NOON - HOUR), start(session, ada)
    start(session, make.account())
    ended = start(session, ada)
    sessions.sign_out(session, cookie=ended.cookie, now=NOON)
    own = own_sessions.sessions(session, actor=new.account, now=NOON)
    assert [(each.id, each.is_current) for each in own] == [
        (new.account.session_id, True),
        (old.account.session_id, False),
    ]


def test_a_person_ends_one_of_their_sessions(session, make):
    ada = make.account()
    here, there = start(session, ada), start(session, ada)
    own_sessions.end_session(
        session, actor=here.account, session_id=there.account.session_id, now=NOON
    )
    assert identity(session, there) is None
    assert identity(session, here) is not None


def test_nobody_ends_a_session_of_somebody_else(session, make):
    ada, bob = start(session, make.account()), start(session, make.account(is_admin=True))
    for actor in (bob.account, Actor(account_id=None, public_id="", name="operator")):
        with pytest.raises(NotFoundError):
            own_sessions.end_session(
                session, actor=actor, session_id=ada.account.session_id, now=NOON
            )
    assert identity(session, ada) is not None


def test_a_person_ends_all_sessions_but_the_one_here(session, make):
    ada = make.account()
    here, there = start(session, ada), start(session, ada)
    stranger = start(session, make.account())
    assert own_sessions.end_other_sessions(session, actor=here.account, now=NOON) == 1
    found = [identity(session, each) is not None for each in (here, there, stranger)]
    assert found == [True, False, True]


def test_who_was_signed_out_is_told_to_sign_in_again(session, make):
    signed_in = start(session, make.account("Ada"))
    who = identity(session, signed_in)
    sessions.sign_out(session, cookie=signed_in.cookie, now=NOON)
    with pytest.raises(SignedOutError, match="Sign in again"):
        sessions.signed_in(session, identity=who, now=NOON)


def test_whose_account_is_disabled_is_told_so_and_nobody_else_is(session, make):
    ada, bob = make.account("Ada"), make.account("Bob")
    hers, his = (identity(session, start(session, each)) for each in (ada, bob))
    accounts.disable(session, actor=OPERATOR, name="Ada", now=NOON)
    with pytest.raises(SignedOutError, match="account is disabled"):
        sessions.signed_in(session, identity=hers, now=NOON)
    mixed = f"{ada.public_id}:{his.partition(':')[2]}"
    with pytest.raises(SignedOutError, match="Sign in again"):
        sessions.signed_in(session, identity=mixed, now=NOON)
