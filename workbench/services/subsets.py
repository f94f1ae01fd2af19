"""Subsets: articles that a manager gives to named reviewers, and to nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.models import Project, Subset
from db.queries import projects as project_queries
from db.queries import segments
from db.queries import subsets as queries
from workbench.errors import InputError, NotFoundError, TakenError
from workbench.services import audit, coverage, projects
from workbench.services.permissions import Actor, Permission, check

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SubsetView:
    """A subset as its managers see it.

    Attributes:
        id: Its key.
        name: What its reviewers read on their sentences.
        articles: The public ids of its articles.
        reviewers: Public id and name of each reviewer it is given to.
        created_at: When it was made.
    """

    id: int
    name: str
    articles: tuple[str, ...]
    reviewers: tuple[tuple[str, str], ...]
    created_at: datetime


def listed(session: Session, *, actor: Actor, slug: str | None) -> list[SubsetView]:
    """The subsets of a project, oldest first.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    return [
        SubsetView(row.id, row.name, row.articles, row.reviewers, row.created_at)
        for row in queries.listed(session, project_id=project.id)
    ]


def make(
    session: Session,
    *,
    actor: Actor,
    slug: str | None,
    name: str,
    articles: Sequence[str],
    reviewers: Sequence[str],
    now: datetime,
) -> int:
    """Give articles to reviewers; the new subset's key.

    Their sentences go to these reviewers only, and before all others. What others hold of them
    undecided is freed; what they answered stays.

    Args:
        session: A write transaction.
        actor: Who acts.
        slug: The project; None for the only one.
        name: What it is called.
        articles: Public ids of articles that are in no other subset.
        reviewers: Public ids of people who have a part in the project.
        now: The database's clock.

    Raises:
        NotFoundError: There is no such project, article or person in it.
        NotAllowedError: The actor does not manage it, or it is archived.
        InputError: There is no name, no article or no reviewer; or sentences are not given out.
        TakenError: There is a subset of that name, or one of the articles is in another.
    """
    project = _managed(session, actor, slug)
    if not project.settings.get("overlap"):
        message = (
            "Everybody sees every sentence of this project. "
            "Say first how many reviewers a sentence needs."
        )
        raise InputError(message)
    cleaned = _free_name(session, project, name)
    row = Subset(project_id=project.id, name=cleaned, created_at=now)
    session.add(row)
    session.flush()
    _fill(session, project, row, articles, reviewers)
    _record(session, actor, project, "make_subset", row, articles, reviewers, now)
    return row.id


def change(
    session: Session,
    *,
    actor: Actor,
    slug: str | None,
    subset: int,
    name: str,
    articles: Sequence[str],
    reviewers: Sequence[str],
    now: datetime,
) -> None:
    """Give a subset another name, other articles or other reviewers.

    Raises:
        NotFoundError: There is no such project, subset, article or person in it.
        NotAllowedError: The actor does not manage it, or it is archived.
        InputError: There is no name, no article or no reviewer.
        TakenError: There is a subset of that name, or one of the articles is in another.
    """
    project = _managed(session, actor, slug)
    row = _row(session, project, subset)
    if " ".join(name.split()) != row.name:
        row.name = _free_name(session, project, name)
        session.add(row)
        session.flush()
    _fill(session, project, row, articles, reviewers)
    _record(session, actor, project, "change_subset", row, articles, reviewers, now)


def remove(session: Session, *, actor: Actor, slug: str | None, subset: int, now: datetime) -> None:
    """Take a subset apart: its articles go to everybody again.

    Raises:
        NotFoundError: There is no such project or subset, or the actor is not in it.
        NotAllowedError: The actor does not manage it, or it is archived.
    """
    project = _managed(session, actor, slug)
    row = _row(session, project, subset)
    keys = queries.article_keys(session, subset_id=row.id)
    queries.empty(session, subset_id=row.id)
    session.delete(row)
    session.flush()
    coverage.follow_articles(session, project=project, article_ids=keys)
    _record(session, actor, project, "remove_subset", row, (), (), now)


def _managed(session: Session, actor: Actor, slug: str | None) -> Project:
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    segments.lock_places(session, project_id=project.id)
    return project_queries.lock(session, project_id=project.id)


def _row(session: Session, project: Project, subset: int) -> Subset:
    row = session.get(Subset, subset)
    if row is None or row.project_id != project.id:
        message = "There is no such subset here. Reload the page."
        raise NotFoundError(message)
    return row


def _free_name(session: Session, project: Project, name: str) -> str:
    cleaned = " ".join(name.split())
    if not 0 < len(cleaned) <= LONGEST_NAME:
        message = f"A subset's name has 1 to {LONGEST_NAME} characters."
        raise InputError(message)
    if queries.by_name(session, project_id=project.id, name=cleaned) is not None:
        message = "There is a subset of that name. Give it another one."
        raise TakenError(message)
    return cleaned


def _fill(
    session: Session,
    project: Project,
    row: Subset,
    articles: Sequence[str],
    reviewers: Sequence[str],
) -> None:
    if not articles or not reviewers:
        message = "A subset has an article and a reviewer at least."
        raise InputError(message)
    keys = queries.articles(session, project_id=project.id, public_ids=articles)
    if len(keys) < len(set(articles)):
        message = "One of these articles is not in the project. Reload the page."
        raise NotFoundError(message)
    known = queries.members(session, project_id=project.id, public_ids=reviewers)
    if len(known) < len(set(reviewers)):
        message = "One of these people has no part in the project. Reload the page."
        raise NotFoundError(message)
    before = queries.article_keys(session, subset_id=row.id)
    elsewhere = queries.names_of_articles(session, article_ids=set(keys.values()) - before)
    if elsewhere:
        message = "An article can be in one subset only; one of these is in another."
        raise TakenError(message)
    queries.fill(
        session,
        subset_id=row.id,
        article_ids=sorted(keys.values()),
        reviewer_ids=sorted(known.values()),
    )
    coverage.follow_articles(session, project=project, article_ids=before | set(keys.values()))


def _record(
    session: Session,
    actor: Actor,
    project: Project,
    act: str,
    row: Subset,
    articles: Sequence[str],
    reviewers: Sequence[str],
    now: datetime,
) -> None:
    audit.record(
        session,
        actor=actor,
        act=act,
        object_type="project",
        object_id=project.slug,
        now=now,
        subset=row.name,
        articles=sorted(set(articles)),
        reviewers=sorted(set(reviewers)),
    )
