"""Passwords: the rules, and argon2id at most twice at a time.

Nothing in here opens a transaction: a hash takes 180 ms, and SQLite's only writer cannot wait for
it. Whoever signs in counts the attempt first, proves the password here, and writes then.
"""

import threading
import unicodedata
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workbench.errors import InputError

SHORTEST, LONGEST = 12, 128
AT_ONCE = 2  # each takes 46 MiB while it runs

HASHER = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
# The hash of nothing: verified for unknown names, so that they take as long as known ones.
DUMMY = (
    "$argon2id$v=19$m=47104,t=1,p=1$c29tZSByYW5kb20gb25lcw$"
    "Jm1vY2sgbm8gcGFzc3dvcmQgaGFzIHRoaXMgaGFzaCE"
)

_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A password about to be tried, already counted against name and address.

    Attributes:
        failure_id: The row that counts it as failed until it succeeds.
        account_id: Whose password it is; None when there is no such account.
        password_hash: What to prove it against; None when there is none.
    """

    failure_id: int
    account_id: int | None
    password_hash: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of an attempt.

    Attributes:
        attempt: The attempt.
        is_right: Whether the password is the account's.
        rehashed: The hash to store instead, where the stored one was made with older settings.
    """

    attempt: Attempt
    is_right: bool
    rehashed: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Hashed:
    """A new password that keeps the rules, as it is stored."""

    value: str = field(repr=False)


def prove(attempt: Attempt, password: str) -> Proof:
    """Try a password; as slow for an unknown name as for a known one. Outside any transaction."""
    given = unicodedata.normalize("NFC", password[: LONGEST + 1])
    stored = attempt.password_hash or DUMMY
    try:
        with _turns:
            HASHER.verify(stored, given.encode(errors="replace"))
    except (VerificationError, InvalidHashError):
        return Proof(attempt, is_right=False)
    if attempt.account_id is None or attempt.password_hash is None:
        return Proof(attempt, is_right=False)
    rehashed = _hash(given) if HASHER.check_needs_rehash(stored) else None
    return Proof(attempt, is_right=True, rehashed=rehashed)


def hashed(password: str, *, name: str) -> Hashed:
    """Hash a new password. Outside any transaction.

    Raises:
        InputError: It breaks a rule.
    """
    given = unicodedata.normalize("NFC", password)
    if not SHORTEST <= len(given) <= LONGEST:
        message = (
            f"The password has {len(given)} characters. Give {SHORTEST} to {LONGEST}; "
            "a few words are easy to remember."
        )
        raise InputError(message)
    if _squeezed(name) in _squeezed(given):
        message = "The password holds your name. Choose another."
        raise InputError(message)
    if _is_common(given, name):
        message = "The password is a common one or easy to guess. Choose another."
        raise InputError(message)
    return Hashed(_hash(given))


def _hash(password: str) -> str:
    with _turns:
        return HASHER.hash(password.encode(errors="replace"))


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _is_common(password: str, name: str) -> bool:
    # Read at the first new password, not at the start: the word lists take their time.
    from zxcvbn import zxcvbn

    # zxcvbn takes 72 characters at the most, and needs longer the longer they are.
    return bool(zxcvbn(password[:72], user_inputs=name.split())["score"] < 2)
