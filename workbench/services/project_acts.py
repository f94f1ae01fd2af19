"""What is done to a project as a whole: looked over, renamed, archived, restored. Never deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import projects as queries
from workbench.errors import InputError
from workbench.services import audit, projects
from workbench.services.permissions import Actor, Permission, Role, check
from workbench.services.projects import QUEUED_KINDS

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project as a line of the list.

    Attributes:
        slug: What commands and addresses call it.
        name: What people call it.
        role: What the actor is in it.
        n_articles: Its articles.
        n_queued: Sentences that reviewers are asked about.
        n_people: Who has a part in it.
        n_decided: Decisions, all people's together.
        n_own: Sentences that the actor has decided.
        queued_kinds: The kinds of segments that enter the queue at import.
        created_at: When it was made.
        archived_at: When it was archived; None while it is worked on.
        may_manage: Whether the actor may change its settings.
        may_archive: Whether the actor may archive and restore it.
    """

    slug: str
    name: str
    role: str
    n_articles: int
    n_queued: int
    n_people: int
    n_decided: int
    n_own: int
    queued_kinds: tuple[str, ...]
    created_at: datetime
    archived_at: datetime | None
    may_manage: bool
    may_archive: bool


def overview(session: Session, *, actor: Actor, search: str = "") -> list[ProjectLine]:
    """The actor's projects with what is in them, archived ones last; oldest first.

    People and decisions are counted for those alone who may see them: a reviewer gets 0.
    """
    words = search.casefold().split()
    found = [
        project
        for project in projects.visible(session, actor=actor)
        if all(word in f"{project.slug} {project.name}".casefold() for word in words)
    ]
    keys = [project.id for project in found]
    sizes = queries.sizes(session, project_ids=keys)
    own = queries.done_by(session, account_id=actor.account_id or 0)
    lines = [_line(actor, each, sizes[each.id], own.get(each.id, 0)) for each in found]
    return sorted(lines, key=lambda line: line.archived_at is not None)


def _line(actor: Actor, project: Project, sizes: queries.Sizes, n_own: int) -> ProjectLine:
    sees = actor.may(Permission.SEE_PROGRESS, project.id)
    return ProjectLine(
        slug=project.slug,
        name=project.name,
        role=str(actor.role(project.id) or Role.REVIEWER),
        n_articles=sizes.n_articles,
        n_queued=project.n_queued,
        n_people=sizes.n_people if sees else 0,
        n_decided=sizes.n_decided if sees else 0,
        n_own=n_own,
        queued_kinds=tuple(project.settings.get("queued_kinds", QUEUED_KINDS)),
        created_at=project.created_at,
        archived_at=project.archived_at,
        may_manage=actor.may(Permission.MANAGE_PROJECT, project.id) and not project.archived_at,
        may_archive=actor.may(Permission.ARCHIVE_PROJECT, project.id),
    )


def change(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    name: str,
    queued_kinds: Sequence[str],
    now: datetime,
) -> None:
    """Give a project another name, and say which kinds of segments imports put in the queue.

    Articles that are there already stay as they are.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it, or it is archived.
        InputError: There is no name, or a kind that cannot be queued, or body text is left out.
    """
    project = _locked(session, actor, slug, Permission.MANAGE_PROJECT)
    cleaned = " ".join(name.split())
    if not 0 < len(cleaned) <= LONGEST_NAME:
        message = f"A project's name has 1 to {LONGEST_NAME} characters."
        raise InputError(message)
    if "body" not in queued_kinds or not set(queued_kinds) <= set(QUEUED_KINDS):
        message = f"Body text is always in the queue; besides it {', '.join(QUEUED_KINDS[1:])}."
        raise InputError(message)
    kinds = [kind for kind in QUEUED_KINDS if kind in queued_kinds]
    before = (project.name, project.settings.get("queued_kinds", list(QUEUED_KINDS)))
    if before == (cleaned, kinds):
        return
    project.name, project.settings = cleaned, {**project.settings, "queued_kinds": kinds}
    _store(
        session,
        actor,
        project,
        "change_project",
        now,
        old={"name": before[0], "queued_kinds": before[1]},
        new={"name": cleaned, "queued_kinds": kinds},
    )


def archive(session: Session, *, actor: Actor, slug: str, now: datetime) -> None:
    """Put a project away: it can be read and exported, and nothing in it can be changed.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = _locked(session, actor, slug, Permission.ARCHIVE_PROJECT)
    if project.archived_at is None:
        project.archived_at = now
        _store(session, actor, project, "archive_project", now)


def restore(session: Session, *, actor: Actor, slug: str, now: datetime) -> None:
    """Take an archived project up again, as it was.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = _locked(session, actor, slug, Permission.ARCHIVE_PROJECT)
    if project.archived_at is not None:
        project.archived_at = None
        _store(session, actor, project, "restore_project", now)


def _locked(session: Session, actor: Actor, slug: str, permission: Permission) -> Project:
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, permission, project_id=project.id)
    return queries.lock(session, project_id=project.id)


def _store(
    session: Session, actor: Actor, project: Project, act: str, now: datetime, **details: Any
) -> None:
    session.add(project)
    session.flush()
    audit.record(
        session,
        actor=actor,
        act=act,
        object_type="project",
        object_id=project.slug,
        now=now,
        **details,
    )
