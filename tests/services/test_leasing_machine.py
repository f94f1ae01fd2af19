"""Whatever a team does, in whatever order: the queue is what a plain model of it says."""

import os
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run
from leased import LEASE, Team
from loop import op

from db.engine import Engines, reading
from workbench.services import accounts, checking
from workbench.services.decisions import AckStatus, Act
from workbench.services.leasing import GRACE
from workbench.services.permissions import OPERATOR, Actor

WHO = st.integers(0, 2)
PICK = st.integers(0, 10**6)
OVERLAP = 2
HELD = ("leased", "done")


@dataclass
class Reviewer:
    """What one reviewer should have: the model. A lease is kept until somebody sweeps it."""

    actor: Actor
    states: dict[str, str] = field(default_factory=dict)
    until: dict[str, datetime] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    is_gone: bool = False

    def leased(self) -> set[str]:
        return {name for name, state in self.states.items() if state == "leased"}


class Queue(RuleBasedStateMachine):
    """Three reviewers lease, answer, skip, take back, wait and leave; articles come between."""

    @initialize(pick=st.uuids())
    def begin(self, pick: uuid.UUID) -> None:
        self.team = Team(*self.place, overlap=OVERLAP)  # type: ignore[attr-defined]
        self.sentences = self.team.bring_all(f"One {pick} was.\nTwo were.\n")
        self.people = [Reviewer(self.team.actor()) for _ in range(3)]

    def n_taken(self, sentence: str) -> int:
        return sum(each.states.get(sentence) in HELD for each in self.people)

    def sweep(self, me: Reviewer) -> None:
        for each in self.people:
            for sentence in each.leased():
                if each is not me and each.until[sentence] <= self.team.now:
                    each.states[sentence] = "expired"

    def renew(self, me: Reviewer) -> None:
        held = me.leased()
        if held and min(me.until[s] for s in held) - self.team.now < LEASE / 2:
            me.until |= dict.fromkeys(held, self.team.now + LEASE)

    def next_for(self, me: Reviewer) -> list[str]:
        """What is open for a reviewer: the least covered first, each level in reading order."""
        is_seen = {s for s, state in me.states.items() if state in (*HELD, "skipped")}
        return [
            sentence
            for level in range(OVERLAP)
            for sentence in self.sentences
            if self.n_taken(sentence) == level and sentence not in is_seen
        ]

    @rule(who=WHO, want=st.sampled_from([1, 4]))
    def hold(self, who: int, want: int) -> None:
        self.ask(self.people[who], want)

    def ask(self, me: Reviewer, want: int) -> None:
        if me.is_gone:
            return
        self.sweep(me)
        self.renew(me)
        missing = max(0, want - len(me.leased()))
        for sentence in self.next_for(me)[:missing]:
            me.states[sentence] = "leased"
            me.until[sentence] = self.team.now + LEASE
        assert set(self.team.hold(me.actor, want)) == me.leased()

    @rule(who=WHO)
    def everybody_holds_and_goes_home(self, who: int) -> None:
        for me in self.people:
            self.ask(me, 4)
        self.team.later(minutes=11)
        self.ask(self.people[who], 4)

    @rule(who=WHO, other=WHO)
    def work_slowly(self, who: int, other: int) -> None:
        me = self.people[who]
        self.ask(me, 4)
        self.team.later(minutes=6)
        for sentence in sorted(me.leased())[:1]:
            self.answer(me, sentence)
        self.team.later(minutes=6)
        self.ask(self.people[other], 4)

    def send(self, me: Reviewer, sentence: str, act: Act, **given: str) -> AckStatus:
        version = me.versions.get(sentence, 0)
        ack = self.team.send_one(op(sentence, version, act, **given), me.actor)
        if ack.status is AckStatus.APPLIED:
            me.versions[sentence] = ack.version
        return ack.status

    def work(self, me: Reviewer, sentence: str) -> None:
        """An op that is applied renews what its reviewer holds, if half of that time is gone."""
        if me.states.get(sentence) in HELD and me.until[sentence] - self.team.now < LEASE / 2:
            self.renew(me)

    @rule(who=WHO, pick=PICK)
    def label(self, who: int, pick: int) -> None:
        if not self.people[who].is_gone:
            self.answer(self.people[who], self.sentences[pick % len(self.sentences)])

    def answer(self, me: Reviewer, sentence: str) -> None:
        state = me.states.get(sentence)
        may = state in HELD or self.n_taken(sentence) < OVERLAP
        self.work(me, sentence)
        status = self.send(me, sentence, Act.LABEL)
        assert status is (AckStatus.APPLIED if may else AckStatus.REFUSED)
        if may:
            if state not in HELD:
                me.until[sentence] = self.team.now + LEASE
            me.states[sentence] = "done"

    @rule(who=WHO, pick=PICK)
    def skip(self, who: int, pick: int) -> None:
        me, sentence = self.people[who], self.sentences[pick % len(self.sentences)]
        if me.is_gone:
            return
        self.work(me, sentence)
        assert self.send(me, sentence, Act.SKIP, reason="a menu") is AckStatus.APPLIED
        me.states[sentence] = "skipped"
        me.until.setdefault(sentence, self.team.now + LEASE)

    @rule(who=WHO, pick=PICK)
    def take_back(self, who: int, pick: int) -> None:
        me, sentence = self.people[who], self.sentences[pick % len(self.sentences)]
        state = me.states.get(sentence)
        if me.is_gone or state not in ("done", "skipped"):
            return
        is_free = self.n_taken(sentence) < OVERLAP
        self.work(me, sentence)
        assert self.send(me, sentence, Act.CLEAR) is AckStatus.APPLIED
        has_it = state == "done" or is_free
        me.states[sentence] = "leased" if has_it else "released"
        if has_it:
            me.until[sentence] = self.team.now + LEASE

    @rule(who=WHO)
    def close_the_page(self, who: int) -> None:
        me = self.people[who]
        if me.is_gone:
            return
        assert self.team.hand_back(me.actor, self.team.items(me.actor)) == len(me.leased())
        me.until |= dict.fromkeys(me.leased(), self.team.now + GRACE)

    @rule(who=WHO)
    def free(self, who: int) -> None:
        me = self.people[who]
        if me.states:
            assert self.team.release(reviewer=me.actor.public_id) == len(me.leased())
            me.states |= dict.fromkeys(me.leased(), "released")

    @rule(who=WHO)
    def leave_or_come_back(self, who: int) -> None:
        me = self.people[who]
        act = accounts.bring_back if me.is_gone else accounts.remove
        with self.team.transaction() as session:
            asked = {"actor": OPERATOR, "name": me.actor.name, "now": self.team.now}
            act(session, project_slug=self.team.project.slug, **asked)
        me.is_gone = not me.is_gone
        me.states |= dict.fromkeys(me.leased(), "released")

    @rule(pick=st.uuids())
    def new_article(self, pick: uuid.UUID) -> None:
        if len(self.sentences) < 4:  # few, so that reviewers meet at them
            self.sentences += self.team.bring_all(f"Fresh {pick} came.\nIt went.\n")

    @rule(minutes=st.sampled_from([-3, 4, 6, 11, 11]))
    def wait(self, minutes: int) -> None:
        self.team.later(minutes=minutes)

    @invariant()
    def everybody_holds_what_the_model_says(self) -> None:
        if hasattr(self, "people"):
            held = {me.actor.account_id: me.leased() for me in self.people if me.leased()}
            assert self.team.leased() == held

    @invariant()
    def no_sentence_has_more_than_it_needs(self) -> None:
        for sentence in getattr(self, "sentences", []):
            assert self.n_taken(sentence) <= OVERLAP

    @invariant()
    def as_many_are_open_as_the_model_says(self) -> None:
        if hasattr(self, "people"):
            n_open = sum(self.n_taken(sentence) < OVERLAP for sentence in self.sentences)
            assert self.team.n_open() == n_open


def without_waiting_for_the_disk(engines: Engines) -> None:
    """No power is cut here, and half of an example would be spent waiting for the disk."""
    if engines.path is not None:
        raw = engines.write.raw_connection()  # the only one that writes
        raw.driver_connection.execute("PRAGMA synchronous=OFF")
        raw.close()
        return
    with engines.write.begin() as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
    engines.dispose()  # connections that are made from now on have it


def test_the_queue_does_what_the_model_says(own_engines, now):
    without_waiting_for_the_disk(own_engines)
    machine = type("OnOneEngine", (Queue,), {"place": (own_engines, now)})

    run(
        machine,
        settings=settings(
            max_examples=int(os.environ.get("WORKBENCH_TEST_EXAMPLES") or 16),
            stateful_step_count=30,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )

    # Once, for what all examples have left: after each it would look at those before it again.
    with reading(own_engines) as session:
        assert list(checking.faults(session, actor=OPERATOR)) == []
