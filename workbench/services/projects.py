"""Projects: make one, find one, and read what its reviewers choose from and go by."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import Guideline, LabelSet
from db.models import Project as Project
from db.queries import projects as queries
from db.queries import rules as rule_queries
from workbench import defaults
from workbench.errors import InputError, NotAllowedError, NotFoundError, TakenError
from workbench.services import audit, members
from workbench.services.permissions import ARCHIVED, Actor, Permission, check

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
QUEUED_KINDS = ("body", "headline", "standfirst", "subhead")
SEED = 20


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project as lists and pages show it."""

    id: int
    slug: str
    name: str
    n_queued: int


@dataclass(frozen=True, slots=True)
class LabelView:
    """One choice, as panels and exports need it."""

    id: int
    key: str
    name: str
    meaning: str
    shortcut: str
    colour: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What annotations are made under: the label set and the guideline in force."""

    label_set_id: int
    label_set_version: int
    labels: tuple[LabelView, ...]
    presets: tuple[dict[str, Any], ...]
    guideline_id: int
    guideline_version: int
    guideline_text: str

    @property
    def sections(self) -> dict[str, str]:
        """The guideline's section for each label, by label key: what stands under its name."""
        found: dict[str, str] = {}
        for part in re.split(r"^## +", self.guideline_text, flags=re.MULTILINE)[1:]:
            heading, _, body = part.partition("\n")
            for label in self.labels:
                if heading.strip().casefold() == label.name.casefold():
                    found[label.key] = body.strip()
        return found


def create(session: Session, *, actor: Actor, slug: str, name: str, now: datetime) -> Project:
    """Make a project with the default label set and guideline, and bring people into it.

    Its maker manages it; those who were added to every project come with the role they have.

    Raises:
        InputError: The slug is not of lower-case letters, digits and hyphens.
        TakenError: There is a project of that slug.
    """
    check(actor, Permission.MANAGE_INSTALLATION)
    if not SLUG.fullmatch(slug):
        raise InputError(_no_slug(session, slug, name))
    if queries.by_slug(session, slug=slug):
        message = f"There is a project '{slug}' already."
        raise TakenError(message)
    settings = {"seed": SEED, "queued_kinds": list(QUEUED_KINDS)}
    project = Project(slug=slug, name=name.strip() or slug, settings=settings, created_at=now)
    session.add(project)
    session.flush()
    _add_rules(session, project_id=project.id, now=now)
    members.fill(session, project_id=project.id, maker_id=actor.account_id, now=now)
    audit.record(
        session,
        actor=actor,
        act="create_project",
        object_type="project",
        object_id=slug,
        now=now,
    )
    return project


def _no_slug(session: Session, slug: str, name: str) -> str:
    """Why a short name is none, and one that would do."""
    what = f"'{slug[:64]}' is no short name" if slug else "The short name is missing"
    spelt = unicodedata.normalize("NFKD", slug or name).casefold()
    plain = "".join(each for each in spelt if not unicodedata.combining(each))
    like = "-".join(re.findall("[a-z0-9]+", plain))[:64].strip("-")
    is_free = like and queries.by_slug(session, slug=like) is None
    return f"{what}. Use 1 to 64 of a-z, 0-9 and hyphens{f', such as {like}' if is_free else ''}."


def _add_rules(session: Session, *, project_id: int, now: datetime) -> None:
    given = defaults.label_set()
    presets = [{"key": preset.key, "labels": list(preset.labels)} for preset in given.presets]
    label_set = LabelSet(project_id=project_id, version=1, presets=presets, created_at=now)
    rule_queries.add_label_set(session, label_set=label_set, labels=given.labels)
    session.add(
        Guideline(project_id=project_id, version=1, text=defaults.guideline_text(), created_at=now)
    )
    session.flush()


def visible(session: Session, *, actor: Actor) -> list[Project]:
    """The projects that the actor is in (all, for an admin), oldest first, archived ones too."""
    if actor.is_admin:
        return list(queries.all_projects(session))
    if actor.account_id is None:
        return []
    return list(queries.projects_of(session, account_id=actor.account_id))


def listed(session: Session, *, actor: Actor) -> list[ProjectView]:
    """Those of them that are worked on, to choose from: archived ones are left out."""
    return [
        _view(project) for project in visible(session, actor=actor) if project.archived_at is None
    ]


def view(session: Session, *, actor: Actor, slug: str) -> ProjectView:
    """One project of the actor's, archived or not, for a page.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
    """
    return _view(find(session, actor=actor, slug=slug))


def _view(project: Project) -> ProjectView:
    return ProjectView(
        id=project.id, slug=project.slug, name=project.name, n_queued=project.n_queued
    )


def find(session: Session, *, actor: Actor, slug: str | None) -> Project:
    """The project of that slug, or, without one, the only project that is not archived.

    Raises:
        NotFoundError: There is none, or the actor is not in it, or several and none was named.
    """
    mine = visible(session, actor=actor)
    if slug is not None:
        found = [project for project in mine if project.slug == slug]
        if found:
            return found[0]
        message = f"There is no project '{slug}' here. {_named(actor, mine)}"
        raise NotFoundError(message)
    open_ones = [project for project in mine if project.archived_at is None]
    if len(open_ones) == 1:
        return open_ones[0]
    named = _named(actor, mine)
    message = f"Name a project with --project. {named}" if mine else named
    raise NotFoundError(message)


def find_or_create(session: Session, *, actor: Actor, slug: str | None, now: datetime) -> Project:
    """Like `find`; on an empty installation the project `default` (or the one named) is made.

    It is about to be filled, so an archived one is refused, to the operator as well.

    Raises:
        NotAllowedError: The project is archived.
    """
    if not queries.all_projects(session):
        name = "Default project" if slug is None else slug
        return create(session, actor=actor, slug=slug or "default", name=name, now=now)
    return refuse_archived(find(session, actor=actor, slug=slug))


def refuse_archived(project: Project) -> Project:
    """The project, if it may be changed; for acts that commands do too.

    A person's permissions end with the archiving. The operator has all of them everywhere.

    Raises:
        NotAllowedError: The project is archived.
    """
    if project.archived_at is not None:
        raise NotAllowedError(ARCHIVED)
    return project


def _named(actor: Actor, projects: list[Project]) -> str:
    if not projects and not actor.is_admin:
        return "You are in no project. Ask a manager to bring you in."
    if not projects:
        return "There is no project yet. Import an article, or run 'workbench project create'."
    slugs = [f"{each.slug}{' (archived)' if each.archived_at else ''}" for each in projects]
    return f"{'There are' if actor.is_admin else 'You are in'}: {', '.join(slugs)}."


def rules(session: Session, *, project_id: int) -> Rules:
    """The label set and the guideline in force."""
    label_set = queries.newest_label_set(session, project_id=project_id)
    guideline = queries.newest_guideline(session, project_id=project_id)
    labels = queries.labels_of(session, label_set_id=label_set.id)
    return Rules(
        label_set_id=label_set.id,
        label_set_version=label_set.version,
        labels=tuple(
            LabelView(
                id=label.id,
                key=label.key,
                name=label.name,
                meaning=label.meaning,
                shortcut=label.shortcut,
                colour=label.colour,
            )
            for label in labels
        ),
        presets=tuple(label_set.presets),
        guideline_id=guideline.id,
        guideline_version=guideline.version,
        guideline_text=guideline.text,
    )
