import threading
from datetime import timedelta

import pytest
from conftest import NOON
from sqlmodel import select

from db.engine import transaction
from db.models import AuditEvent, SignInFailure
from workbench.errors import ThrottledError
from workbench.services import attempts

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def begin(session, *, name="Ada", address="10.0.0.1", now=NOON):
    return attempts.begin(session, name=name, address=address, now=now)


def tries(session, moments, **given):
    """How many of the tries at these moments are let through to the hash."""
    through = 0
    for moment in moments:
        try:
            begin(session, now=moment, **given)
        except ThrottledError:
            continue
        through += 1
    return through


def test_an_attempt_knows_the_hash_of_its_account(session, make):
    ada = make.account("Ada", password_hash="$hash")
    attempt = begin(session)
    assert (attempt.account_id, attempt.password_hash) == (ada.id, "$hash")


@pytest.mark.parametrize("name", ["Nobody", "", "\x00", "x" * 500])
def test_an_unknown_name_is_counted_like_a_known_one(session, name):
    attempt = begin(session, name=name)
    assert (attempt.account_id, attempt.password_hash) == (None, None)
    assert session.get(SignInFailure, attempt.failure_id) is not None


def test_a_disabled_account_is_nobody(session, make):
    make.account("Ada", password_hash="$hash", disabled_at=NOON)
    assert begin(session).password_hash is None


def test_five_tries_are_free_and_the_sixth_waits_a_second(session):
    assert tries(session, [NOON] * 6) == 5
    with pytest.raises(ThrottledError, match="Wait 1 second,") as refused:
        begin(session)
    assert refused.value.retry_after == 1
    assert tries(session, [NOON + SECOND]) == 1


def test_the_wait_doubles(session):
    at = NOON
    tries(session, [at] * 5)
    for seconds in (1, 2, 4, 8, 16):
        with pytest.raises(ThrottledError) as refused:
            begin(session, now=at)
        assert refused.value.retry_after == seconds
        at += timedelta(seconds=seconds)
        begin(session, now=at)


@pytest.mark.parametrize("pause", [timedelta(0), SECOND, 9 * SECOND])
def test_of_a_hundred_wrong_passwords_ten_at_the_most_reach_the_hash(session, pause):
    assert tries(session, [NOON + n * pause for n in range(100)]) <= 10


def test_however_patient_ten_in_fifteen_minutes_are_the_most(session):
    assert tries(session, [NOON + n * SECOND for n in range(15 * 60)]) <= 10


def test_nobody_is_locked_out_for_longer_than_fifteen_minutes(session):
    tries(session, [NOON + n * SECOND for n in range(60)])
    assert tries(session, [NOON + 15 * MINUTE + MINUTE]) == 1


def test_look_alike_names_share_their_tries(session):
    assert tries(session, [NOON] * 4, name="Alice") == 4
    assert tries(session, [NOON] * 4, name="AIice") == 1


def test_another_name_is_not_slowed(session):
    tries(session, [NOON] * 10, name="Ada")
    assert tries(session, [NOON], name="Bob") == 1


def test_twenty_failures_from_one_address_are_the_most(session):
    through = sum(tries(session, [NOON], name=f"Person {n}") for n in range(30))
    assert through == 20
    assert tries(session, [NOON], name="Person 99", address="10.0.0.2") == 1
    assert tries(session, [NOON + 15 * MINUTE], name="Person 98") == 1


def test_addresses_of_one_ipv6_network_are_one(session):
    through = sum(
        tries(session, [NOON], name=f"Person {n}", address=f"2001:db8:1:2::{n:x}")
        for n in range(30)
    )
    assert through == 20
    assert tries(session, [NOON], name="Person 99", address="2001:db8:1:3::1") == 1


def test_a_hundred_tries_at_the_same_instant_see_each_other(own_engines):
    through = []

    def attempt():
        with transaction(own_engines) as session:
            through.append(tries(session, [NOON]))

    threads = [threading.Thread(target=attempt) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(through), sum(through)) == (16, 5)


def test_slowing_down_is_noted_once(session, make):
    ada = make.account("Ada")
    tries(session, [NOON] * 50)
    noted = session.exec(select(AuditEvent).where(AuditEvent.act == "slow_sign_in")).all()
    assert [each.object_id for each in noted] == [ada.public_id]


def test_failures_are_forgotten_after_a_day(session):
    begin(session)
    begin(session, now=NOON + timedelta(days=2))
    assert len(session.exec(select(SignInFailure)).all()) == 1
