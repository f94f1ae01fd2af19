from datetime import timedelta

import pytest
from conftest import NOON
from sqlmodel import select

from db.models import OidcStart
from workbench.errors import SignedOutError, ThrottledError
from workbench.services import oidc_starts

SECOND = timedelta(seconds=1)


def begin(session, state="s", *, now=NOON, address="192.0.2.1", actor=None):
    oidc_starts.begin(
        session, state=state, target="/articles", now=now, address=address, actor=actor
    )


def test_who_comes_back_goes_where_they_wanted_to(session):
    begin(session)
    start = oidc_starts.come_back(session, state="s", now=NOON)
    assert (start.target, start.account_id) == ("/articles", None)


def test_who_binds_an_identity_is_remembered(session, make):
    actor = make.actor()
    begin(session, actor=actor)
    assert oidc_starts.come_back(session, state="s", now=NOON).account_id == actor.account_id


def test_an_answer_counts_once(session):
    begin(session)
    oidc_starts.come_back(session, state="s", now=NOON)
    with pytest.raises(SignedOutError, match="used before"):
        oidc_starts.come_back(session, state="s", now=NOON)


@pytest.mark.parametrize("state", ["", "t", "S", "s\x00", "\ud800"])
def test_an_answer_that_nobody_asked_for_is_refused(session, state):
    begin(session)
    with pytest.raises(SignedOutError):
        oidc_starts.come_back(session, state=state, now=NOON)


def test_an_answer_that_takes_ten_minutes_is_too_late(session):
    begin(session)
    with pytest.raises(SignedOutError, match="too late"):
        oidc_starts.come_back(session, state="s", now=NOON + oidc_starts.LIFE)
    begin(session, "t")
    oidc_starts.come_back(session, state="t", now=NOON + oidc_starts.LIFE - SECOND)


def test_only_the_hash_of_a_state_is_kept_and_not_for_long(session):
    begin(session, "secret")
    assert "secret" not in str(session.exec(select(OidcStart)).one().model_dump())
    begin(session, "other", now=NOON + 3 * oidc_starts.LIFE)
    assert len(session.exec(select(OidcStart)).all()) == 1


def test_one_address_cannot_begin_without_end(session):
    for number in range(oidc_starts.MOST_OF_NETWORK):
        begin(session, f"s{number}")
    with pytest.raises(ThrottledError):
        begin(session, "more")
    begin(session, "elsewhere", address="192.0.2.2")
    begin(session, "later", now=NOON + oidc_starts.LIFE)


def test_all_together_cannot_either(session, monkeypatch):
    monkeypatch.setattr(oidc_starts, "MOST", 3)
    for number in range(3):
        begin(session, f"s{number}", address=f"192.0.2.{number}")
    with pytest.raises(ThrottledError):
        begin(session, "more", address="192.0.2.9")
