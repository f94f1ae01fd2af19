"""What ops mean for leases: whether a reviewer has a place to answer in, and what becomes of it.

A place is had by a lease or by an answer that was labelled. A lease that ran out holds it until
somebody else asks; then an answer that comes late takes a free place, or is refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.queries import demand, leases
from db.queries.annotations import SentenceKeys
from db.queries.demand import HELD
from db.queries.leases import Lease
from workbench.services import leasing, queue_settings
from workbench.services.decisions import Act, Op, Value

GIVEN_ON = (
    "Your lease on this sentence ran out and it was given to somebody else. "
    "Your answer is kept on this device."
)
FULL = "This sentence has all the reviewers it needs. Your answer is kept on this device."


class OpLeases:
    """The leases of one request's sentences; nothing at all where everybody sees every sentence."""

    def __init__(
        self,
        session: Session,
        project_id: int,
        reviewer_id: int,
        settings: Mapping[str, Any],
        *,
        now: datetime,
    ) -> None:
        """Begin without any: `load` reads them. The project's settings are those of this moment."""
        self.session = session
        self.project_id = project_id
        self.reviewer_id = reviewer_id
        self.now = now
        self.settings = queue_settings.stored_in(settings)
        self.found: dict[int, Lease] = {}
        self.has_lock = False
        self.is_due = False

    @property
    def is_on(self) -> bool:
        """Whether the project leases sentences."""
        return self.settings.overlap is not None

    def load(self, sentence_ids: Iterable[int]) -> None:
        """Read what the reviewer has of these, and hold it."""
        if self.is_on:
            self.found = leases.of_sentences(
                self.session, reviewer_id=self.reviewer_id, sentence_ids=set(sentence_ids)
            )
            half = self.now + self.settings.lease / 2
            self.is_due = any(
                each.leased_until < half for each in self.found.values() if each.state in HELD
            )

    def refusal(self, op: Op, keys: SentenceKeys, *, old: Value, new: Value) -> str | None:
        """Why the reviewer may not answer this sentence any more; None if they may.

        A free place is taken here, so that nobody else takes it.
        """
        if not self.is_on or not keys.is_queued or new.status != "labelled":
            return None
        mine = self.found.get(keys.id)
        if old.status == "labelled" or (mine is not None and mine.state in HELD):
            return None
        if self._take(keys):
            return None
        return FULL if mine is None or mine.state == "skipped" else GIVEN_ON

    def _take(self, keys: SentenceKeys) -> bool:
        self._lock()
        is_free = demand.take(
            self.session,
            project_id=self.project_id,
            sentence_id=keys.id,
            reviewer_id=self.reviewer_id,
        )
        if is_free:
            self._give(keys, "leased")
        return is_free

    def _give(self, keys: SentenceKeys, state: str) -> None:
        until = self.now + self.settings.lease
        leases.give(
            self.session,
            project_id=self.project_id,
            reviewer_id=self.reviewer_id,
            sentence_ids=[keys.id],
            state=state,
            now=self.now,
            until=until,
        )
        self.found |= leases.of_sentences(
            self.session, reviewer_id=self.reviewer_id, sentence_ids=[keys.id]
        )

    def follow(self, op: Op, keys: SentenceKeys, *, new: Value) -> None:
        """Let the assignment say what an op that was applied made of it."""
        if not self.is_on or op.act not in (Act.LABEL, Act.SKIP, Act.CLEAR):
            return
        mine = self.found.get(keys.id)
        holds = mine is not None and mine.state in HELD
        if new.status == "labelled":
            self._set(keys, "done")
        elif new.status == "skipped":
            self._set(keys, "skipped")
            self._give_up(keys, holds=holds)
        elif not keys.is_queued:
            self._set(keys, "released")
        elif holds or self._take(keys):
            self._set(keys, "leased")
        else:
            self._set(keys, "released")

    def _give_up(self, keys: SentenceKeys, *, holds: bool) -> None:
        if holds and keys.is_queued:
            self._lock()
            demand.change_taken(
                self.session, project_id=self.project_id, sentence_ids=[keys.id], by=-1
            )

    def _set(self, keys: SentenceKeys, state: str) -> None:
        mine = self.found.get(keys.id)
        if mine is None:
            self._give(keys, state)
        elif mine.state != state:
            if state == "leased":  # what was answered is open again: as if it had just been given
                until = self.now + self.settings.lease
                leases.renew(self.session, ids=[mine.id], until=until, is_anew=False)
                mine = replace(mine, leased_until=until)
            else:
                leases.set_state(self.session, ids=[mine.id], state=state)
            self.found[keys.id] = replace(mine, state=state)

    def _lock(self) -> None:
        if not self.has_lock:
            demand.lock(self.session, project_id=self.project_id)
            self.has_lock = True

    def finish(self) -> None:
        """Work renews: let all that the reviewer holds last again, when half the time is gone."""
        if self.is_due:
            leasing.renew(
                self.session,
                project_id=self.project_id,
                reviewer_id=self.reviewer_id,
                now=self.now,
                lease=self.settings.lease,
            )
