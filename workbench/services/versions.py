"""What label sets and guidelines have in common as versions: who made one, on what, and why."""

from collections.abc import Mapping

from workbench.errors import InputError, TakenError

NOBODY = "the workbench"
OPERATOR_NAME = "the operator"
LONGEST_NOTE = 500


def made_by(public_id: str, people: Mapping[str, str], *, is_first: bool) -> str:
    """Who made a version: by name, or what acted without one."""
    return people.get(public_id) or (NOBODY if is_first else OPERATOR_NAME)


def check_base(newest: int, base: int, *, what: str) -> None:
    """Refuse a change of a version that is no longer the newest.

    Raises:
        TakenError: Somebody saved another version meanwhile.
    """
    if newest != base:
        message = (
            f"Somebody saved version {newest} of the {what} meanwhile. "
            "Yours was not saved: look at theirs and make your change again."
        )
        raise TakenError(message)


def reason(note: str) -> str:
    """Why a version was made, on one line.

    Raises:
        InputError: It is too long, or nothing.
    """
    cleaned = " ".join(note.split())
    if not 0 < len(cleaned) <= LONGEST_NOTE:
        message = f"Say in 1 to {LONGEST_NOTE} characters why: reviewers read it in the history."
        raise InputError(message)
    return cleaned
