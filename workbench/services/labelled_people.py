"""Whose labels came in a file: an account for each annotator, that nobody can sign in to."""

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


def reviewer(
    session: Session,
    *,
    actor: Actor,
    project: Project,
    annotator: str | None,
    number: int,
    file: str,
    now: datetime,
) -> int:
    """The account of an annotator of a file; made where there is none of that name.

    The accounts are disabled: they hold labels, and nobody signs in to them. The same file again
    finds the same accounts.

    Args:
        session: The transaction.
        actor: Who imports.
        project: What they are a member of afterwards.
        annotator: As the file calls them.
        number: What tells them from annotators whose names cannot be shown either.
        file: The file's name.
        now: When.
    """
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
    return account.id
