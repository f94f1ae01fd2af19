import threading
import time

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from workbench.errors import InputError
from workbench.services import passwords
from workbench.services.passwords import Attempt

GOOD = "harbour lamp seven"
OWN = Attempt(1, account_id=1, password_hash=passwords.hashed(GOOD, name="Ada").value)
UNKNOWN = Attempt(1, account_id=None, password_hash=None)


def test_the_right_password_is_proved():
    assert passwords.prove(OWN, GOOD).is_right


@pytest.mark.parametrize("wrong", ["", "harbour lamp eight", f"{GOOD} ", GOOD.upper(), "x" * 5000])
def test_another_password_is_not(wrong):
    assert not passwords.prove(OWN, wrong).is_right


def test_a_password_is_the_same_composed_and_decomposed():
    made = passwords.hashed("caf\u00e9 lamp seven", name="Ada").value
    typed = "cafe\u0301 lamp seven"
    assert passwords.prove(Attempt(1, 1, made), typed).is_right


def test_white_space_around_a_password_is_kept():
    made = passwords.hashed(f" {GOOD} ", name="Ada").value
    assert not passwords.prove(Attempt(1, 1, made), GOOD).is_right


@pytest.mark.parametrize(
    "attempt",
    [UNKNOWN, Attempt(1, 1, None), Attempt(1, 1, "no hash"), Attempt(1, None, OWN.password_hash)],
)
def test_nobody_is_proved_without_account_and_hash(attempt):
    assert not passwords.prove(attempt, GOOD).is_right


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("x" * 11, "11 characters"),
        ("e\u0301" * 11, "11 characters"),
        ("harbour " * 17, "136 characters"),
        ("my ada lovelace lamp", "your name"),
        ("MyAdaLovelace77", "your name"),
        ("password1234", "easy to guess"),
        ("qwerty123456", "easy to guess"),
        ("aaaaaaaaaaaa", "easy to guess"),
        ("justinbieber", "easy to guess"),
    ],
)
def test_weak_passwords_are_refused(password, reason):
    with pytest.raises(InputError, match=reason):
        passwords.hashed(password, name="Ada Lovelace")


@pytest.mark.parametrize(
    "password",
    ["Tr0mbone-lamp", "鉄道の時刻表を読む人々はよい", "a b c d e f g h !", "lamp boat " * 12],
)
def test_long_and_unusual_passwords_are_taken(password):
    assert passwords.hashed(password, name="Ada").value.startswith("$argon2id$")


def test_hashes_are_argon2id_with_46_mebibytes():
    for made in (OWN.password_hash, passwords.DUMMY):
        found = extract_parameters(made)
        assert (found.type, found.memory_cost, found.time_cost, found.parallelism) == (
            Type.ID,
            46 * 1024,
            1,
            1,
        )


def test_a_hash_with_older_settings_is_made_anew():
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(GOOD)
    proof = passwords.prove(Attempt(1, 1, weak), GOOD)
    assert extract_parameters(proof.rehashed).memory_cost == 46 * 1024


def test_a_hash_with_the_settings_of_today_stays():
    assert passwords.prove(OWN, GOOD).rehashed is None


def test_unknown_names_take_as_long_as_known_ones():
    def seconds(attempt):
        start = time.process_time()
        passwords.prove(attempt, "wrong lamp seven")
        return time.process_time() - start

    pairs = [(seconds(OWN), seconds(UNKNOWN)) for _ in range(7)]
    known, unknown = map(min, zip(*pairs, strict=True))
    assert abs(known - unknown) < 0.2 * known


class Watching:
    """The real hasher, which counts how many are in it."""

    def __init__(self, real):
        self.real, self.guard, self.inside, self.most = real, threading.Lock(), 0, 0

    def verify(self, stored, password):
        with self.guard:
            self.inside += 1
            self.most = max(self.most, self.inside)
        try:
            self.real.verify(stored, password)
        finally:
            with self.guard:
                self.inside -= 1

    def check_needs_rehash(self, stored):
        return self.real.check_needs_rehash(stored)


def test_two_hashes_at_a_time_and_no_more(monkeypatch):
    watching = Watching(passwords.HASHER)
    monkeypatch.setattr(passwords, "HASHER", watching)
    threads = [threading.Thread(target=passwords.prove, args=(OWN, GOOD)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert watching.most == passwords.AT_ONCE == 2


def test_hashes_show_in_no_text():
    assert (
        "argon2" not in f"{OWN!r} {passwords.prove(OWN, GOOD)!r} {passwords.Hashed('$argon2id$')!r}"
    )
