"""How far the work is: the whole of it for managers, one's own for everybody else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from db.models import Project
from db.queries import progress as queries
from db.queries.progress import LAST_DECISIONS as LAST_DECISIONS
from workbench.services import annotating, completeness, projects, windows
from workbench.services.completeness import Completeness
from workbench.services.forecasts import Forecast, forecast, median_of, streak
from workbench.services.permissions import Actor, Permission, Role, check

DAYS_LOOKED_AT = 28
DAYS_SHOWN = 30
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class DayLine:
    """What was decided on a day (in UTC), as it stands now, and by how many people."""

    day: date
    n_decided: int
    n_reviewers: int


@dataclass(frozen=True, slots=True)
class ReviewerLine:
    """How far one person is.

    Attributes:
        name: Who.
        role: What they are in the project; an admin is one everywhere.
        is_gone: Whether they can label no more: disabled, or no longer in the project.
        n_done: Sentences of the queue that they have decided.
        median_seconds: The median attention for their last decisions; None where none was counted.
        last_at: When their last decision came in.
    """

    name: str
    role: str
    is_gone: bool
    n_done: int
    median_seconds: float | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """How far an article is: sentences decided by anybody, of those in the queue."""

    public_id: str
    title: str
    outlet: str
    n_queued: int
    n_decided: int
    n_decisions: int


@dataclass(frozen=True, slots=True)
class ProjectProgress:
    """How far a project is.

    Attributes:
        complete: How much of what is asked for is there.
        median_seconds: The median attention for a decision, by the last ones of each person.
        reviewers: The people, the busiest first.
        days: The last days with what was decided on each, oldest first; days without are there.
        ends: When the rest will be done; None where it is too early to say.
        n_days: How many full days that rests on, or would.
    """

    complete: Completeness
    median_seconds: float | None
    reviewers: tuple[ReviewerLine, ...]
    days: tuple[DayLine, ...]
    ends: Forecast | None
    n_days: int


@dataclass(frozen=True, slots=True)
class OwnProgress:
    """How far the actor is.

    Attributes:
        n_done: Sentences decided.
        n_left: Sentences that wait for them.
        n_today: Of those decided, today's (in UTC).
        median_seconds: Their median attention for their last decisions.
        n_streak: Days in a row with a decision, up to today or yesterday.
        days: Their last days, oldest first; days without are there.
    """

    n_done: int
    n_left: int
    n_today: int
    median_seconds: float | None
    n_streak: int
    days: tuple[DayLine, ...]


def whole(session: Session, *, actor: Actor, slug: str, now: datetime) -> ProjectProgress:
    """How far the project and each of its people are, and when it will be done.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor may not see how far others are.
    """
    project = _seen(session, actor, slug)
    members = queries.members(session, project_id=project.id)
    times = queries.times(
        session, project_id=project.id, reviewer_ids=[row.account_id for row in members]
    )
    complete = completeness.of(session, project=project, members=members)
    days = _days(session, project.id, now)
    seen = _full_days(days)
    return ProjectProgress(
        complete=complete,
        median_seconds=_seconds(_summed(times.values())),
        reviewers=tuple(_reviewer(row, times.get(row.account_id, {})) for row in members),
        days=days,
        ends=forecast(seen, left=complete.n_left),
        n_days=len(seen),
    )


def articles(
    session: Session, *, actor: Actor, slug: str, page: int = 1
) -> tuple[list[ArticleLine], int]:
    """One page of the articles in the order of the queue, and how many there are in all.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor may not see how far others are.
    """
    project = _seen(session, actor, slug)
    rows = queries.articles(
        session, project_id=project.id, offset=(max(page, 1) - 1) * PER_PAGE, limit=PER_PAGE
    )
    lines = [
        ArticleLine(
            public_id=row.public_id,
            title=row.title,
            outlet=row.outlet,
            n_queued=row.n_queued,
            n_decided=row.n_decided,
            n_decisions=row.n_decisions,
        )
        for row in rows
    ]
    return lines, queries.n_articles(session, project_id=project.id)


def own(session: Session, *, actor: Actor, slug: str, now: datetime) -> OwnProgress:
    """How far the actor is; nothing in it comes from anybody else's labels.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor cannot label there.
    """
    project = projects.find(session, actor=actor, slug=slug)
    place = annotating.take_part(session, actor=actor, project=project, now=now)
    reviewer_id = actor.account_id or 0
    days = _days(session, project.id, now, reviewer_id=reviewer_id)
    times = queries.times(session, project_id=project.id, reviewer_ids=[reviewer_id])
    told = windows.progress(session, actor=actor, project=project, place=place)
    return OwnProgress(
        n_done=int(told["done"]),
        n_left=int(told["left"]),
        n_today=days[-1].n_decided,
        median_seconds=_seconds(times.get(reviewer_id, {})),
        n_streak=streak(
            [line.day.toordinal() for line in days if line.n_decided],
            today=now.date().toordinal(),
        ),
        days=days,
    )


def _seen(session: Session, actor: Actor, slug: str) -> Project:
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.SEE_PROGRESS, project_id=project.id)
    return project


def _days(
    session: Session, project_id: int, now: datetime, *, reviewer_id: int | None = None
) -> tuple[DayLine, ...]:
    first = now.date() - timedelta(days=DAYS_SHOWN - 1)
    every = [first + timedelta(days=i) for i in range(DAYS_SHOWN + 1)]
    starts = [datetime.combine(day, time(), tzinfo=UTC) for day in every]
    rows = queries.days(session, project_id=project_id, starts=starts, reviewer_id=reviewer_id)
    return tuple(DayLine(day, *row) for day, row in zip(every, rows, strict=False))


def _full_days(days: Sequence[DayLine]) -> list[int]:
    """What was decided a day, from the first day with work to yesterday: today is not over."""
    counted = [line.n_decided for line in days[-1 - DAYS_LOOKED_AT : -1]]
    first = next((i for i, n in enumerate(counted) if n), len(counted))
    return counted[first:]


def _reviewer(row: queries.MemberRow, times: dict[int, int]) -> ReviewerLine:
    return ReviewerLine(
        name=row.name,
        role=str(Role.ADMIN) if row.is_admin else row.role,
        is_gone=row.is_gone,
        n_done=row.n_done,
        median_seconds=_seconds(times),
        last_at=row.last_at,
    )


def _summed(every: Iterable[dict[int, int]]) -> dict[int, int]:
    total: dict[int, int] = {}
    for times in every:
        for bucket, n in times.items():
            total[bucket] = total.get(bucket, 0) + n
    return total


def _seconds(times: dict[int, int]) -> float | None:
    found = median_of(times, width=queries.BUCKET_MS)
    return None if found is None else found / 1000
