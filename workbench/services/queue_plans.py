"""What settings of the queue would mean, in numbers, before anybody saves them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.models import Project
from db.queries import audit_log, holders
from db.queries import progress as progress_queries
from db.queries.audit_log import Wanted
from db.queries.progress import MemberRow
from workbench.services import completeness, projects, queue_counts
from workbench.services.audit_log import OPERATOR_NAME
from workbench.services.forecasts import median_of
from workbench.services.permissions import Actor, Permission, check
from workbench.services.queue_counts import QueueCount
from workbench.services.queue_settings import QueueSettings


@dataclass(frozen=True, slots=True)
class QueuePlan:
    """What is wanted under some settings, and how much of it is there.

    Attributes:
        settings: The settings.
        n_sentences: Sentences in the queue.
        asked: How many sentences are asked of one person, of two ...
        n_wanted: Decisions that are needed in all.
        n_there: Of these, given already.
        n_beyond: Labels given beyond what is needed: kept and exported, not needed.
        median_seconds: The median attention for a decision, by the last ones of each person.
        n_people: Who labels: reviewers, and whoever else has begun.
        n_held: Sentences that are with reviewers at present, each counted for each of them.
        n_holders: With how many reviewers they are.
        is_exact: Whether it is counted sentence by sentence; of a share of very many it is told
            from the share alone.
    """

    settings: QueueSettings
    n_sentences: int
    asked: dict[int, int]
    n_wanted: int
    n_there: int
    n_beyond: int
    median_seconds: float | None
    n_people: int
    n_held: int
    n_holders: int
    is_exact: bool = True

    @property
    def n_left(self) -> int:
        """Decisions that are still needed."""
        return self.n_wanted - self.n_there

    @property
    def hours(self) -> float | None:
        """How long the rest takes at the median, all people's hours together."""
        return None if self.median_seconds is None else self.n_left * self.median_seconds / 3600


@dataclass(frozen=True, slots=True)
class QueueChange:
    """The last change of a project's settings: when, by whom, from what to what."""

    at: datetime
    by: str
    old: QueueSettings
    new: QueueSettings


def plan(session: Session, *, actor: Actor, slug: str, settings: QueueSettings) -> QueuePlan:
    """Count what settings would mean; nothing is changed.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    members = progress_queries.members(session, project_id=project.id)
    labelling = completeness.labelling(members)
    n_held, n_holders = holders.totals(session, project_id=project.id)
    found = (
        _everybody(session, project, members)
        if settings.overlap is None
        else queue_counts.of(session, project=project, settings=settings)
    )
    return QueuePlan(
        settings=settings,
        n_sentences=sum(found.asked.values()),
        asked=dict(found.asked),
        n_wanted=sum(n * many for n, many in found.asked.items()),
        n_there=found.n_there,
        n_beyond=found.n_beyond,
        median_seconds=_median(session, project, members),
        n_people=len(labelling),
        n_held=n_held,
        n_holders=n_holders,
        is_exact=found.is_exact,
    )


def last_change(session: Session, *, actor: Actor, slug: str) -> QueueChange | None:
    """The last change of the settings; None where they are as the project was made.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    wanted = Wanted(projects=(project.slug,), act="change_queue")
    for row in audit_log.rows(session, wanted=wanted, offset=0, limit=1):
        old, new = (QueueSettings(**row.details[key]) for key in ("old", "new"))
        return QueueChange(row.at, row.actor or OPERATOR_NAME, old, new)
    return None


def _everybody(session: Session, project: Project, members: list[MemberRow]) -> QueueCount:
    found = completeness.by_everybody(session, project=project, members=members)
    return QueueCount(Counter(found.asked), n_there=found.n_wanted - found.n_left)


def _median(session: Session, project: Project, members: list[MemberRow]) -> float | None:
    times = progress_queries.times(
        session, project_id=project.id, reviewer_ids=[row.account_id for row in members]
    )
    total = sum((Counter(each) for each in times.values()), Counter[int]())
    found = median_of(total, width=progress_queries.BUCKET_MS)
    return None if found is None else found / 1000
