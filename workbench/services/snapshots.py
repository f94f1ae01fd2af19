"""Snapshots that were taken: list them, find one with its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db.models import Project, Snapshot
from db.queries import snapshots as queries
from workbench.errors import NotFoundError
from workbench.services import projects
from workbench.services.permissions import Actor, Permission, check
from workbench.services.snapshot_taking import FOLDER


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """A snapshot as lists show it.

    Attributes:
        project_slug: Its project.
        number: Its number there, from 1.
        taken_at: When it was taken.
        taken_by: Who took it; empty for the operator at the command line.
        note: What was said of it.
        n_sentences: How many sentences it holds.
        manifest: What it says of itself.
        manifest_sha256: Of the manifest's bytes, in hex.
    """

    project_slug: str
    number: int
    taken_at: datetime
    taken_by: str
    note: str
    n_sentences: int
    manifest: dict[str, Any]
    manifest_sha256: str

    def folder(self, home: Path) -> Path:
        """Where its files lie."""
        return home / FOLDER / self.project_slug / str(self.number)


def listed(session: Session, *, actor: Actor, project_slug: str | None) -> Sequence[SnapshotView]:
    """Every snapshot of a project, the newest first.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor may not export.
    """
    project = _project(session, actor=actor, slug=project_slug)
    found = queries.all_of(session, project_id=project.id)
    return [_view(project, snapshot, name) for snapshot, name in found]


def find(session: Session, *, actor: Actor, project_slug: str | None, number: int) -> SnapshotView:
    """One snapshot by its number.

    Raises:
        NotFoundError: There is no such project or snapshot, or the actor is not in the project.
        NotAllowedError: The actor may not export.
    """
    project = _project(session, actor=actor, slug=project_slug)
    for snapshot, name in queries.all_of(session, project_id=project.id, number=number):
        return _view(project, snapshot, name)
    newest = queries.newest_number(session, project_id=project.id)
    there = f"There are 1 to {newest:,}." if newest else "None has been taken yet."
    message = f"There is no snapshot {number} in {project.slug}. {there}"
    raise NotFoundError(message)


def outlets(session: Session, *, actor: Actor, project_slug: str | None) -> list[str]:
    """The outlets of a project's articles, in order of their names: what can be chosen from.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor may not export.
    """
    project = _project(session, actor=actor, slug=project_slug)
    return queries.outlets(session, project_id=project.id)


def _project(session: Session, *, actor: Actor, slug: str | None) -> Project:
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.EXPORT, project_id=project.id)
    return project


def _view(project: Project, snapshot: Snapshot, taken_by: str | None) -> SnapshotView:
    return SnapshotView(
        project_slug=project.slug,
        number=snapshot.number,
        taken_at=snapshot.taken_at,
        taken_by=taken_by or "",
        note=snapshot.note,
        n_sentences=snapshot.n_sentences,
        manifest=snapshot.manifest,
        manifest_sha256=snapshot.manifest_sha256,
    )
