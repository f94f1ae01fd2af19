"""Subsets as a manager sees them: searched, with how far each is; and what they are made of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db.models import Project
from db.queries import subset_views as queries
from db.queries.subset_views import Found, SubsetCount
from workbench.services import projects, subsets
from workbench.services.permissions import Actor, Permission, check
from workbench.services.subsets import SubsetView

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class SubsetLine:
    """A subset with how far it is.

    Attributes:
        view: The subset.
        n_sentences: Its sentences in the queue; 0 while everybody sees every sentence.
        n_wanted: Decisions that they need.
        n_there: Of these, given already.
        absent: The names of those among its reviewers who have no part in the project any more.
    """

    view: SubsetView
    n_sentences: int
    n_wanted: int
    n_there: int
    absent: tuple[str, ...]

    @property
    def n_left(self) -> int:
        """Decisions that are still needed."""
        return self.n_wanted - self.n_there

    @property
    def has_nobody(self) -> bool:
        """Whether nobody whom it is given to is here any more."""
        return len(self.absent) == len(self.view.reviewers)


@dataclass(frozen=True, slots=True)
class Choice:
    """An article that a subset may be made of.

    Attributes:
        public_id: What it is known by.
        title: Its title, or its file's name where it has none.
        outlet: Who published it; may be empty.
        published: The day as `2026-03-03`; may be empty.
        n_sentences: How many sentences of it are in the queue.
        subset: The name of the subset that it is in; empty for none.
    """

    public_id: str
    title: str
    outlet: str
    published: str
    n_sentences: int
    subset: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles somebody looks for; empty and None leave it open.

    Attributes:
        search: Words that title, outlet, author, date or file name must have.
        outlets: Outlets, one of which it is from.
        since: The first day it may have been published on.
        until: The last day.
    """

    search: str = ""
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


def listed(session: Session, *, actor: Actor, slug: str, search: str = "") -> list[SubsetLine]:
    """The subsets whose name or reviewers have all of these words, the oldest first.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = _managed(session, actor, slug)
    views = subsets.listed(session, actor=actor, slug=slug)
    counts = queries.counts(session, project_id=project.id) if views else {}
    here = {public_id for public_id, _ in queries.people(session, project_id=project.id)}
    words = search.casefold().split()
    return [
        _line(view, counts.get(view.id, SubsetCount(0, 0, 0)), here)
        for view in views
        if all(word in _searched(view) for word in words)
    ]


def _searched(view: SubsetView) -> str:
    return " ".join((view.name, *(name for _, name in view.reviewers))).casefold()


def _line(view: SubsetView, count: SubsetCount, here: Collection[str]) -> SubsetLine:
    absent = tuple(name for public_id, name in view.reviewers if public_id not in here)
    return SubsetLine(view, count.n_sentences, count.n_wanted, count.n_there, absent)


def choices(
    session: Session, *, actor: Actor, slug: str, wanted: Wanted
) -> tuple[list[Choice], int]:
    """Articles to choose from in the order of the queue, the first few; and how many there are.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = _managed(session, actor, slug)
    rows, total = queries.choices(
        session, project_id=project.id, found=_found(wanted), limit=MOST_SHOWN
    )
    return [_choice(row) for row in rows], total


def all_free(
    session: Session, *, actor: Actor, slug: str, wanted: Wanted, subset: int | None = None
) -> list[str]:
    """The public ids of all of these articles that are in no subset, or in this one.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = _managed(session, actor, slug)
    return queries.free_ids(
        session, project_id=project.id, found=_found(wanted), subset_id=subset or 0
    )


def named(session: Session, *, actor: Actor, slug: str, articles: Collection[str]) -> list[Choice]:
    """These articles in the order of the queue; those that are not in the project are left out.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = _managed(session, actor, slug)
    rows = queries.named(session, project_id=project.id, public_ids=articles)
    return [_choice(row) for row in rows]


def outlets(session: Session, *, actor: Actor, slug: str) -> Sequence[str]:
    """The outlets of the project's articles.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = _managed(session, actor, slug)
    return queries.outlets(session, project_id=project.id)


def people(session: Session, *, actor: Actor, slug: str) -> dict[str, str]:
    """Whom a subset may be given to: the names by public id, by name.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = _managed(session, actor, slug)
    return dict(queries.people(session, project_id=project.id))


def _managed(session: Session, actor: Actor, slug: str) -> Project:
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    return project


def _found(wanted: Wanted) -> Found:
    since, until = (each.isoformat() if each else "" for each in (wanted.since, wanted.until))
    return Found(wanted.search, wanted.outlets, since, until)


def _choice(row: queries.ChoiceRow) -> Choice:
    return Choice(
        public_id=row.public_id,
        title=row.title,
        outlet=row.outlet,
        published=row.published,
        n_sentences=row.n_queued,
        subset=row.subset or "",
    )
