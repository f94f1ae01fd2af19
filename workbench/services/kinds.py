"""Kinds by hand: what a manager corrects in a segmented article, counted and taken back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import Article, Project
from db.queries import articles as article_queries
from db.queries import projects as project_queries
from db.queries import queue, segments
from db.queries.segments import SegmentRow
from workbench.errors import InputError, NotFoundError
from workbench.services import audit, projects
from workbench.services.decisions import parse_sentence_id
from workbench.services.permissions import Actor, Permission, check
from workbench.text.kinds import Kind

BY_HAND = "Changed by hand."
CHANGED = "set_kind"
TAKEN_BACK = "take_back_kind"
KINDS = tuple(str(kind) for kind in Kind)


@dataclass(frozen=True, slots=True)
class Change:
    """The newest change by hand that stands: who made it, when, and of how many segments."""

    by: str
    at: datetime
    n_segments: int
    before: tuple[tuple[int, int, str, bool, str], ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    """One act on one article: what is stored, counted and recorded together."""

    session: Session
    actor: Actor
    project: Project
    article: Article
    now: datetime

    def set_all(self, rows: Sequence[SegmentRow], *, kind: str, queued: bool) -> int:
        old = [row for row in rows if (row.kind, row.is_queued) != (kind, queued)]
        if old:
            new = [replace(row, kind=kind, is_queued=queued, reason=BY_HAND) for row in old]
            self.store(CHANGED, old=old, new=new, kind=kind, queued=queued)
        return len(old)

    def store(
        self, act: str, *, old: Sequence[SegmentRow], new: Sequence[SegmentRow], **to: Any
    ) -> None:
        segments.write(self.session, rows=new)
        moved = {b.id: b.is_queued - a.is_queued for a, b in zip(old, new, strict=True)}
        moved = {row_id: by for row_id, by in moved.items() if by}
        if moved:
            self._count(moved)
        entered = [row.queue_key for row in new if moved.get(row.id) == 1]
        if entered:
            article_queries.lower_marks(self.session, project_id=self.project.id, to=min(entered))
        audit.record(
            self.session,
            actor=self.actor,
            act=act,
            object_type="article",
            object_id=self.article.public_id,
            now=self.now,
            project=self.project.slug,
            by=self.actor.name,
            before=[[row.start, row.end, row.kind, row.is_queued, row.reason] for row in old],
            **to,
        )

    def _count(self, moved: dict[int, int]) -> None:
        total = sum(moved.values())
        project_id = self.project.id
        article_queries.count_queued_in_article(self.session, article_id=self.article.id, by=total)
        article_queries.add_to_queue_count(self.session, project_id=project_id, by=total)
        done: Counter[int] = Counter()
        for sentence_id, reviewer_id in segments.done_by(self.session, sentence_ids=moved):
            done[reviewer_id] += moved[sentence_id]
        for by in sorted(set(done.values())):
            reviewers = [reviewer_id for reviewer_id, n in done.items() if n == by]
            queue.change_done(self.session, project_id=project_id, reviewer_ids=reviewers, by=by)


def set_kind(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    sentence: str,
    kind: str,
    queued: bool,
    now: datetime,
) -> int:
    """Give one segment another kind, in or out of the queue; how many segments changed.

    Raises:
        NotFoundError: There is no such project or segment, or it is not the actor's to see.
        NotAllowedError: The actor does not edit articles.
        InputError: The kind is not one of the nine, or the id is none.
    """
    edit, row = _begin(session, actor=actor, slug=slug, sentence=sentence, kind=kind, now=now)
    return edit.set_all([row], kind=kind, queued=queued)


def set_kind_of_reason(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    sentence: str,
    kind: str,
    queued: bool,
    now: datetime,
) -> int:
    """The same for every segment of the article that was set apart for this one's reason.

    Raises:
        NotFoundError: There is no such project or segment, or it is not the actor's to see.
        NotAllowedError: The actor does not edit articles.
        InputError: The kind is not one of the nine, or the segment shares no reason.
    """
    edit, row = _begin(session, actor=actor, slug=slug, sentence=sentence, kind=kind, now=now)
    if row.reason in ("", BY_HAND):
        message = "This segment shares no reason with others. Change it by itself."
        raise InputError(message)
    rows = segments.of_reason(session, article_id=row.article_id, reason=row.reason)
    return edit.set_all(rows, kind=kind, queued=queued)


def last_change(session: Session, *, actor: Actor, slug: str, article: str) -> Change | None:
    """The newest change by hand that was not taken back, for those who may take it back."""
    project = projects.find(session, actor=actor, slug=slug)
    if not actor.may(Permission.EDIT_ARTICLES, project.id):
        return None
    n_taken_back = 0
    for event in segments.changes(session, object_id=article, acts=(CHANGED, TAKEN_BACK)):
        if event.details.get("project") != project.slug:
            continue
        if event.act == TAKEN_BACK:
            n_taken_back += 1
        elif n_taken_back:
            n_taken_back -= 1
        else:
            before = tuple((a, b, kind, on, why) for a, b, kind, on, why in event.details["before"])
            return Change(str(event.details["by"]), event.at, len(before), before)
    return None


def take_back(session: Session, *, actor: Actor, slug: str, article: str, now: datetime) -> int:
    """Undo the newest change by hand that stands; how many segments are as they were before.

    Raises:
        NotFoundError: There is no such project, or nothing to take back in this article.
        NotAllowedError: The actor does not edit articles.
    """
    project = _editable(session, actor=actor, slug=slug)
    change = last_change(session, actor=actor, slug=slug, article=article)
    found = article_queries.by_public_id(session, project_id=project.id, public_id=article)
    if change is None or found is None:
        message = "There is no change to take back in this article."
        raise NotFoundError(message)
    spans = [(start, end) for start, end, *_ in change.before]
    former = {(start, end): values for start, end, *values in change.before}
    old = segments.at(session, article_id=found.id, spans=spans)
    new = []
    for row in old:
        kind, queued, reason = former[row.start, row.end]
        new.append(replace(row, kind=str(kind), is_queued=bool(queued), reason=str(reason)))
    _Edit(session, actor, project, found, now).store(TAKEN_BACK, old=old, new=new)
    return len(new)


def _editable(session: Session, *, actor: Actor, slug: str) -> Project:
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.EDIT_ARTICLES, project_id=project.id)
    segments.lock_places(session, project_id=project.id)
    project_queries.lock(session, project_id=project.id)  # nobody joins unseen meanwhile
    return project


def _begin(
    session: Session, *, actor: Actor, slug: str, sentence: str, kind: str, now: datetime
) -> tuple[_Edit, SegmentRow]:
    project = _editable(session, actor=actor, slug=slug)
    if kind not in KINDS:
        message = f"There is no kind '{kind[:40]}'. Give one of {', '.join(KINDS)}."
        raise InputError(message)
    public_id, start, end = parse_sentence_id(sentence)
    article = article_queries.by_public_id(session, project_id=project.id, public_id=public_id)
    if article is not None and max(start, end) < 1 << 31:
        rows = segments.at(session, article_id=article.id, spans=[(start, end)])
        if rows:
            return _Edit(session, actor, project, article, now), rows[0]
    message = "There is no such segment here. Reload the page."
    raise NotFoundError(message)
