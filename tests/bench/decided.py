"""Decisions in bulk: annotations, their labels and events, as if a person had made them."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.engine import Engines, transaction
from db.models import (
    Annotation,
    AnnotationEvent,
    AnnotationLabel,
    Membership,
    Project,
    Sentence,
)
from db.models.naming import table
from tests.bench import prose
from tests.bench.fill import NOON, SLUG, Person, insert, past_ids
from workbench.services import projects

LABELS = (("claim",), ("attribution",), ("attribution", "claim"), (), ("claim", "dispute"))


APART = timedelta(seconds=4)


def decisions(pair: Engines, person: Person, n: int, *, first: datetime = NOON) -> None:
    """The first `n` sentences of the queue labelled by a person, one every four seconds."""
    with transaction(pair) as session:
        project = session.query(Project).filter_by(slug=SLUG).one()
        rules = projects.rules(session, project_id=project.id)
        keys = {label.key: label.id for label in rules.labels}
        top = session.execute(sa.select(sa.func.coalesce(sa.func.max(Annotation.id), 0))).scalar()
        common = {
            "project_id": project.id,
            "reviewer_id": person.account_id,
            "label_set_id": rules.label_set_id,
            "guideline_id": rules.guideline_id,
        }
        insert(session, Annotation, (_annotation(common, top, i, first) for i in range(n)))
        insert(
            session,
            AnnotationLabel,
            (
                {"annotation_id": top + i + 1, "label_id": keys[key]}
                for i in range(n)
                for key in LABELS[i % len(LABELS)]
            ),
        )
        insert(session, AnnotationEvent, (_event(common, top, i, first) for i in range(n)))
        _stand(session, project.id, person, n)
        past_ids(session)


def _annotation(common: dict[str, Any], top: int, i: int, first: datetime) -> dict[str, Any]:
    return {
        "id": top + i + 1,
        "article_id": i // prose.SENTENCES + 1,
        "sentence_id": i + 1,
        "version": 1,
        "status": "labelled",
        "is_flagged": False,
        "active_ms": 4210,
        "suggestion_shown": False,
        "decided_at": first + i * APART,
        **common,
    }


def _event(common: dict[str, Any], top: int, i: int, first: datetime) -> dict[str, Any]:
    moment = first + i * APART
    new = {"status": "labelled", "labels": list(LABELS[i % len(LABELS)]), "check_worthiness": None}
    return {
        "op_id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{top}:{i}")),
        "sentence_id": i + 1,
        "act": "label",
        "version": 1,
        "new": new,
        "active_ms": 4210,
        "stored_at": moment,
        "payload_hash": "0" * 64,
        "prev_hash": "0" * 64,
        "hash": "0" * 64,
        **common,
    }


def _stand(session: Session, project_id: int, person: Person, n: int) -> None:
    after = session.execute(
        sa.select(sa.func.min(table(Sentence).c.queue_key)).where(table(Sentence).c.id > n)
    ).scalar()
    last = session.execute(sa.select(sa.func.max(table(Sentence).c.queue_key))).scalar()
    session.execute(
        sa.update(Membership)
        .where(Membership.project_id == project_id, Membership.account_id == person.account_id)
        .values(n_done=n, n_events=n, active_ms=4210 * n, queue_mark=after or last + 1)
    )
