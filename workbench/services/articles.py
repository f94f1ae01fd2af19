"""Articles: the list of them, one of them whole, and what managers correct in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import Article, Project
from db.queries import annotations, queue
from db.queries import articles as queries
from db.queries.articles import ArticleRow
from workbench.errors import InputError, NotFoundError
from workbench.services import article_versions, payloads, projects, retired
from workbench.services.article_history import history
from workbench.services.article_versions import VersionView
from workbench.services.edits import BY_HAND
from workbench.services.kinds import KINDS, set_kind, set_kind_of_reason
from workbench.services.metadata import Detail, details, put_back
from workbench.services.metadata import change as change_details
from workbench.services.permissions import Actor, Permission, check
from workbench.services.repairing import merge_with_next, split
from workbench.services.splitting_anew import split_anew
from workbench.services.taking_back import Change, last_change, take_back

__all__ = [
    "BY_HAND",
    "KINDS",
    "ORDERS",
    "PER_PAGE",
    "ArticleLine",
    "ArticleList",
    "ArticleView",
    "Change",
    "Detail",
    "change_details",
    "history",
    "last_change",
    "listing",
    "merge_with_next",
    "put_back",
    "set_kind",
    "set_kind_of_reason",
    "split",
    "split_anew",
    "take_back",
    "whole",
]

PER_PAGE = 50
MOST_PER_PAGE = 200
ORDERS = tuple(queries.ORDERS)


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article as a line of the list.

    Attributes:
        public_id: What it is opened by.
        title: Its title; the name of its file where it has none.
        outlet: Who published it; may be empty.
        published: The date as `2015-10-16`; may be empty.
        n_queued: How many of its segments reviewers are asked about.
        n_done: How many of these the actor has done.
        n_segments: How many segments it has.
        problems: What was noticed in its text at import; may be empty.
    """

    public_id: str
    title: str
    outlet: str
    published: str
    n_queued: int
    n_done: int
    n_segments: int
    problems: str


@dataclass(frozen=True, slots=True)
class ArticleList:
    """One page of the list, and how many articles match in all."""

    rows: tuple[ArticleLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article whole, as one actor sees it.

    Attributes:
        public_id: What it is opened by.
        header: Title, outlet, author, published and source, as the browser gets them.
        details: What is known of it, with what the import found.
        language: What it was split as.
        encoding: How its bytes were read.
        problems: What was noticed in its text at import; may be empty.
        sha256: The hash of its bytes.
        imported_at: When it came in.
        n_queued: How many of its segments reviewers are asked about.
        n_done: How many of these the actor has done.
        segments: Every segment with text, kind, reason, queued, the gap before it, mine, and
            stale: the labelled sentences that stood there before it was split or merged.
        labels: The label set's choices, for the marks.
        version: The versions beside it, and the answers that stayed with the one before.
        previous: The article above it in the list, if there is one.
        next: The article below it in the list, if there is one.
    """

    public_id: str
    header: dict[str, Any]
    details: tuple[Detail, ...]
    language: str
    encoding: str
    problems: str
    sha256: str
    imported_at: datetime
    n_queued: int
    n_done: int
    segments: list[dict[str, Any]]
    labels: tuple[projects.LabelView, ...]
    version: VersionView
    previous: str | None
    next: str | None

    @property
    def title(self) -> str:
        """Its title; the name of its file where it has none."""
        return str(self.header["title"] or self.header["source"])


def listing(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    search: str = "",
    order: str = "newest",
    page: int = 1,
    per_page: int = PER_PAGE,
) -> ArticleList:
    """One page of the project's articles, the newest version of each, with what the actor has done.

    Args:
        session: A read session.
        actor: Who looks.
        slug: Which project.
        search: Words that title, outlet, author, date or file name must all contain.
        order: One of `ORDERS`.
        page: Which page, from 1.
        per_page: How many articles a page has.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        InputError: There is no such order.
    """
    project = _readable(session, actor=actor, slug=slug)
    _check_order(order)
    limit = min(max(per_page, 1), MOST_PER_PAGE)
    rows = queries.page(
        session,
        project_id=project.id,
        search=search,
        order=order,
        offset=(max(page, 1) - 1) * limit,
        limit=limit,
    )
    done = queue.done_counts(
        session, reviewer_id=actor.account_id or 0, article_ids=[row.id for row in rows]
    )
    return ArticleList(
        rows=tuple(_line(row, n_done=done.get(row.id, 0)) for row in rows),
        total=queries.count(session, project_id=project.id, search=search),
    )


def _check_order(order: str) -> None:
    if order not in queries.ORDERS:
        message = f"Articles cannot be put in the order '{order[:40]}': use {', '.join(ORDERS)}."
        raise InputError(message)


def _line(row: ArticleRow, *, n_done: int) -> ArticleLine:
    return ArticleLine(
        public_id=row.public_id,
        title=row.title or row.source_name,
        outlet=row.outlet or "",
        published=row.published or "",
        n_queued=row.n_queued,
        n_done=n_done,
        n_segments=row.n_segments,
        problems=row.problems,
    )


def whole(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    article: str,
    search: str = "",
    order: str = "newest",
) -> ArticleView:
    """One article with every segment and the actor's own labels, nobody else's.

    Search and order are those of the list that it was opened from.

    Raises:
        NotFoundError: There is no such project or article, or it is not the actor's to see.
        InputError: There is no such order.
    """
    project = _readable(session, actor=actor, slug=slug)
    _check_order(order)
    found: Article | None = queries.by_public_id(session, project_id=project.id, public_id=article)
    if found is None:
        message = "There is no such article in this project."
        raise NotFoundError(message)
    mine = annotations.of_articles(
        session, reviewer_id=actor.account_id or 0, article_ids=[found.id]
    )
    payload = payloads.article_payload(session, article_id=found.id, mine=mine)
    parts: list[dict[str, Any]] = payload.pop("segments")
    # The first pass is blind: of others' answers no more than their number, and that to who may
    # see how far everybody is.
    whose = None if actor.may(Permission.SEE_PROGRESS, project.id) else actor.account_id or 0
    retired.lay_over(session, article=found, parts=parts, mine=mine, reviewer_id=whose)
    previous, following = queries.beside(
        session, project_id=project.id, article_id=found.id, search=search, order=order
    )
    return ArticleView(
        public_id=found.public_id,
        header=payload,
        details=details(found),
        language=found.language,
        encoding=found.encoding,
        problems=found.problems,
        sha256=found.sha256,
        imported_at=found.imported_at,
        n_queued=found.n_queued,
        n_done=sum(
            part["queued"] and part["mine"] is not None and part["mine"]["status"] != "open"
            for part in parts
        ),
        segments=parts,
        labels=projects.rules(session, project_id=project.id).labels,
        version=article_versions.view(session, article=found, reviewer_id=whose),
        previous=previous,
        next=following,
    )


def _readable(session: Session, *, actor: Actor, slug: str) -> Project:
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.READ_ARTICLES, project_id=project.id)
    return project
