"""Who may do what: permissions, roles as data, and the one check."""

from dataclasses import dataclass, field
from enum import StrEnum

from workbench.errors import NotAllowedError, NotFoundError


class Permission(StrEnum):
    """One thing that somebody may do."""

    ANNOTATE = "annotate"
    READ_ARTICLES = "read_articles"
    DISCUSS = "discuss"
    ANSWER = "answer"
    IMPORT_ARTICLES = "import_articles"
    EDIT_ARTICLES = "edit_articles"
    EXPORT = "export"
    SEE_PEOPLE = "see_people"
    INVITE_PEOPLE = "invite_people"
    MANAGE_PEOPLE = "manage_people"
    SEE_PROGRESS = "see_progress"
    SEE_AUDIT = "see_audit"
    MANAGE_PROJECT = "manage_project"
    ARCHIVE_PROJECT = "archive_project"
    MANAGE_INSTALLATION = "manage_installation"


class Role(StrEnum):
    """What a person is in a project; `ADMIN` is a person's part in the whole installation."""

    REVIEWER = "reviewer"
    ADJUDICATOR = "adjudicator"
    MANAGER = "manager"
    ADMIN = "admin"


_REVIEWER = frozenset({Permission.ANNOTATE, Permission.READ_ARTICLES, Permission.DISCUSS})
_MANAGER = _REVIEWER | {
    Permission.ANSWER,
    Permission.IMPORT_ARTICLES,
    Permission.EDIT_ARTICLES,
    Permission.EXPORT,
    Permission.SEE_PEOPLE,
    Permission.INVITE_PEOPLE,
    Permission.SEE_PROGRESS,
    Permission.SEE_AUDIT,
    Permission.MANAGE_PROJECT,
    Permission.ARCHIVE_PROJECT,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.REVIEWER: _REVIEWER,
    Role.ADJUDICATOR: _REVIEWER,
    Role.MANAGER: _MANAGER,
    Role.ADMIN: frozenset(Permission),
}

GRANTS: dict[Role, frozenset[Role]] = {
    Role.REVIEWER: frozenset(),
    Role.ADJUDICATOR: frozenset(),
    Role.MANAGER: frozenset({Role.REVIEWER, Role.ADJUDICATOR}),
    Role.ADMIN: frozenset(Role),
}
"""Which roles a role invites into a project, removes from it and brings back."""

WHILE_ARCHIVED = frozenset(
    {
        Permission.READ_ARTICLES,
        Permission.EXPORT,
        Permission.SEE_PEOPLE,
        Permission.SEE_PROGRESS,
        Permission.SEE_AUDIT,
        Permission.ARCHIVE_PROJECT,
    }
)
"""What is left of a role in an archived project: whatever is not named here is refused."""

ARCHIVED = "This project is archived: it can be read and exported, not changed."


@dataclass(frozen=True, slots=True)
class Actor:
    """The account on whose behalf a service acts, as read from the database in this call.

    Attributes:
        account_id: The account's key; None for the operator at the command line.
        public_id: What the outside knows the account by; empty for the operator.
        name: The person's name.
        is_admin: Whether they run the installation.
        roles: Their role by project id.
        session_id: The key of their sign-in session, where there is one.
        address: Where the request came from; for the audit log.
        archived: The projects that are archived, among those the actor has a part in.
    """

    account_id: int | None
    public_id: str
    name: str
    is_admin: bool = False
    roles: dict[int, Role] = field(default_factory=dict)
    session_id: int | None = None
    address: str = ""
    archived: frozenset[int] = frozenset()

    def role(self, project_id: int | None) -> Role | None:
        """The role in a project (None: in the installation)."""
        if self.is_admin:
            return Role.ADMIN
        return None if project_id is None else self.roles.get(project_id)

    def may(self, permission: Permission, project_id: int | None = None) -> bool:
        """Whether the actor has a permission in a project (None: in the installation)."""
        role = self.role(project_id)
        if project_id in self.archived and permission not in WHILE_ARCHIVED:
            return False
        return role is not None and permission in PERMISSIONS[role]


OPERATOR = Actor(account_id=None, public_id="", name="operator", is_admin=True)
"""Whoever can run a command on the machine: they hold the data folder anyway."""


def check(actor: Actor, permission: Permission, *, project_id: int | None = None) -> None:
    """Refuse what the actor may not do.

    Raises:
        NotFoundError: The actor has no part in this project; it does not exist for them.
        NotAllowedError: The actor's role does not include it, or the project is archived.
    """
    role = actor.role(project_id)
    if role is None and project_id is not None:
        message = "There is no such project, or you are not in it."
        raise NotFoundError(message)
    if role is None or permission not in PERMISSIONS[role]:
        message = f"Your role ({role or 'none'}) does not include this. Ask a manager."
        raise NotAllowedError(message)
    if not actor.may(permission, project_id):
        raise NotAllowedError(ARCHIVED)
