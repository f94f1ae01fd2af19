"""Kinds by hand: what a manager corrects in a segmented article, one piece or all of a reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.queries import segments
from db.queries.segments import SegmentRow
from workbench.errors import InputError
from workbench.services import edits
from workbench.services.edits import BY_HAND, Edit
from workbench.services.permissions import Actor
from workbench.text.kinds import Kind

CHANGED = "set_kind"
TAKEN_BACK = "take_back_kind"
KINDS = tuple(str(kind) for kind in Kind)


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
    edit, row = edits.begin_at(session, actor=actor, slug=slug, sentence=sentence, now=now)
    return _set_all(edit, [row], kind=_known(kind), queued=queued)


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
    edit, row = edits.begin_at(session, actor=actor, slug=slug, sentence=sentence, now=now)
    if row.reason in ("", BY_HAND):
        message = "This segment shares no reason with others. Change it by itself."
        raise InputError(message)
    rows = segments.of_reason(session, article_id=row.article_id, reason=row.reason)
    return _set_all(edit, rows, kind=_known(kind), queued=queued)


def _known(kind: str) -> str:
    if kind in KINDS:
        return kind
    message = f"There is no kind '{kind[:40]}'. Give one of {', '.join(KINDS)}."
    raise InputError(message)


def _set_all(edit: Edit, rows: Sequence[SegmentRow], *, kind: str, queued: bool) -> int:
    old = [row for row in rows if (row.kind, row.is_queued) != (kind, queued)]
    if old:
        new = [replace(row, kind=kind, is_queued=queued, reason=BY_HAND) for row in old]
        store(edit, CHANGED, old=old, new=new, kind=kind, queued=queued)
    return len(old)


def store(
    edit: Edit, act: str, *, old: Sequence[SegmentRow], new: Sequence[SegmentRow], **to: Any
) -> None:
    """Store segments with another kind, reason or place in the queue, and all that follows."""
    segments.write(edit.session, rows=new)
    moved = {b.id: b.is_queued - a.is_queued for a, b in zip(old, new, strict=True)}
    moved = {row_id: by for row_id, by in moved.items() if by}
    if moved:
        edit.count(moved)
    entered = [row.queue_key for row in new if moved.get(row.id) == 1]
    if entered:
        edit.look_from(min(entered))
    edit.regroup()
    edit.record(act, before=edits.values(old), **to)
