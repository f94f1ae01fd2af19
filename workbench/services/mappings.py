"""How tables with the same headers are read: as a person said the last time."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

import orjson
from sqlmodel import Session

from db.models import Project
from db.queries import column_mappings as queries
from workbench.errors import InputError
from workbench.formats.readers import FIELDS
from workbench.services import projects
from workbench.services.permissions import Actor, Permission, check

Known = Mapping[str, Mapping[str, str]]
"""The mappings of a project, by the key of the headers."""


def key(headers: Iterable[str]) -> str:
    """What the same headers share, in whatever order they stand."""
    return hashlib.sha256(orjson.dumps(sorted(headers))).hexdigest()


def known(session: Session, *, actor: Actor, project: Project) -> Known:
    """What is remembered in a project."""
    check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
    return queries.of_project(session, project_id=project.id)


def known_in(session: Session, *, actor: Actor, slug: str | None) -> Known:
    """The same, by the project's slug.

    Raises:
        NotFoundError: There is no such project, or it is not the actor's to see.
        NotAllowedError: The actor does not import articles.
    """
    return known(session, actor=actor, project=projects.find(session, actor=actor, slug=slug))


def remember(
    session: Session,
    *,
    actor: Actor,
    slug: str | None,
    headers: Iterable[str],
    mapping: Mapping[str, str],
    now: datetime,
) -> None:
    """Keep a person's choice of columns for the next table with these headers.

    Raises:
        NotFoundError: There is no such project, or it is not the actor's to see.
        NotAllowedError: The actor does not import articles.
        InputError: It names a field or a column that there is not, or none for the text.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
    names = list(headers)
    if "text" not in mapping or not set(mapping) <= set(FIELDS):
        message = f"Choose a column for the text; others can be {', '.join(FIELDS[1:])}."
        raise InputError(message)
    if not set(mapping.values()) <= set(names):
        message = "The columns chosen are not all there. Choose again."
        raise InputError(message)
    queries.put(session, project_id=project.id, headers=key(names), mapping=mapping, now=now)
