"""One request's ops: what they need is read once, what they change is written in order."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from db.queries import annotations, queue
from db.queries.annotations import SentenceKeys, Stored
from db.queries.queue import Place
from workbench.errors import InputError
from workbench.services.decisions import (
    Ack,
    AckStatus,
    Act,
    BadOp,
    Op,
    Value,
    after,
    chained,
    fault,
    parse_sentence_id,
)

log = logging.getLogger(__name__)
MAX_CLOCK_STEP_BACK = timedelta(seconds=5)
DECISIONS = (Act.LABEL, Act.SKIP, Act.CLEAR)


class OpBatch:
    """The ops of one request: what they need is read once, what they change written in order."""

    def __init__(
        self, session: Session, *, reviewer_id: int, project_id: int, place: Place, now: datetime
    ) -> None:
        """Start at a locked place of the reviewer's."""
        self.session = session
        self.reviewer_id = reviewer_id
        self.project_id = project_id
        self.place = place
        self.found_at = place
        self.now = self._steady(now)
        self.label_set_id, self.guideline_id = annotations.rule_ids(session, project_id=project_id)
        self.labels = annotations.label_keys(session, label_set_id=self.label_set_id)
        self.lowest = place.queue_mark

    def _steady(self, now: datetime) -> datetime:
        # A clock that was set back must not put an event before the one it follows.
        last = annotations.latest_event_at(
            self.session, project_id=self.project_id, reviewer_id=self.reviewer_id
        )
        if last is None or now >= last - MAX_CLOCK_STEP_BACK:
            return now
        log.warning("The clock is %s behind the last event: that one's time is used.", last - now)
        return last

    def load(self, ops: Sequence[Op | BadOp]) -> None:
        """Read what the ops are about."""
        readable = [op for op in ops if isinstance(op, Op)]
        self.used = annotations.events_by_op(self.session, op_ids=[op.op_id for op in readable])
        self.sentences: dict[str, SentenceKeys | None] = {
            name: self._sentence(name) for name in {op.sentence for op in readable}
        }
        ids = [keys.id for keys in self.sentences.values() if keys]
        self.stored = annotations.of_sentences(
            self.session, reviewer_id=self.reviewer_id, sentence_ids=ids
        )

    def _sentence(self, name: str) -> SentenceKeys | None:
        try:
            article, start, end = parse_sentence_id(name)
        except InputError:
            return None
        return annotations.sentence_keys(
            self.session, project_id=self.project_id, article=article, start=start, end=end
        )

    def apply(self, op: Op) -> Ack:
        """Apply one op: its event and the annotation it changes, or neither."""
        payload = op.payload_hash()
        if op.op_id in self.used:
            return self._replay(op, payload)
        keys = self.sentences.get(op.sentence)
        if keys is None:
            reason = "This sentence is not in the project."
            return Ack(op.op_id, AckStatus.REFUSED, reason=reason)
        wrong = fault(op, known_labels=frozenset(self.labels))
        if wrong:
            return Ack(op.op_id, AckStatus.REFUSED, reason=wrong)
        stored = self.stored.get(keys.id)
        version = stored.version if stored else 0
        if op.base_version != version:
            return Ack(op.op_id, AckStatus.CONFLICT, version=version, current=as_mine(stored))
        old = _value(stored)
        new = after(old, op)
        if not self._append(op, keys, version=version + 1, payload=payload, old=old, new=new):
            reason = "This op id was used for another decision."
            return Ack(op.op_id, AckStatus.REFUSED, reason=reason)
        self.used[op.op_id] = (self.reviewer_id, payload, version + 1)
        self._store(op, keys, stored=stored, version=version + 1, new=new)
        self._count(op, keys, was_done=old.is_done, is_done=new.is_done)
        return Ack(op.op_id, AckStatus.APPLIED, version=version + 1)

    def _replay(self, op: Op, payload: str) -> Ack:
        reviewer_id, stored_payload, version = self.used[op.op_id]
        if (reviewer_id, stored_payload) == (self.reviewer_id, payload):
            return Ack(op.op_id, AckStatus.REPLAYED, version=version)
        reason = "This op id was used for another decision."
        return Ack(op.op_id, AckStatus.REFUSED, reason=reason)

    def _append(
        self, op: Op, keys: SentenceKeys, *, version: int, payload: str, old: Value, new: Value
    ) -> bool:
        event: dict[str, Any] = {
            "op_id": op.op_id,
            "project_id": self.project_id,
            "sentence_id": keys.id,
            "reviewer_id": self.reviewer_id,
            "act": str(op.act),
            "version": version,
            "old": old.as_json() if version > 1 else None,
            "new": new.as_json(),
            "label_set_id": self.label_set_id,
            "guideline_id": self.guideline_id,
            "active_ms": op.active_ms,
            "shown_at": op.shown_at,
            "decided_at": op.decided_at,
            "stored_at": self.now,
            "payload_hash": payload,
        }
        digest = chained(self.place.chain_hash, event)
        event |= {"prev_hash": self.place.chain_hash, "hash": digest}
        if not annotations.append(self.session, event=event):
            return False
        self.place = replace(self.place, chain_hash=digest, n_events=self.place.n_events + 1)
        return True

    def _store(
        self, op: Op, keys: SentenceKeys, *, stored: Stored | None, version: int, new: Value
    ) -> None:
        active = (stored.active_ms if stored else 0) + op.active_ms
        values: dict[str, Any] = {
            "version": version,
            "status": new.status,
            "check_worthiness": new.check_worthiness,
            "comment": new.comment,
            "is_flagged": new.flagged,
            "skip_reason": new.reason,
            "active_ms": active,
        }
        if stored is None or op.act in DECISIONS:  # a comment leaves the versions as they were
            values |= {
                "label_set_id": self.label_set_id,
                "guideline_id": self.guideline_id,
                "decided_at": self.now,
            }
        if stored is None:
            row_id = annotations.create(
                self.session,
                values=values
                | {
                    "project_id": self.project_id,
                    "article_id": keys.article_id,
                    "sentence_id": keys.id,
                    "reviewer_id": self.reviewer_id,
                    "suggestion_shown": False,
                },
            )
        else:
            row_id = stored.id
            moved = annotations.advance(
                self.session, annotation_id=row_id, base_version=version - 1, values=values
            )
            assert moved, "the membership row is locked: nobody else can be here"  # noqa: S101
        if op.act in DECISIONS:
            annotations.set_labels(
                self.session,
                annotation_id=row_id,
                label_ids=[self.labels[key] for key in new.labels],
                had=bool(stored and stored.labels),
            )
        self.stored[keys.id] = Stored(
            row_id,
            keys.id,
            version,
            new.status,
            new.labels,
            new.check_worthiness,
            new.comment,
            new.flagged,
            new.reason,
            active,
        )

    def _count(self, op: Op, keys: SentenceKeys, *, was_done: bool, is_done: bool) -> None:
        by = (is_done - was_done) if keys.is_queued else 0
        if by < 0:
            self.lowest = min(self.lowest, keys.queue_key)
        self.place = replace(
            self.place,
            n_done=self.place.n_done + by,
            active_ms=self.place.active_ms + op.active_ms,
        )

    def finish(self) -> Place:
        """Write down where the reviewer stands now."""
        if self.place == self.found_at:
            return self.place
        mark = queue.first_open(
            self.session,
            project_id=self.project_id,
            reviewer_id=self.reviewer_id,
            mark=self.lowest,
        )
        self.place = replace(self.place, queue_mark=mark)
        queue.move(self.session, to=self.place)
        return self.place


def _value(stored: Stored | None) -> Value:
    if stored is None:
        return Value()
    return Value(
        stored.status,
        stored.labels,
        stored.check_worthiness,
        stored.comment,
        stored.is_flagged,
        stored.skip_reason,
    )


def as_mine(stored: Stored | None) -> dict[str, Any] | None:
    """A stored annotation as the browser gets it; None where there is none."""
    return {"version": stored.version, **_value(stored).as_json()} if stored else None
