"""Take back: undo the newest change by hand in an article, one after the other."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.queries import segments
from workbench.errors import NotFoundError
from workbench.services import edits, kinds, metadata, projects, repairing
from workbench.services.edits import Edit
from workbench.services.permissions import Actor, Permission
from workbench.services.recurring_edits import SET_ASIDE
from workbench.services.repairing import Piece
from workbench.services.splitting_anew import SPLIT_ANEW

CHANGES = (kinds.CHANGED, repairing.SPLIT, repairing.MERGED, SPLIT_ANEW, SET_ASIDE)
TAKEN_BACK = (kinds.TAKEN_BACK, repairing.TAKEN_BACK)
NOTHING = "There is no change to take back in this article."
Values = tuple[int, int, str, bool, str]


@dataclass(frozen=True, slots=True)
class Change:
    """The newest change by hand that stands: what, who made it, when, and of how many segments.

    `before` and `after` hold start, end, kind, queued and reason of each segment; `after` is
    empty where only kinds were changed. `language` is what the article was split as before, where
    it was split anew.
    """

    act: str
    by: str
    at: datetime
    n_segments: int
    before: tuple[Values, ...]
    after: tuple[Values, ...] = ()
    language: str | None = None


def last_change(session: Session, *, actor: Actor, slug: str, article: str) -> Change | None:
    """The newest change by hand that was not taken back, for those who may take it back."""
    project = projects.find(session, actor=actor, slug=slug)
    if not actor.may(Permission.EDIT_ARTICLES, project.id):
        return None
    n_taken_back = 0
    for event in segments.changes(session, object_id=article, acts=(*CHANGES, *TAKEN_BACK)):
        if event.details.get("project") != project.slug:
            continue
        if event.act in TAKEN_BACK:
            n_taken_back += 1
        elif n_taken_back:
            n_taken_back -= 1
        else:
            before, after = (_values(event.details.get(name, ())) for name in ("before", "after"))
            by = str(event.details["by"])
            language = event.details.get("language")
            return Change(event.act, by, event.at, len(before), before, after, language)
    return None


def _values(stored: Any) -> tuple[Values, ...]:
    return tuple((start, end, kind, bool(on), why) for start, end, kind, on, why in stored)


def take_back(session: Session, *, actor: Actor, slug: str, article: str, now: datetime) -> int:
    """Undo the newest change by hand that stands; how many segments are as they were before.

    Raises:
        NotFoundError: There is no such project, or nothing to take back in this article.
        NotAllowedError: The actor does not edit articles.
        InputError: A newer version has taken the article's place.
    """
    edit = edits.begin(session, actor=actor, slug=slug, article=article, now=now)
    change = last_change(session, actor=actor, slug=slug, article=article)
    if change is None:
        raise NotFoundError(NOTHING)
    if change.language is not None:
        values = {"language": change.language}
        metadata.change(session, actor=actor, slug=slug, article=article, values=values, now=now)
    if change.after:
        return _make_again(edit, change)
    former = {(start, end): values for start, end, *values in change.before}
    old = segments.at(session, article_id=edit.article.id, spans=former)
    new = []
    for row in old:
        kind, queued, reason = former[row.start, row.end]
        new.append(replace(row, kind=str(kind), is_queued=bool(queued), reason=str(reason)))
    kinds.store(edit, kinds.TAKEN_BACK, old=old, new=new)
    return len(new)


def _make_again(edit: Edit, change: Change) -> int:
    spans = [(start, end) for start, end, *_ in change.after]
    old = segments.at(edit.session, article_id=edit.article.id, spans=spans)
    pieces = [Piece(*values) for values in change.before]
    repairing.rearrange(edit, repairing.TAKEN_BACK, old=old, pieces=pieces)
    return len(pieces)
