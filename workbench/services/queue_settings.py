"""How a project's queue gives out sentences: how many reviewers each needs, and in which order."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import projects as project_queries
from db.queries import segments
from workbench.errors import InputError
from workbench.services import audit, coverage, projects, recounting
from workbench.services.permissions import Actor, Permission, check

COVERED, RANDOM = "covered", "random"
ORDERS = (COVERED, RANDOM)
ORDER_NAMES = {
    COVERED: "least covered first, in reading order",
    RANDOM: "random, drawn by the project's seed",
}
MOST_REVIEWERS = 20
LONGEST_LEASE = 24 * 60


@dataclass(frozen=True, slots=True)
class QueueSettings:
    """What a manager decides about the queue.

    Attributes:
        overlap: How many reviewers a sentence needs; None where everybody sees every sentence,
            and nothing else here counts.
        overlap_share: The percent of sentences, drawn by the project's seed, that need so many;
            the others need one.
        order: `covered` gives the least covered first, in reading order within an article;
            `random` in an order drawn by the project's seed.
        lease_minutes: How long a sentence is kept for whoever holds it without working.
    """

    overlap: int | None = None
    overlap_share: int = 100
    order: str = COVERED
    lease_minutes: int = 10

    @property
    def lease(self) -> timedelta:
        """How long a sentence is kept for whoever holds it."""
        return timedelta(minutes=self.lease_minutes)


def of(project: Project) -> QueueSettings:
    """A project's settings, whatever is stored of them."""
    return stored_in(project.settings)


def stored_in(values: Mapping[str, Any]) -> QueueSettings:
    """The queue's part of a project's settings."""
    known = QueueSettings.__dataclass_fields__
    return QueueSettings(**{name: values[name] for name in known if name in values})


def read(session: Session, *, actor: Actor, slug: str | None) -> QueueSettings:
    """A project's settings, for those who manage it.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    return of(project)


def change(
    session: Session, *, actor: Actor, slug: str | None, settings: QueueSettings, now: datetime
) -> bool:
    """Change how the queue gives out sentences; what was answered stays and counts.

    Whoever holds sentences keeps them, unless everybody sees every sentence from now on. Of a
    large project only a part is counted here: `recounting.finish` does the rest.

    Returns:
        Whether every sentence is counted by them already.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it, or it is archived.
        InputError: A number is out of its bounds, or the order is none.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    projects.refuse_archived(project)
    _bounded(settings)
    segments.lock_places(session, project_id=project.id)
    project = project_queries.lock(session, project_id=project.id)
    session.refresh(project)
    before = stored_in(coverage.followed(project.settings))
    if settings != before:
        _bring_in(session, project, before=before, wanted=settings)
        _record(session, actor, project, before=before, wanted=settings, now=now)
    return coverage.RECOUNT not in project.settings


def _bring_in(
    session: Session, project: Project, *, before: QueueSettings, wanted: QueueSettings
) -> None:
    """Let other settings be in force, at once or when all is counted."""
    stored = project.settings
    told = {name: value for name, value in asdict(wanted).items() if value is not None}
    in_force = {name: value for name, value in stored.items() if name not in asdict(wanted)} | told
    state = stored.get(coverage.RECOUNT, {})
    if _count_alike(before, wanted):
        is_next = "next" in state
        kept = {**stored, coverage.RECOUNT: {**state, "next": told}} if is_next else in_force
        recounting.store(session, project=project, settings=kept)
    elif wanted.overlap is not None and of(project).overlap is None:
        recounting.begin(session, project=project, settings=stored, then=told)
    else:
        recounting.begin(session, project=project, settings=in_force)


def _count_alike(one: QueueSettings, other: QueueSettings) -> bool:
    if one.overlap is None or other.overlap is None:
        return one.overlap == other.overlap
    return replace(one, lease_minutes=other.lease_minutes) == other


def _record(
    session: Session,
    actor: Actor,
    project: Project,
    *,
    before: QueueSettings,
    wanted: QueueSettings,
    now: datetime,
) -> None:
    audit.record(
        session,
        actor=actor,
        act="change_queue",
        object_type="project",
        object_id=project.slug,
        now=now,
        old=asdict(before),
        new=asdict(wanted),
    )


def _bounded(settings: QueueSettings) -> None:
    if settings.overlap is not None and not 1 <= settings.overlap <= MOST_REVIEWERS:
        message = f"A sentence needs 1 to {MOST_REVIEWERS} reviewers."
        raise InputError(message)
    if not 0 <= settings.overlap_share <= 100:
        message = "The share is a percentage from 0 to 100."
        raise InputError(message)
    if settings.order not in ORDERS:
        message = f"There is no such order. Give one of {', '.join(ORDERS)}."
        raise InputError(message)
    if not 1 <= settings.lease_minutes <= LONGEST_LEASE:
        message = f"A lease lasts 1 to {LONGEST_LEASE:,} minutes."
        raise InputError(message)


def in_words(settings: QueueSettings) -> str:
    """Settings as one phrase: 2 reviewers for 20 % of the sentences and 1 for the others; ..."""
    if settings.overlap is None:
        return "everybody sees every sentence"
    needed = f"{_count(settings.overlap, 'reviewer')} for "
    if settings.overlap == 1 or settings.overlap_share == 100:
        needed += "each sentence"
    else:
        needed += f"{settings.overlap_share} % of the sentences and 1 for the others"
    lease = f"leases of {_count(settings.lease_minutes, 'minute')}"
    return f"{needed}; {ORDER_NAMES[settings.order]}; {lease}"


def _count(n: int, one: str) -> str:
    return f"{n} {one}" if n == 1 else f"{n} {one}s"
