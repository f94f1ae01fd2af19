"""An edit of one article by hand: what it starts from, what it moves in the queue, its record."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import Article, Project
from db.queries import articles as article_queries
from db.queries import demand, queue, segments
from db.queries import projects as project_queries
from db.queries.segments import SegmentRow
from workbench.errors import InputError, NotFoundError
from workbench.services import audit, coverage, projects
from workbench.services.decisions import parse_sentence_id
from workbench.services.permissions import Actor, Permission, check
from workbench.text.kinds import Kind
from workbench.text.quotations import quote_groups
from workbench.text.segments import Segment

BY_HAND = "Changed by hand."


@dataclass(frozen=True, slots=True)
class Edit:
    """One act on one article: what is stored, counted and recorded together."""

    session: Session
    actor: Actor
    project: Project
    article: Article
    now: datetime

    def count(self, moved: dict[int, int], *, n_more: int = 0) -> None:
        """Count sentences into (1) or out of (-1) the queue, by their keys, for everybody.

        `n_more` is how many segments more (or less) the article has.
        """
        total = sum(moved.values())
        project_id = self.project.id
        article_queries.count_queued_in_article(
            self.session, article_id=self.article.id, by=total, segments=n_more
        )
        article_queries.add_to_queue_count(self.session, project_id=project_id, by=total)
        done: Counter[int] = Counter()
        for sentence_id, reviewer_id in segments.done_by(self.session, sentence_ids=moved):
            done[reviewer_id] += moved[sentence_id]
        for by in sorted(set(done.values()) - {0}):
            reviewers = [reviewer_id for reviewer_id, n in done.items() if n == by]
            queue.change_done(self.session, project_id=project_id, reviewer_ids=reviewers, by=by)
        coverage.follow_articles(self.session, project=self.project, article_ids=[self.article.id])

    def look_from(self, queue_key: int) -> None:
        """Let everyone's search for the next sentence start no later than here."""
        article_queries.lower_marks(self.session, project_id=self.project.id, to=queue_key)

    def regroup(self) -> None:
        """Number the quotations anew that run over several of the article's segments."""
        rows = segments.live(self.session, article_id=self.article.id)
        spans = [Segment(row.start, row.end, Kind(row.kind), row.reason) for row in rows]
        groups = quote_groups(self.article.text, spans)
        changed = {
            row.id: group
            for row, group in zip(rows, groups, strict=True)
            if row.quote_group != group
        }
        segments.set_groups(self.session, groups=changed)

    def record(self, act: str, **details: Any) -> None:
        """Add the row to the audit log that says what was done, and what it takes to undo it."""
        audit.record(
            self.session,
            actor=self.actor,
            act=act,
            object_type="article",
            object_id=self.article.public_id,
            now=self.now,
            project=self.project.slug,
            by=self.actor.name,
            **details,
        )


def values(rows: Sequence[SegmentRow]) -> list[list[Any]]:
    """Segments as the audit log keeps them: start, end, kind, queued, reason."""
    return [[row.start, row.end, row.kind, row.is_queued, row.reason] for row in rows]


def editable(session: Session, *, actor: Actor, slug: str) -> Project:
    """The project, if the actor edits its articles; nobody labels in it until the act is over.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not edit articles.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.EDIT_ARTICLES, project_id=project.id)
    segments.lock_places(session, project_id=project.id)
    project_queries.lock(session, project_id=project.id)  # nobody joins unseen meanwhile
    demand.lock(session, project_id=project.id)  # nor is given what is being changed
    return project


def begin(session: Session, *, actor: Actor, slug: str, article: str, now: datetime) -> Edit:
    """Start an edit of an article.

    Raises:
        NotFoundError: There is no such project or article, or it is not the actor's to see.
        NotAllowedError: The actor does not edit articles.
        InputError: A newer version has taken the article's place.
    """
    project = editable(session, actor=actor, slug=slug)
    found = article_queries.by_public_id(session, project_id=project.id, public_id=article)
    if found is None:
        message = "There is no such article in this project."
        raise NotFoundError(message)
    if article_queries.newer_version(session, article_id=found.id) is not None:
        message = "A newer version has taken this article's place. Change that one."
        raise InputError(message)
    return Edit(session, actor, project, found, now)


def begin_at(
    session: Session, *, actor: Actor, slug: str, sentence: str, now: datetime
) -> tuple[Edit, SegmentRow]:
    """Start an edit of an article at one of its segments.

    Raises:
        NotFoundError: There is no such project or segment, or it is not the actor's to see.
        NotAllowedError: The actor does not edit articles.
        InputError: The id is none, or a newer version has taken the article's place.
    """
    public_id, start, end = parse_sentence_id(sentence)
    edit = begin(session, actor=actor, slug=slug, article=public_id, now=now)
    rows = segments.at(session, article_id=edit.article.id, spans=[(start, end)])
    if not rows:
        message = "There is no such segment here. Reload the page."
        raise NotFoundError(message)
    if rows[0].is_retired:
        message = "This segment was split or merged since. Reload the page."
        raise NotFoundError(message)
    return edit, rows[0]
