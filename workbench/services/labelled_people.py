"""Whose labels came in a file: an account for each annotator, that nobody can sign in to."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath

from sqlmodel import Session

from db.models import Project
from db.queries import accounts as queries
from db.queries import queue
from workbench.errors import InputError
from workbench.services import audit, members, names
from workbench.services.permissions import Actor, Role

_UNNAMED = "Labels"


def display_name(annotator: str | None, file: str, number: int) -> str:
    """What an annotator of a file is called here: as the file calls them, and the file.

    Args:
        annotator: What the file says; None where it says nothing.
        file: The file's name.
        number: What tells apart annotators whose names cannot be shown.
    """
    stem = PurePath(file).name.partition(".")[0]
    for asked in (f"{annotator or _UNNAMED} ({stem})", f"{_UNNAMED} {number} ({stem})"):
        try:
            return names.cleaned(asked[: names.LONGEST])
        except InputError:
            continue
    return f"{_UNNAMED} {number}"


def by_number(annotator: str | None) -> tuple[int, str]:
    """What sorts annotators: A2 before A10, whoever has no name first."""
    return (len(annotator), annotator) if annotator else (0, "")


def reviewers(
    session: Session,
    *,
    actor: Actor,
    project: Project,
    annotators: Iterable[str | None],
    file: str,
    now: datetime,
) -> dict[str | None, int]:
    """The account of each annotator of a file; made where there is none of that name.

    The accounts are disabled: they hold labels, and nobody signs in to them. The same file again
    finds the same accounts.

    Args:
        session: The transaction.
        actor: Who imports.
        project: What they are members of afterwards.
        annotators: As the file calls them, in the order in which they are to be numbered.
        file: The file's name.
        now: When.
    """
    found: dict[str | None, int] = {}
    for number, annotator in enumerate(annotators, 1):
        name = display_name(annotator, file, number)
        account = queries.by_name_key(session, names.key(name))
        if account is None:
            account = members.new_account(session, name=name, is_admin=False, now=now)
            account.disabled_at = now
            session.add(account)
            session.flush()
            audit.record(
                session,
                actor=actor,
                act="add_imported_account",
                object_type="account",
                object_id=account.public_id,
                now=now,
                name=name,
                project=project.slug,
            )
        if queue.place(session, project_id=project.id, account_id=account.id) is None:
            queue.join(
                session,
                project_id=project.id,
                account_id=account.id,
                role=str(Role.REVIEWER),
                now=now,
            )
        found[annotator] = account.id
    return found
