"""One-time links: found by their secret, listed, used up and revoked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Account, Invite, InviteProject, Project


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that nobody has taken yet, and who made it; None where it was a command."""

    id: int
    name: str | None
    role: str
    made_by: str | None
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project that an invitation leads into."""

    invite_id: int
    project_id: int
    slug: str
    name: str


_INVITATIONS = (
    sa.select(
        col(Invite.id),
        col(Invite.name),
        col(Invite.role),
        col(Account.name),
        col(Invite.created_at),
        col(Invite.expires_at),
    )
    .join(Account, col(Account.id) == col(Invite.made_by_id), isouter=True)
    .where(
        col(Invite.kind) == "invitation",
        col(Invite.used_at).is_(None),
        col(Invite.revoked_at).is_(None),
    )
)


def by_token(session: Session, token_hash: str) -> Invite | None:
    """The one-time link of a token, used or not."""
    statement = (
        select(Invite)
        .where(col(Invite.token_hash) == token_hash)
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).first()


def open_invitations(session: Session, *, since: datetime) -> list[InvitationRow]:
    """The invitations that were neither taken nor revoked, the newest first.

    Args:
        session: Any session of the database.
        since: Those that expired earlier are left out.
    """
    statement = _INVITATIONS.where(col(Invite.expires_at) > since)
    newest = (col(Invite.created_at).desc(), col(Invite.id).desc())
    return [InvitationRow(*row) for row in session.execute(statement.order_by(*newest))]


def open_invitation(session: Session, invite_id: int) -> InvitationRow | None:
    """One of them, however long ago it expired."""
    row = session.execute(_INVITATIONS.where(col(Invite.id) == invite_id)).first()
    return None if row is None else InvitationRow(*row)


def projects(session: Session, invite_ids: Collection[int]) -> list[ProjectRow]:
    """The projects that invitations lead into; an invitation into every project has none."""
    statement = (
        sa.select(
            col(InviteProject.invite_id), col(Project.id), col(Project.slug), col(Project.name)
        )
        .join(Project, col(Project.id) == col(InviteProject.project_id))
        .where(col(InviteProject.invite_id).in_(invite_ids))
        .order_by(col(InviteProject.invite_id), col(Project.id))
    )
    return [ProjectRow(*row) for row in session.execute(statement)]


def add_projects(session: Session, invite_id: int, project_ids: Sequence[int]) -> None:
    """Let an invitation lead into these projects."""
    for project_id in project_ids:
        session.add(InviteProject(invite_id=invite_id, project_id=project_id))
    session.flush()


def revoke(session: Session, invite_id: int, *, now: datetime, is_replaced: bool) -> bool:
    """Revoke a link; False when it was used or revoked before."""
    return bool(_revoke(session, [col(Invite.id) == invite_id], now, is_replaced=is_replaced))


def revoke_of_account(
    session: Session,
    account_id: int | None,
    *,
    kinds: Collection[str],
    now: datetime,
    is_replaced: bool = False,
) -> None:
    """Revoke the unused links of these kinds that let an account in (None: the owner to be)."""
    account = col(Invite.account_id)
    whose = account.is_(None) if account_id is None else account == account_id
    _revoke(session, [whose, col(Invite.kind).in_(kinds)], now, is_replaced=is_replaced)


def _revoke(
    session: Session, which: list[sa.ColumnElement[bool]], now: datetime, *, is_replaced: bool
) -> int:
    revoked = session.execute(
        sa.update(Invite)
        .where(*which, col(Invite.used_at).is_(None), col(Invite.revoked_at).is_(None))
        .values(revoked_at=now, is_replaced=is_replaced)
        .returning(col(Invite.id))
    )
    return len(revoked.all())


def use(session: Session, invite_id: int, *, now: datetime) -> bool:
    """Use a link up; False when somebody was faster, or it has expired or was revoked.

    One UPDATE, so that of two tries at the same instant one is told that it came second.
    """
    used = session.execute(
        sa.update(Invite)
        .where(
            col(Invite.id) == invite_id,
            col(Invite.used_at).is_(None),
            col(Invite.revoked_at).is_(None),
            col(Invite.expires_at) > now,
        )
        .values(used_at=now)
        .returning(col(Invite.id))
    )
    return used.first() is not None
