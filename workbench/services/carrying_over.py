"""Answers that hold for a newer version too: written down again, in each reviewer's chain.

What was asked about a sentence goes with the answer that it was asked in.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlmodel import Session

from db.models import Article
from db.queries import answers as answer_queries
from db.queries import article_versions as versions
from db.queries import queue, talks
from db.queries.article_versions import AnswerRow
from db.queries.queue import Place
from db.queries.segments import SegmentRow
from workbench.services.chains import chained
from workbench.services.decisions import Act, Op, Value, sentence_id

NAMESPACE = uuid.UUID("6f3c7f0e-3d0b-5b8e-9a51-0f5f1f0c2a77")


def carry_over(
    session: Session,
    *,
    old: Article,
    new: Article,
    pairs: Sequence[tuple[SegmentRow, SegmentRow]],
    now: datetime,
) -> int:
    """Repeat everybody's answers on unchanged sentences; how many were repeated.

    Each is an event of its own that names the sentence it was taken from, under the label set and
    guideline that it was given under. The places of the project, and the talks about the old
    article, are held by whoever calls.
    """
    heirs = {before.id: (before, after) for before, after in pairs}
    rows = [row for row in versions.answers(session, article_id=old.id) if _says_something(row)]
    kept = [row for row in rows if row.sentence_id in heirs]
    asked = talks.of_articles(session, article_ids=[old.id])
    for reviewer_id, group in groupby(kept, key=lambda row: row.reviewer_id):
        place = versions.place(session, project_id=new.project_id, account_id=reviewer_id)
        if place is not None:
            given = list(group)
            _give(session, place, given, heirs, old=old, new=new, now=now)
            _take_along(session, asked, given, heirs)
    return len(kept)


def _take_along(
    session: Session,
    asked: Mapping[tuple[int, int], int],
    rows: Sequence[AnswerRow],
    heirs: Mapping[int, tuple[SegmentRow, SegmentRow]],
) -> None:
    """Move talks to the new sentences: a copy would have to be answered twice."""
    talk_of = {row.sentence_id: asked.get((row.sentence_id, row.reviewer_id)) for row in rows}
    to = {talk: heirs[key][1].id for key, talk in talk_of.items() if talk is not None}
    talks.move(session, to=to)


def _says_something(row: AnswerRow) -> bool:
    return row.status != "open" or row.is_flagged or bool(row.comment)


def _give(
    session: Session,
    place: Place,
    rows: list[AnswerRow],
    heirs: dict[int, tuple[SegmentRow, SegmentRow]],
    *,
    old: Article,
    new: Article,
    now: datetime,
) -> None:
    events, annotations = [], []
    for row in rows:
        before, after = heirs[row.sentence_id]
        source = sentence_id(old.public_id, before.start, before.end)
        name = sentence_id(new.public_id, after.start, after.end)
        event, annotation = _written(row, after, new.project_id, source=source, name=name, now=now)
        digest = chained(place.chain_hash, event)
        events.append(event | {"prev_hash": place.chain_hash, "hash": digest})
        annotations.append(annotation)
        place = replace(
            place,
            chain_hash=digest,
            n_events=place.n_events + 1,
            n_done=place.n_done + (after.is_queued and row.status != "open"),
        )
    answer_queries.add(
        session,
        events=events,
        annotations=annotations,
        label_ids=[[label_id for _, label_id in row.labels] for row in rows],
        origins=[row.sentence_id for row in rows],
    )
    mark = queue.first_open(
        session,
        project_id=new.project_id,
        reviewer_id=rows[0].reviewer_id,
        mark=place.queue_mark,
    )
    queue.move(session, to=replace(place, queue_mark=mark))


def _written(
    row: AnswerRow, after: SegmentRow, project_id: int, *, source: str, name: str, now: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """An answer's event, without the chain, and its annotation."""
    labels = tuple(key for key, _ in row.labels)
    start, end = row.mention_start, row.mention_end
    value = Value(
        row.status,
        labels,
        row.check_worthiness,
        row.comment,
        row.is_flagged,
        row.skip_reason,
        None if start is None or end is None else (start, end),
    )
    op_id = str(uuid.uuid5(NAMESPACE, f"{name} {row.reviewer_id} {source} {row.version}"))
    act = _act(row)
    common = {
        "project_id": project_id,
        "sentence_id": after.id,
        "reviewer_id": row.reviewer_id,
        "version": 1,
        "label_set_id": row.label_set_id,
        "guideline_id": row.guideline_id,
        "active_ms": 0,
    }
    op = Op(op_id, name, 0, act, labels, row.check_worthiness, copied_from=source)
    event = common | {
        "op_id": op_id,
        "act": str(act),
        "old": None,
        "new": value.as_json() | {"copied_from": source},
        "shown_at": None,
        "decided_at": row.decided_at,
        "stored_at": now,
        "payload_hash": op.payload_hash(),
    }
    annotation = common | {
        "article_id": after.article_id,
        "status": row.status,
        "check_worthiness": row.check_worthiness,
        "comment": row.comment,
        "mention_start": start,
        "mention_end": end,
        "is_flagged": row.is_flagged,
        "skip_reason": row.skip_reason,
        "suggestion_shown": row.suggestion_shown,
        "decided_at": now,
    }
    return event, annotation


def _act(row: AnswerRow) -> Act:
    if row.status == "labelled":
        return Act.LABEL
    if row.status == "skipped":
        return Act.SKIP
    return Act.FLAG if row.is_flagged else Act.COMMENT
