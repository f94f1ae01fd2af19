"""Removing somebody from a project, and bringing them back; what they decided stays."""

from datetime import datetime

from sqlmodel import Session

from db.models import Account, Membership
from db.queries import accounts as queries
from workbench.errors import InputError, NotFoundError
from workbench.services import audit, leasing, members, names
from workbench.services.permissions import Actor, Role


def remove(session: Session, *, actor: Actor, name: str, project_slug: str, now: datetime) -> None:
    """Remove somebody from a project: they see nothing of it any more, from the next call on.

    Args:
        session: The transaction.
        actor: Who removes: an admin anybody, a manager reviewers and adjudicators.
        name: Whom.
        project_slug: Where.
        now: When.

    Raises:
        NotFoundError: There is no such project, or nobody of this name is in it.
        NotAllowedError: The actor may not, or not somebody of that role.
        InputError: They are an admin, who is in every project.
    """
    account, membership = _part(session, actor, name, project_slug)
    if account.is_admin:
        message = "An admin is in every project. Give them another role first."
        raise InputError(message)
    if membership.ended_at is not None:
        return
    membership.ended_at = now
    leasing.let_go(session, account_id=account.id, project_id=membership.project_id)
    _keep(session, actor, account, membership, "remove_member", project_slug, now)


def bring_back(
    session: Session, *, actor: Actor, name: str, project_slug: str, now: datetime
) -> None:
    """Bring somebody who was removed back into the project, with the role they had.

    Raises:
        NotFoundError: There is no such project, or nobody of this name was in it.
        NotAllowedError: The actor may not, or not somebody of that role.
    """
    account, membership = _part(session, actor, name, project_slug)
    if membership.ended_at is None:
        return
    membership.ended_at = None
    _keep(session, actor, account, membership, "bring_back_member", project_slug, now)


def _part(
    session: Session, actor: Actor, name: str, project_slug: str
) -> tuple[Account, Membership]:
    found = queries.project_ids(session, slug=project_slug)
    if not found:
        message = "There is no such project, or you are not in it."
        raise NotFoundError(message)
    members.check_grant(actor, Role.REVIEWER, found)
    account = queries.by_name_key(session, names.key(name))
    parts = queries.memberships(session, account.id) if account else ()
    membership = next((each for each in parts if each.project_id == found[0]), None)
    if account is None or membership is None:
        message = "Nobody of this name is in the project. See the list of people."
        raise NotFoundError(message)
    members.check_grant(actor, Role(membership.role), found)
    return account, membership


def _keep(
    session: Session,
    actor: Actor,
    account: Account,
    membership: Membership,
    act: str,
    project_slug: str,
    now: datetime,
) -> None:
    session.add(membership)
    session.flush()
    audit.record(
        session,
        actor=actor,
        act=act,
        object_type="account",
        object_id=account.public_id,
        now=now,
        role=membership.role,
        project=project_slug,
    )
