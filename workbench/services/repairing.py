"""Repair by hand: split a sentence, merge two; what stood there before is retired, never changed.

A retired sentence keeps its labels, which are stale: nobody is asked about it and no export takes
it. The sentences that take its place are linked to it. Making a sentence again that was retired
brings it back with its labels.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.queries import repairs, segments
from db.queries.segments import SegmentRow
from workbench.errors import InputError
from workbench.services import copies, edits
from workbench.services.decisions import sentence_id
from workbench.services.edits import Edit
from workbench.services.permissions import Actor
from workbench.services.preparing import MAX_SEGMENTS
from workbench.text.spans import trimmed

SPLIT = "split_sentence"
MERGED = "merge_sentences"
TAKEN_BACK = "take_back_repair"
NEW = 0  # no key yet
_JOINERS = "\u200d\ufe0e\ufe0f"


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment as it shall be."""

    start: int
    end: int
    kind: str
    is_queued: bool
    reason: str


def split(
    session: Session, *, actor: Actor, slug: str, sentence: str, at: int, now: datetime
) -> list[str]:
    """Split a segment in two; the public ids of the parts, which take over its kind and reason.

    Args:
        session: A write transaction.
        actor: Who edits.
        slug: Which project.
        sentence: The public id of the segment.
        at: The code point of the article's text that the second part begins at; white space
            around it belongs to neither.
        now: The database's clock.

    Raises:
        NotFoundError: There is no such project or segment, or it is not the actor's to see.
        NotAllowedError: The actor does not edit articles.
        InputError: One part would be empty, or a character would be cut in two.
    """
    edit, row = edits.begin_at(session, actor=actor, slug=slug, sentence=sentence, now=now)
    text = edit.article.text
    is_inside = row.start < at < row.end
    if not (is_inside and text[row.start : at].strip() and text[at : row.end].strip()):
        message = "A sentence is split between two of its characters. Choose a place inside it."
        raise InputError(message)
    if _is_inside_character(text, at):
        message = "One character would be cut in two there. Choose the place before or after it."
        raise InputError(message)
    pieces = [
        Piece(span.start, span.end, row.kind, row.is_queued, row.reason)
        for span in (trimmed(text, row.start, at), trimmed(text, at, row.end))
    ]
    return _named(edit, rearrange(edit, SPLIT, old=[row], pieces=pieces))


def merge_with_next(
    session: Session, *, actor: Actor, slug: str, sentence: str, now: datetime
) -> list[str]:
    """Merge a segment with the one after it; the public id of the whole.

    The whole takes over kind and reason of the part that is in the queue, else of the first one.

    Raises:
        NotFoundError: There is no such project or segment, or it is not the actor's to see.
        NotAllowedError: The actor does not edit articles.
        InputError: It is the last one of its article.
    """
    edit, row = edits.begin_at(session, actor=actor, slug=slug, sentence=sentence, now=now)
    after = [one for one in segments.live(session, article_id=row.article_id)
             if one.position == row.position + 1]  # fmt: skip
    if not after:
        message = "There is no segment after the last one. Choose the one before it."
        raise InputError(message)
    leading = after[0] if after[0].is_queued and not row.is_queued else row
    whole = Piece(row.start, after[0].end, leading.kind, leading.is_queued, leading.reason)
    return _named(edit, rearrange(edit, MERGED, old=[row, *after], pieces=[whole]))


def _is_inside_character(text: str, at: int) -> bool:
    is_mark = unicodedata.combining(text[at]) > 0 or unicodedata.category(text[at]) == "Me"
    is_skin = "\U0001f3fb" <= text[at] <= "\U0001f3ff"
    is_flag = all("\U0001f1e6" <= sign <= "\U0001f1ff" for sign in text[at - 1 : at + 1])
    return is_mark or is_skin or is_flag or text[at] in _JOINERS or text[at - 1] == "\u200d"


def _named(edit: Edit, rows: Sequence[SegmentRow]) -> list[str]:
    return [sentence_id(edit.article.public_id, row.start, row.end) for row in rows]


def rearrange(
    edit: Edit, act: str, *, old: Sequence[SegmentRow], pieces: Sequence[Piece], **more: Any
) -> list[SegmentRow]:
    """Put pieces in the place of live segments that follow each other, in reading order.

    Whoever calls sees to it that both cover the same text. A piece that is a segment already,
    live or retired, is that segment. `more` goes into the audit log.
    """
    session, article = edit.session, edit.article
    by = len(pieces) - len(old)
    if article.n_segments + by >= MAX_SEGMENTS:
        message = f"An article has at most {MAX_SEGMENTS - 1:,} segments."
        raise InputError(message)
    spans = [(piece.start, piece.end) for piece in pieces]
    there = {
        (row.start, row.end): row
        for row in segments.at(session, article_id=article.id, spans=spans)
    }
    gone = [row for row in old if (row.start, row.end) not in there]
    repairs.set_aside(session, article_id=article.id, first=old[0].position)
    repairs.retire(session, ids=[row.id for row in gone])
    wanted = [_row(piece, old[0], n, there) for n, piece in enumerate(pieces)]
    repairs.revive(session, rows=[row for row in wanted if row.id != NEW])
    new = [
        row if row.id != NEW
        else replace(row, id=repairs.make(session, project_id=edit.project.id, row=row))
        for row in wanted
    ]  # fmt: skip
    repairs.put_back(session, article_id=article.id, by=by)
    repairs.link(
        session,
        pairs=[
            (row.id, origin.id)
            for row in new
            for origin in gone
            if row.start < origin.end and origin.start < row.end
        ],
    )
    _follow_up(edit, old=old, gone=gone, new=new, there=there)
    edit.record(act, before=edits.values(old), after=edits.values(new), **more)
    return new


def _row(
    piece: Piece, first: SegmentRow, n: int, there: dict[tuple[int, int], SegmentRow]
) -> SegmentRow:
    known = there.get((piece.start, piece.end))
    return SegmentRow(
        id=known.id if known else NEW,
        article_id=first.article_id,
        position=first.position + n,
        start=piece.start,
        end=piece.end,
        kind=piece.kind,
        reason=piece.reason,
        is_queued=piece.is_queued,
        queue_key=first.queue_key + n,
        quote_group=None,
        is_retired=False,
    )


def _follow_up(
    edit: Edit,
    *,
    old: Sequence[SegmentRow],
    gone: Sequence[SegmentRow],
    new: Sequence[SegmentRow],
    there: dict[tuple[int, int], SegmentRow],
) -> None:
    before = {row.id: row.is_queued for row in (*there.values(), *gone)}
    after = {row.id: row.is_queued for row in new}
    moved = {
        key: after.get(key, False) - before.get(key, False) for key in before.keys() | after.keys()
    }
    edit.count({key: by for key, by in moved.items() if by}, n_more=len(new) - len(old))
    edit.look_from(old[0].queue_key)
    fresh = [(row.id, row.start, row.end) for row in new if row.id not in before and row.is_queued]
    if fresh:
        copies.note_some(
            edit.session, project_id=edit.project.id, article=edit.article, spans=fresh
        )
    edit.regroup()
