"""What the annotator is opened with: rules, first window, progress."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.grouping import shared
from db.models import Project
from db.queries import annotations
from workbench.services import (
    annotating,
    leased_windows,
    leasing,
    payloads,
    projects,
    stale_labels,
    undoing,
    windows,
)
from workbench.services.permissions import Actor, Permission, check
from workbench.services.talks import at_desk

LABEL_SET, GUIDELINE = "label_set", "guideline"
WINDOW = 80  # sentences to go on with while the server is away


@dataclass(frozen=True, slots=True)
class Notice:
    """Word of newer rules than those a tab works under: which kind, and its newest version."""

    kind: str
    version: int


def news(
    session: Session,
    *,
    actor: Actor,
    project: Project,
    label_set: int | None,
    guideline: int | None,
) -> Notice | None:
    """What a tab has to be told of: a newer label set, else a newer guideline; None for nothing.

    Args:
        session: A read session.
        actor: Whose tab.
        project: Where.
        label_set: The version it works under; None where it does not say.
        guideline: The same of the guideline.
    """
    check(actor, Permission.ANNOTATE, project_id=project.id)
    newest = shared(  # the ops of the same group have read it already
        session,
        ("in force", project.id),
        lambda: annotations.in_force(session, project_id=project.id),
    )
    if label_set is not None and label_set < newest.label_set_version:
        return Notice(LABEL_SET, newest.label_set_version)
    if guideline is not None and guideline < newest.guideline_version:
        return Notice(GUIDELINE, newest.guideline_version)
    return None


@dataclass(frozen=True, slots=True)
class Entrance:
    """What a page has to know before it opens: whether it leases, and whether there is anything."""

    is_leased: bool
    n_queued: int


def entrance(session: Session, *, actor: Actor, slug: str) -> Entrance:
    """Whether a page has to lease what it shows, and how many sentences the project has.

    Raises:
        NotFoundError: The actor is not in the project.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.ANNOTATE, project_id=project.id)
    return Entrance(leased_windows.is_leased(project), project.n_queued)


def lease(session: Session, *, actor: Actor, slug: str, start: str | None, now: datetime) -> None:
    """Lease what the browser is about to hold; nothing where everybody sees every sentence.

    Raises:
        NotFoundError: The actor is not in the project.
    """
    project = projects.find(session, actor=actor, slug=slug)
    leasing.hold(session, actor=actor, project=project, now=now, is_new_page=True, first=start)


def mount_data(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    start: str | None,
    now: datetime,
    is_again: bool = False,
) -> dict[str, Any]:
    """Everything the browser needs to label without asking; the component's docstring names it.

    Args:
        session: A read session.
        actor: Who labels.
        slug: Where.
        start: The sentence to begin with, done or not; None for the first that is to do.
        now: The database's clock.
        is_again: Whether what was given under labels that changed comes first, in a line.

    Raises:
        NotFoundError: The actor is not in the project.
    """
    project = projects.find(session, actor=actor, slug=slug)
    place = annotating.take_part(session, actor=actor, project=project, now=now)
    rules = projects.rules(session, project_id=project.id)
    again = stale_labels.in_a_line(session, actor=actor, slug=slug) if is_again else {}
    start = next(iter(again), start)
    window = windows.open_window(
        session, actor=actor, project=project, place=place, want=WINDOW, start=start
    )
    recent = undoing.recent(session, actor=actor, project=project)
    return {
        "project": project.slug,
        "reviewer": actor.public_id,
        "url": "/api/ops",
        "labels": [
            {
                "key": label.key,
                "name": label.name,
                "meaning": label.meaning,
                "shortcut": label.shortcut,
                "colour": label.colour,
            }
            for label in rules.labels
        ],
        "presets": list(rules.presets),
        "guideline": {"version": rules.guideline_version, "sections": rules.sections},
        "version": {"label_set": rules.label_set_version, "guideline": rules.guideline_version},
        "shortcuts": True,
        "window": window.items,
        "articles": recent.articles
        | payloads.of_reviewer(session, actor=actor, keys=dict(again.values()))
        | window.articles,
        "progress": windows.progress(session, actor=actor, project=project, place=place),
        "cursor": window.cursor,
        "start": start,
        "again": list(again),
        "recent": recent.acts,
        "talk": at_desk(session, actor=actor, project=project),
        "lease_seconds": leased_windows.lease_seconds(project),
    }
