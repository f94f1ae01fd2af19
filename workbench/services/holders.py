"""Who holds sentences undecided, what is stuck of them, and freeing what ran out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session

from db.models import Project
from db.queries import demand, lease_views
from db.queries import holders as queries
from db.queries import progress as progress_queries
from workbench.services import audit, leasing, projects
from workbench.services.decisions import sentence_id
from workbench.services.permissions import Actor, Permission, check

IDLE = timedelta(minutes=30)
"""After so long without a decision, whoever holds sentences is idle."""


class HoldState(StrEnum):
    """How it is with sentences that somebody holds: the first two are stuck."""

    OVER = "ran out"
    IDLE = "idle"
    AT_WORK = "at work"


@dataclass(frozen=True, slots=True)
class HolderLine:
    """What one reviewer holds undecided in one article.

    Attributes:
        reviewer: The reviewer's public id.
        name: Their name.
        article: The article's public id.
        title: Its title, or its file's name where it has none.
        n_sentences: How many of its sentences they hold.
        since: When the first of them was given out.
        until: Until when they are theirs if they do nothing.
        active_at: When they last decided anything, or were given these: the later of both.
        state: Whether the time ran out, they are idle, or they are at work.
    """

    reviewer: str
    name: str
    article: str
    title: str
    n_sentences: int
    since: datetime
    until: datetime
    active_at: datetime
    state: HoldState

    @property
    def is_stuck(self) -> bool:
        """Whether nobody seems to work on them."""
        return self.state is not HoldState.AT_WORK


@dataclass(frozen=True, slots=True)
class HeldSentence:
    """A sentence that somebody holds undecided, since when and until when."""

    id: str
    text: str
    since: datetime
    until: datetime


def listed(
    session: Session, *, actor: Actor, slug: str, now: datetime, search: str = ""
) -> list[HolderLine]:
    """Who holds how many sentences, by article: what is stuck first, the longest idle before.

    Args:
        session: A read session.
        actor: Who asks.
        slug: The project.
        now: The database's clock.
        search: Words that the reviewer's name or the article's title or file name must have.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = _managed(session, actor, slug)
    rows = lease_views.overview(session, project_id=project.id, search=search)
    last = {}
    if rows:
        members = progress_queries.members(session, project_id=project.id)
        last = {member.public_id: member.last_at for member in members}
    found = []
    for row in rows:
        active_at = max(row.since, last.get(row.reviewer) or row.since)
        state = HoldState.IDLE if now - active_at >= IDLE else HoldState.AT_WORK
        found.append(
            HolderLine(
                reviewer=row.reviewer,
                name=row.name,
                article=row.article,
                title=row.title or row.source_name,
                n_sentences=row.n,
                since=row.since,
                until=row.until,
                active_at=active_at,
                state=HoldState.OVER if row.until <= now else state,
            )
        )
    order = list(HoldState)
    return sorted(found, key=lambda line: (order.index(line.state), line.active_at))


def sentences(
    session: Session, *, actor: Actor, slug: str, reviewer: str, article: str
) -> list[HeldSentence]:
    """What a reviewer holds undecided of an article, in reading order.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = _managed(session, actor, slug)
    rows = queries.sentences(session, project_id=project.id, reviewer=reviewer, article=article)
    return [
        HeldSentence(sentence_id(row.article, row.start, row.end), row.text, row.since, row.until)
        for row in rows
    ]


def release_over(session: Session, *, actor: Actor, slug: str, now: datetime) -> int:
    """Free every lease that has run out; how many. Whoever asks next may get the sentences.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = _managed(session, actor, slug)
    demand.lock(session, project_id=project.id)
    n = 0
    while freed := leasing.sweep(session, project_id=project.id, now=now):
        n += freed
    if n:
        audit.record(
            session,
            actor=actor,
            act="release_leases",
            object_type="project",
            object_id=project.slug,
            now=now,
            ran_out=n,
        )
    return n


def _managed(session: Session, actor: Actor, slug: str) -> Project:
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    return project
