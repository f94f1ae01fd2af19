"""The people of the installation or of a project, as a list to look at."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.queries import accounts as queries
from workbench.errors import NotAllowedError, NotFoundError
from workbench.services import names
from workbench.services.permissions import Actor, Permission, Role, check

SEVERAL, NONE = "several", "none"


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody is in one project, or was until they were removed from it."""

    project_slug: str
    role: str
    is_removed: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the list of people.

    Attributes:
        role: In the projects looked at: one role, `several`, or `none`; `admin` everywhere.
        n_done: Sentences decided in these projects.
        parts: What they are in each of these projects.
        joins_as: What they become in every project that is made later; None: they come into none.
    """

    public_id: str
    name: str
    role: str
    is_admin: bool
    has_password: bool
    created_at: datetime
    disabled_at: datetime | None
    last_seen_at: datetime | None
    n_done: int
    parts: tuple[Part, ...] = ()
    joins_as: str | None = None

    @property
    def is_removed(self) -> bool:
        """Whether they were removed from every one of these projects."""
        return bool(self.parts) and not self.is_admin and all(p.is_removed for p in self.parts)


def people(
    session: Session, *, actor: Actor, project_slug: str | None = None, search: str = ""
) -> list[Person]:
    """Everybody the actor may see, in the order they came.

    An admin sees all accounts, a manager the people of the projects they manage.

    Raises:
        NotAllowedError: The actor may see people in no project.
        NotFoundError: There is no such project, or it is not the actor's.
    """
    seen = _projects_seen(session, actor, project_slug)
    parts: dict[int, list[Part]] = {}
    n_done: dict[int, int] = {}
    for role in queries.roles(session, project_ids=seen):
        part = Part(role.project_slug, role.role, is_removed=role.ended_at is not None)
        parts.setdefault(role.account_id, []).append(part)
        n_done[role.account_id] = n_done.get(role.account_id, 0) + role.n_done
    rows = queries.people(session, account_ids=None if seen is None else list(parts))
    wanted = names.key(search)
    return [
        Person(
            public_id=row.public_id,
            name=row.name,
            role=_role_shown(row, parts.get(row.account_id, [])),
            is_admin=row.is_admin,
            has_password=row.has_password,
            created_at=row.created_at,
            disabled_at=row.disabled_at,
            last_seen_at=row.last_seen_at,
            n_done=n_done.get(row.account_id, 0),
            parts=tuple(parts.get(row.account_id, [])),
            joins_as=row.joins_as if seen is None else None,
        )
        for row in rows
        if wanted in names.key(row.name)
    ]


def _projects_seen(session: Session, actor: Actor, slug: str | None) -> list[int] | None:
    """The projects whose people the actor sees; None for the whole installation."""
    if slug is not None:
        found = queries.project_ids(session, slug=slug)
        if not found:
            message = "There is no such project, or you are not in it."
            raise NotFoundError(message)
        check(actor, Permission.SEE_PEOPLE, project_id=found[0])
        return list(found)
    if actor.may(Permission.SEE_PEOPLE):
        return None
    seen = [each for each in actor.roles if actor.may(Permission.SEE_PEOPLE, each)]
    if not seen:
        message = "Your role does not include seeing people. Ask a manager."
        raise NotAllowedError(message)
    return seen


def _role_shown(person: queries.PersonRow, parts: list[Part]) -> str:
    if person.is_admin:
        return str(Role.ADMIN)
    roles = {part.role for part in parts if not part.is_removed}
    if len(roles) > 1:
        return SEVERAL
    return next(iter(roles), person.joins_as or NONE)
