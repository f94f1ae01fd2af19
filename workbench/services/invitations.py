"""Invitations: a one-time link that brings somebody into projects with a role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from db.models import Account, Invite
from db.queries import accounts as account_queries
from db.queries import invites as queries
from db.queries import sign_ins as sign_in_queries
from db.queries.invites import InvitationRow, ProjectRow
from workbench.errors import InputError, NotAllowedError, NotFoundError, TakenError
from workbench.services import audit, links, members, names, projects
from workbench.services.links import LINK_LIFE, LinkKind
from workbench.services.permissions import Actor, Permission, Role

EXPIRED_SHOWN = timedelta(days=30)
GONE = "There is no such invitation, or it was taken. Look at the list again."
NO_LONGER = "Whoever made this invitation may no longer invite. Ask whoever runs the workbench."


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that nobody has taken yet.

    Attributes:
        id: Its key.
        name: The name given with it; empty where the person gives it.
        role: What they become.
        projects: The slugs of the projects; empty for every project.
        made_by: Who made it; `operator` where it was made by command.
        created_at: When.
        expires_at: Until when its link works.
        is_expired: Whether that is over.
    """

    id: int
    name: str
    role: str
    projects: tuple[str, ...]
    made_by: str
    created_at: datetime
    expires_at: datetime
    is_expired: bool


def invite(
    session: Session,
    *,
    actor: Actor,
    role: str,
    now: datetime,
    project_slugs: Sequence[str] = (),
    everywhere: bool = False,
    name: str = "",
) -> str:
    """The secret of a link that works once, for three days: whoever opens it joins.

    Args:
        session: The transaction.
        actor: Who invites: an admin anybody, a manager reviewers and adjudicators.
        role: What the invited person becomes.
        now: When.
        project_slugs: Where; may be left out where the actor has one open project: it is that one.
        everywhere: Into every project, also later ones, instead: for admins only. The same holds
            where there is none yet, and of who is to be an admin.
        name: Their name, if it is known; they may change it.

    Raises:
        NotAllowedError: The actor may not invite, or not with this role, or not there.
        NotFoundError: There is no such project, or the actor is not in it.
        InputError: There is no such role, the name cannot be one, an admin is to be one of a
            project, or it is not said which of several projects.
        TakenError: Somebody has this name, or one that looks like it.
    """
    given = members.role_of(role)
    is_of_all = everywhere or given is Role.ADMIN
    if everywhere and project_slugs:
        message = "Name projects, or say that it is every project, also later ones. Not both."
        raise InputError(message)
    project_ids = [] if is_of_all else _project_ids(session, actor, project_slugs)
    members.check_grant(actor, given, project_ids)
    members.check_place(given, project_slugs)
    cleaned = names.cleaned(name) if name.strip() else None
    if cleaned and account_queries.by_name_key(session, names.key(cleaned)) is not None:
        raise TakenError(members.TAKEN)
    return _make(session, actor, role=given, project_ids=project_ids, name=cleaned, now=now)


def invitations(
    session: Session, *, actor: Actor, now: datetime, search: str = ""
) -> list[Invitation]:
    """The invitations that wait and that the actor could have made, the newest first.

    One that has expired is shown for another thirty days, so that it can be sent again.

    Raises:
        NotAllowedError: The actor may invite nobody.
    """
    if not any(actor.may(Permission.INVITE_PEOPLE, each) for each in (None, *actor.roles)):
        message = "Your role does not include inviting people. Ask a manager."
        raise NotAllowedError(message)
    rows = queries.open_invitations(session, since=now - EXPIRED_SHOWN)
    places: dict[int, list[ProjectRow]] = {row.id: [] for row in rows}
    for place in queries.projects(session, list(places)):
        places[place.invite_id].append(place)
    found = [
        _shown(row, places[row.id], now) for row in rows if _is_mine(actor, row, places[row.id])
    ]
    wanted = names.key(search)
    return [each for each in found if any(wanted in names.key(word) for word in _told(each))]


def revoke_invitation(session: Session, *, actor: Actor, invitation_id: int, now: datetime) -> None:
    """Take an invitation back: its link lets nobody in any more.

    Raises:
        NotFoundError: There is no such invitation, it was taken, or it is not the actor's to see.
    """
    row, places = _open(session, actor, invitation_id)
    _revoke(session, row.id, now=now, is_replaced=False)
    _note(session, actor, "revoke_invitation", row.id, row.role, [p.slug for p in places], now)


def renew_invitation(session: Session, *, actor: Actor, invitation_id: int, now: datetime) -> str:
    """The secret of a new link for an invitation, in place of the old one.

    Raises:
        NotFoundError: There is no such invitation, it was taken, or it is not the actor's to see.
    """
    row, places = _open(session, actor, invitation_id)
    _revoke(session, row.id, now=now, is_replaced=True)
    role, project_ids = Role(row.role), [place.project_id for place in places]
    return _make(session, actor, role=role, project_ids=project_ids, name=row.name, now=now)


def take(
    session: Session,
    invite: Invite,
    *,
    now: datetime,
    name: str = "",
    account: Account | None = None,
    address: str = "",
) -> Account:
    """Use an opened invitation up: make its account, or bring one that is there into its projects.

    For services that have seen to it who takes it. Nobody loses a role by an invitation.

    Args:
        session: The transaction.
        invite: The invitation, as `links.opened` found it.
        now: When.
        name: The name of whoever has no account yet.
        account: The account of whoever has one.
        address: Where the request came from, for the audit log.

    Raises:
        InputError: It is no invitation, its maker may no longer invite, somebody was faster, or
            the name cannot be one.
        TakenError: Somebody has this name, or one that looks like it.
    """
    if invite.kind != LinkKind.INVITATION or invite.role is None:
        message = "This link is no invitation. Open it again."
        raise InputError(message)
    role, places = Role(invite.role), _places(session, invite.id)
    project_ids = [place.project_id for place in places]
    _check_maker(session, invite, role, project_ids)
    links.use(session, invite, now=now)
    if account is None:
        cleaned = names.cleaned(name)
        account = members.new_account(session, name=cleaned, is_admin=False, now=now)
    before = members.permissions(session, account)
    members.raise_role(session, account, role, project_ids=project_ids, now=now)
    if not members.permissions(session, account) <= before:
        # As with any greater role: a session that was stolen must not grow with it.
        sign_in_queries.end_all(session, account.id, now=now)
    invite.account_id = account.id
    session.add(invite)
    session.flush()
    taker = Actor(account.id, account.public_id, account.name, address=address[:64])
    slugs = [place.slug for place in places]
    _note(session, taker, "take_invitation", invite.id, str(role), slugs, now)
    return account


def _make(
    session: Session,
    actor: Actor,
    *,
    role: Role,
    project_ids: Sequence[int],
    name: str | None,
    now: datetime,
) -> str:
    token, made = links.new_link(
        session,
        kind=LinkKind.INVITATION,
        actor=actor,
        now=now,
        life=LINK_LIFE,
        name=name,
        role=str(role),
    )
    queries.add_projects(session, made.id, project_ids)
    slugs = [place.slug for place in _places(session, made.id)]
    _note(session, actor, "invite", made.id, str(role), slugs, now)
    return token


def _project_ids(session: Session, actor: Actor, slugs: Sequence[str]) -> list[int]:
    """Those that are named, else the only one; empty where there is none yet."""
    if not slugs:
        slugs = [view.slug for view in projects.listed(session, actor=actor)]
        if len(slugs) > 1:
            message = (
                "There are several projects. Name those that it is into, or say that it is every "
                "project, also later ones."
            )
            raise InputError(message)
    found = []
    for slug in dict.fromkeys(slugs):
        ids = account_queries.project_ids(session, slug=slug)
        if not ids:
            message = "There is no such project, or you are not in it."
            raise NotFoundError(message)
        found.append(ids[0])
    return found


def _open(
    session: Session, actor: Actor, invitation_id: int
) -> tuple[InvitationRow, list[ProjectRow]]:
    row = queries.open_invitation(session, invitation_id)
    places = _places(session, invitation_id)
    if row is None or not _is_mine(actor, row, places):
        raise NotFoundError(GONE)
    members.check_grant(actor, Role(row.role), [place.project_id for place in places])
    return row, places


def _revoke(session: Session, invite_id: int, *, now: datetime, is_replaced: bool) -> None:
    if not queries.revoke(session, invite_id, now=now, is_replaced=is_replaced):
        raise NotFoundError(GONE)  # taken in this very moment


def _places(session: Session, invite_id: int) -> list[ProjectRow]:
    return queries.projects(session, [invite_id])


def _is_mine(actor: Actor, row: InvitationRow, places: Sequence[ProjectRow]) -> bool:
    return members.may_grant(actor, Role(row.role), [place.project_id for place in places])


def _check_maker(session: Session, invite: Invite, role: Role, project_ids: Sequence[int]) -> None:
    """An invitation is worth what its maker may do when it is taken."""
    if invite.made_by_id is None:
        return
    maker = account_queries.by_id(session, invite.made_by_id)
    if maker is None or maker.disabled_at is not None:
        raise InputError(NO_LONGER)
    if not members.grants(session, maker, role, project_ids):
        raise InputError(NO_LONGER)


def _shown(row: InvitationRow, places: Sequence[ProjectRow], now: datetime) -> Invitation:
    return Invitation(
        id=row.id,
        name=row.name or "",
        role=row.role,
        projects=tuple(place.slug for place in places),
        made_by=row.made_by or "operator",
        created_at=row.created_at,
        expires_at=row.expires_at,
        is_expired=row.expires_at <= now,
    )


def _told(found: Invitation) -> tuple[str, ...]:
    return (found.name, found.role, *found.projects, found.made_by)


def _note(
    session: Session,
    actor: Actor,
    act: str,
    invitation_id: int,
    role: str,
    slugs: Sequence[str],
    now: datetime,
) -> None:
    """One row for each project, so that its managers read it; one if it is for all of them."""
    told = [(f"{invitation_id}", {"role": role, "project": slug}) for slug in slugs or (None,)]
    audit.record_all(session, actor=actor, act=act, object_type="invitation", objects=told, now=now)
