"""One request's ops: what they need is read once, what they change is written in order."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.grouping import shared
from db.models import Project
from db.queries import annotations, events, queue
from db.queries.annotations import InForce, SentenceKeys, Stored
from db.queries.queue import Place
from workbench.errors import InputError
from workbench.services import asking
from workbench.services.chains import chained
from workbench.services.decisions import (
    Ack,
    AckStatus,
    Act,
    BadOp,
    Op,
    Value,
    after,
    credible,
    fault,
    parse_sentence_id,
    remembered,
)
from workbench.services.op_leases import OpLeases
from workbench.services.values import as_mine as as_mine
from workbench.services.values import mention_columns, value_of

DECISIONS = (Act.LABEL, Act.SKIP, Act.CLEAR)
NOT_HERE = "This sentence is not in the project."
NOT_QUEUED = "This segment is not in the queue. Bring it in on its article's page first."
USED = "This op id was used for another decision."
log = logging.getLogger(__name__)
STALE = "The sentence was split, merged or replaced since. Your answer is kept on the old one."


class OpBatch:
    """The ops of one request: what they need is read once, what they change written in order."""

    def __init__(
        self, session: Session, *, reviewer_id: int, project: Project, place: Place, now: datetime
    ) -> None:
        """Start at a locked place of the reviewer's."""
        self.session = session
        self.reviewer_id = reviewer_id
        self.project_id = project_id = project.id
        self.place = place
        self.found_at = place
        self.now = now
        self.in_force = shared(
            session,
            ("in force", project_id),
            lambda: annotations.in_force(session, project_id=project_id),
        )
        settings = self.in_force.settings  # read by now, after whoever changed them was done
        self.leases = OpLeases(session, project_id, reviewer_id, settings, now=now)
        self.past: dict[tuple[int, int], InForce] = {}
        self.lowest = place.queue_mark
        self.n_incredible = 0

    def _under(self, op: Op) -> InForce:
        """What the op was decided under: what was on the screen, not what came in force since.

        A version that never was is taken for the newest.
        """
        newest = self.in_force
        asked = (op.label_set or newest.label_set_version, op.guideline or newest.guideline_version)
        if asked == (newest.label_set_version, newest.guideline_version):
            return newest
        if asked not in self.past:
            label_set, guideline = asked
            found = annotations.under(
                self.session, project_id=self.project_id, label_set=label_set, guideline=guideline
            )
            self.past[asked] = found or newest
        return self.past[asked]

    def load(self, ops: Sequence[Op | BadOp]) -> None:
        """Read what the ops are about."""
        spans = {op.sentence: _span(op.sentence) for op in ops if isinstance(op, Op)}
        found = annotations.with_mine(
            self.session,
            project_id=self.project_id,
            reviewer_id=self.reviewer_id,
            spans={span for span in spans.values() if span},
        )
        self.sentences = {name: found[span][0] for name, span in spans.items() if span in found}
        self.sources = self._sources({op.copied_from for op in ops if isinstance(op, Op)})
        self.stored = {keys.id: stored for keys, stored in found.values() if stored}
        self.leases.load(keys.id for keys, _ in found.values())

    def _sources(self, names: Iterable[str | None]) -> dict[str, int]:
        # What is gone since (an import that was undone) leaves an answer that repeats nothing.
        spans = {name: span for name in names if name and (span := _span(name))}
        found = {}
        for name, (article, start, end) in spans.items():
            keys = annotations.sentence_keys(
                self.session, project_id=self.project_id, article=article, start=start, end=end
            )
            if keys is not None:
                found[name] = keys.id
        return found

    def _source(self, op: Op, keys: SentenceKeys) -> int | None:
        source = self.sources.get(op.copied_from or "")
        return source if op.act is Act.LABEL and source != keys.id else None

    def apply(self, op: Op) -> Ack:
        """Apply one op: its event and the annotation it changes, or neither."""
        payload = op.payload_hash()
        keys = self.sentences.get(op.sentence)
        stored = self.stored.get(keys.id) if keys else None
        version = stored.version if stored else 0
        wrong = self._wrong(op, keys, stored)
        if keys is None or wrong:
            refused = Ack(op.op_id, AckStatus.REFUSED, reason=wrong)
            return self._earlier(op, payload, keys) or refused
        if op.base_version != version:
            current = Ack(op.op_id, AckStatus.CONFLICT, version=version, current=as_mine(stored))
            return self._earlier(op, payload, keys) or current
        old = value_of(stored)
        new = after(old, op)
        if op.act is Act.CLEAR and new == old:  # nothing to take back, and nothing to remember
            same = Ack(op.op_id, AckStatus.APPLIED, version=version, current=as_mine(stored))
            return self._earlier(op, payload, keys) or same
        given_on = self.leases.refusal(op, keys, old=old, new=new)
        if given_on:
            refused = Ack(op.op_id, AckStatus.REFUSED, version=version, reason=given_on)
            return self._earlier(op, payload, keys) or refused
        if not self._append(op, keys, version=version + 1, payload=payload, old=old, new=new):
            taken = Ack(op.op_id, AckStatus.REFUSED, reason=USED)
            return self._earlier(op, payload, keys) or taken
        self._store(op, keys, stored=stored, version=version + 1, new=new)
        self._count(op, keys, was_done=old.is_done, is_done=new.is_done)
        self.leases.follow(op, keys, new=new)
        who = {"project_id": self.project_id, "reviewer_id": self.reviewer_id}
        asking.note(self.session, sentence_id=keys.id, old=old, new=new, now=self.now, **who)
        return Ack(op.op_id, AckStatus.APPLIED, version=version + 1, reason=_remark(keys))

    def _wrong(self, op: Op, keys: SentenceKeys | None, stored: Stored | None) -> str | None:
        if keys is None:
            return NOT_HERE
        is_known = keys.is_queued or keys.is_stale  # a browser may have had it before
        if not is_known and stored is None:  # what left the queue later can be corrected
            return NOT_QUEUED
        return fault(op, known_labels=frozenset(self._under(op).labels))

    def _time(self, moment: datetime | None) -> datetime | None:
        told = credible(moment, now=self.now)
        self.n_incredible += told is not moment
        return told

    def _earlier(self, op: Op, payload: str, keys: SentenceKeys | None) -> Ack | None:
        # Asked for only when an op cannot be applied: one that was is at a version gone by.
        used = events.by_op(self.session, op_id=op.op_id)
        if used is None:
            return None
        if used[:2] == (self.reviewer_id, payload):
            return Ack(op.op_id, AckStatus.REPLAYED, version=used[2], reason=_remark(keys))
        return Ack(op.op_id, AckStatus.REFUSED, reason=USED)

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
            "new": remembered(op, new, repeats=self._source(op, keys) is not None),
            "label_set_id": self._under(op).label_set_id,
            "guideline_id": self._under(op).guideline_id,
            "active_ms": op.active_ms,
            "shown_at": self._time(op.shown_at),
            "decided_at": self._time(op.decided_at),
            "stored_at": self.now,
            "payload_hash": payload,
        }
        digest = chained(self.place.chain_hash, event)
        event |= {"prev_hash": self.place.chain_hash, "hash": digest}
        if not events.append(self.session, event=event):
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
            **mention_columns(new),
            "is_flagged": new.flagged,
            "skip_reason": new.reason,
            "active_ms": active,
        }
        if stored is None or op.act in DECISIONS:  # a comment leaves the versions as they were
            values |= {
                "label_set_id": self._under(op).label_set_id,
                "guideline_id": self._under(op).guideline_id,
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
                label_ids=[self._under(op).labels[key] for key in new.labels],
                had=bool(stored and stored.labels),
            )
            annotations.set_origin(
                self.session,
                annotation_id=row_id,
                sentence_id=self._source(op, keys),
                had=stored is not None,
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
            **mention_columns(new),
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
        if self.n_incredible:
            log.warning(
                "A browser's clock is wrong: left out %s that it told; stored with the server's.",
                "1 time" if self.n_incredible == 1 else f"{self.n_incredible} times",
            )
        if self.place == self.found_at:
            return self.place
        self.leases.finish()
        mark = queue.first_open(
            self.session,
            project_id=self.project_id,
            reviewer_id=self.reviewer_id,
            mark=self.lowest,
        )
        self.place = replace(self.place, queue_mark=mark)
        queue.move(self.session, to=self.place)
        return self.place


def _span(name: str) -> tuple[str, int, int] | None:
    try:
        return parse_sentence_id(name)
    except InputError:
        return None


def _remark(keys: SentenceKeys | None) -> str | None:
    return STALE if keys and keys.is_stale else None
