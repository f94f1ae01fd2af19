"""What settings of the queue would mean, in numbers, before anybody saves them."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlmodel import Session

from db.models import Project
from db.queries import audit_log, demand_rows, holders, queue_plans
from db.queries import progress as progress_queries
from db.queries.audit_log import Wanted
from db.queries.progress import MemberRow
from workbench.services import completeness, coverage, projects
from workbench.services.audit_log import OPERATOR_NAME
from workbench.services.forecasts import median_of
from workbench.services.permissions import Actor, Permission, check
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


@dataclass(slots=True)
class _Count:
    asked: Counter[int] = field(default_factory=Counter)
    n_there: int = 0
    n_beyond: int = 0


def plan(session: Session, *, actor: Actor, slug: str, settings: QueueSettings) -> QueuePlan:
    """Count what settings would mean; nothing is changed. Reads every sentence of the queue.

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
        else _leased(session, project, settings)
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


def _everybody(session: Session, project: Project, members: list[MemberRow]) -> _Count:
    found = completeness.by_everybody(session, project=project, members=members)
    return _Count(Counter(found.asked), n_there=found.n_wanted - found.n_left)


def _leased(session: Session, project: Project, settings: QueueSettings) -> _Count:
    """As `coverage` counts it, on a project that is nowhere stored."""
    wished = Project(
        slug=project.slug,
        name=project.name,
        settings={**project.settings, **asdict(settings)},
        created_at=project.created_at,
    )
    count, above = _Count(), 0
    while ids := demand_rows.article_ids(
        session, project_id=project.id, above=above, limit=coverage.AT_ONCE
    ):
        above = ids[-1]
        facts = [each for each in demand_rows.facts(session, article_ids=ids) if each.is_queued]
        named = demand_rows.reviewers_of(
            session, subset_ids={each.subset_key for each in facts if each.subset_key}
        )
        labelled = queue_plans.n_labelled(session, article_ids=ids)
        for fact in facts:
            n_named = len(named[fact.subset_key]) if fact.subset_key else 0
            wanted = coverage.n_wanted(wished, fact, n_named=n_named)
            n = labelled.get(fact.id, 0)
            count.asked[wanted] += 1
            count.n_there += min(n, wanted)
            count.n_beyond += max(0, n - wanted)
    return count


def _median(session: Session, project: Project, members: list[MemberRow]) -> float | None:
    times = progress_queries.times(
        session, project_id=project.id, reviewer_ids=[row.account_id for row in members]
    )
    total = sum((Counter(each) for each in times.values()), Counter[int]())
    found = median_of(total, width=progress_queries.BUCKET_MS)
    return None if found is None else found / 1000
