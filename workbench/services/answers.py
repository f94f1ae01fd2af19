"""Answers that were given before, elsewhere or on another version, written down in bulk.

Each becomes an event and an annotation, as if its reviewer had given it here: in their chain,
once only, and counted. What a reviewer answered here is never overwritten.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import answers as queries
from db.queries import queue
from db.queries.answers import VersionKeys
from workbench.errors import InputError
from workbench.services import coverage
from workbench.services.chains import chained
from workbench.services.decisions import Act, Op, Value, after

NO_REASON = "no reason was told"


@dataclass(frozen=True, slots=True)
class Answer:
    """One reviewer's answer on a sentence that is here.

    Attributes:
        op_id: A UUID that is the same for the same answer: it is written down once.
        sentence: The public id of the sentence.
        sentence_id: Its key.
        article_id: The key of its article.
        is_queued: Whether it stands in the queue.
        labels: Keys of labels; None where it was skipped.
        check_worthiness: 0, 1, 2 or not given.
        comment: What was written.
        active_ms: Milliseconds of attention.
        decided_at: When.
        label_set: The version of the label set in force then.
        guideline: The version of the guideline in force then.
        suggestion_shown: Whether a suggestion was on the screen.
        copied_from: The key of the sentence whose answer it repeats.
    """

    op_id: str
    sentence: str
    sentence_id: int
    article_id: int
    is_queued: bool
    labels: tuple[str, ...] | None
    check_worthiness: int | None
    comment: str | None
    active_ms: int
    decided_at: datetime
    label_set: int
    guideline: int
    suggestion_shown: bool = False
    copied_from: int | None = None


def give(
    session: Session,
    *,
    project_id: int,
    reviewer_id: int,
    answers: Sequence[Answer],
    versions: VersionKeys,
) -> int:
    """Write down one reviewer's answers, but those on sentences they have an annotation on.

    Where their search for the next sentence begins stays as it is, which is never too far on: to
    look for the first open one after each part would walk the whole queue as often.

    Args:
        session: The transaction.
        project_id: The project.
        reviewer_id: A member of it.
        answers: In the order they were given; at most one a sentence.
        versions: The project's label sets and guidelines.

    Returns:
        How many were written.

    Raises:
        InputError: The reviewer is no member, or a version or label does not exist here.
    """
    place = queue.place(session, project_id=project_id, account_id=reviewer_id, locked=True)
    if place is None:
        message = "Who gave these answers is no member of the project."
        raise InputError(message)
    ids = [answer.sentence_id for answer in answers]
    there = queries.answered(session, reviewer_id=reviewer_id, sentence_ids=ids)
    new = [answer for answer in answers if answer.sentence_id not in there]
    events, rows, given = [], [], []
    for answer in new:
        value, row, event, label_ids = _written(answer, project_id, reviewer_id, versions)
        digest = chained(place.chain_hash, event)
        events.append(event | {"prev_hash": place.chain_hash, "hash": digest})
        place = replace(
            place,
            chain_hash=digest,
            n_events=place.n_events + 1,
            active_ms=place.active_ms + answer.active_ms,
            n_done=place.n_done + (answer.is_queued and value.is_done),
        )
        rows.append(row)
        given.append(label_ids)
    origins = [answer.copied_from for answer in new]
    queries.add(session, events=events, annotations=rows, label_ids=given, origins=origins)
    if new:
        queue.move(session, to=place)
        project = session.get_one(Project, project_id)
        answered = [answer.sentence_id for answer in new]
        coverage.follow(session, project=project, sentence_ids=answered)
    return len(new)


def _written(
    answer: Answer, project_id: int, reviewer_id: int, versions: VersionKeys
) -> tuple[Value, dict[str, Any], dict[str, Any], list[int]]:
    """An answer's value, its annotation, its event without the chain, its labels' keys."""
    label_set_id, labels, guideline_id = _keys(answer, versions)
    act = Act.SKIP if answer.labels is None else Act.LABEL
    op = Op(
        op_id=answer.op_id,
        sentence=answer.sentence,
        base_version=0,
        act=act,
        labels=answer.labels or (),
        check_worthiness=answer.check_worthiness,
        reason=NO_REASON if answer.labels is None else None,
        comment=answer.comment,
        active_ms=answer.active_ms,
        decided_at=answer.decided_at,
    )
    value = after(Value(), op)
    common = {
        "project_id": project_id,
        "sentence_id": answer.sentence_id,
        "reviewer_id": reviewer_id,
        "version": 1,
        "label_set_id": label_set_id,
        "guideline_id": guideline_id,
        "active_ms": answer.active_ms,
        "decided_at": answer.decided_at,
    }
    row = common | {
        "article_id": answer.article_id,
        "status": value.status,
        "check_worthiness": value.check_worthiness,
        "comment": value.comment,
        "is_flagged": value.flagged,
        "skip_reason": value.reason,
        "suggestion_shown": answer.suggestion_shown,
    }
    event = common | {
        "op_id": answer.op_id,
        "act": str(act),
        "old": None,
        "new": value.as_json(),
        "shown_at": None,
        "stored_at": answer.decided_at,
        "payload_hash": op.payload_hash(),
    }
    return value, row, event, [labels[key] for key in value.labels]


def _keys(answer: Answer, versions: VersionKeys) -> tuple[int, dict[str, int], int]:
    try:
        labels = versions.labels.get(answer.label_set, {})
        unknown = set(answer.labels or ()) - labels.keys()
        if unknown:
            message = f"Version {answer.label_set} of the label set has no '{min(unknown)[:40]}'."
            raise InputError(message)
        return (
            versions.label_sets[answer.label_set],
            labels,
            versions.guidelines[answer.guideline],
        )
    except KeyError as error:
        message = f"There is no version {error.args[0]} of the label set or guideline here."
        raise InputError(message) from error
