"""Whatever two reviewers do, in whatever order: what is stored is what a plain model says."""

import os
import uuid
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run
from loop import Desk, op

from workbench.services.decisions import AckStatus, Act, Op
from workbench.services.permissions import Actor

LABELS = st.lists(st.sampled_from(["claim", "attribution", "dispute"]), unique=True)
WHO = st.integers(0, 1)
PICK = st.integers(0, 10**6)
OPEN = {"status": "open", "labels": [], "check_worthiness": None}
NOTHING: dict[str, Any] = {**OPEN, "comment": None, "flagged": False, "reason": None}


@dataclass
class Reviewer:
    """What one reviewer should have: the model."""

    actor: Actor
    values: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    sent: list[tuple[Op, int]] = field(default_factory=list)

    def version(self, sentence: str) -> int:
        return len(self.values.get(sentence, []))

    def value(self, sentence: str) -> dict[str, Any]:
        return self.values.get(sentence, [NOTHING])[-1]


class AnnotateLoop(RuleBasedStateMachine):
    """Two reviewers decide; retries, stale tabs, restarts and imports come between."""

    @initialize(pick=st.uuids())
    def begin(self, pick: uuid.UUID) -> None:
        self.desk = Desk(*self.place)  # type: ignore[attr-defined]
        self.sentences = self.desk.bring(f"One {pick} was.\nTwo were.\n")
        self.reviewers = [Reviewer(self.desk.actor()) for _ in range(2)]

    def send(self, who: int, pick: int, change: dict[str, Any], act: Act, **given: Any) -> None:
        me, sentence = self.reviewers[who], self.sentences[pick % len(self.sentences)]
        version = me.version(sentence)
        sent = op(sentence, version, act, **given)
        ack = self.desk.send_one(sent, me.actor)
        before, after = me.value(sentence), me.value(sentence) | change
        if act is Act.CLEAR and before == after:  # nothing to take back: no event
            assert (ack.status, ack.version) == (AckStatus.APPLIED, version)
            return
        assert (ack.status, ack.version) == (AckStatus.APPLIED, version + 1)
        me.values[sentence] = [*me.values.get(sentence, []), after]
        me.sent.append((sent, version + 1))

    @rule(who=WHO, pick=PICK, labels=LABELS, worth=st.none() | st.integers(0, 2))
    def label(self, who: int, pick: int, labels: list[str], worth: int | None) -> None:
        change = {**OPEN, "status": "labelled", "labels": sorted(labels), "reason": None}
        change["check_worthiness"] = worth
        self.send(who, pick, change, Act.LABEL, labels=tuple(labels), check_worthiness=worth)

    @rule(who=WHO, pick=PICK)
    def skip(self, who: int, pick: int) -> None:
        change = {**OPEN, "status": "skipped", "reason": "menu"}
        self.send(who, pick, change, Act.SKIP, reason="menu")

    @rule(who=WHO, pick=PICK)
    def clear(self, who: int, pick: int) -> None:
        self.send(who, pick, {**OPEN, "reason": None}, Act.CLEAR)

    @rule(who=WHO, pick=PICK, words=st.text("ab \U0001f600", max_size=5))
    def comment(self, who: int, pick: int, words: str) -> None:
        self.send(who, pick, {"comment": words.strip() or None}, Act.COMMENT, comment=words)

    @rule(who=WHO, pick=PICK, is_on=st.booleans())
    def flag(self, who: int, pick: int, is_on: bool) -> None:
        self.send(who, pick, {"flagged": is_on}, Act.FLAG, flagged=is_on)

    @rule(who=WHO, pick=PICK)
    def retry(self, who: int, pick: int) -> None:
        me = self.reviewers[who]
        if me.sent:
            again, version = me.sent[pick % len(me.sent)]
            ack = self.desk.send_one(again, me.actor)
            assert (ack.status, ack.version) == (AckStatus.REPLAYED, version)

    @rule(who=WHO, pick=PICK, off=st.sampled_from([-1, 1, 5]))
    def stale(self, who: int, pick: int, off: int) -> None:
        me, sentence = self.reviewers[who], self.sentences[pick % len(self.sentences)]
        version = me.version(sentence)
        if version + off >= 0:
            ack = self.desk.send_one(op(sentence, version + off), me.actor)
            assert (ack.status, ack.version) == (AckStatus.CONFLICT, version)
            assert (ack.current or {}).get("labels", []) == me.value(sentence)["labels"]

    @rule(who=WHO, pick=PICK)
    def steal(self, who: int, pick: int) -> None:
        other = self.reviewers[1 - who]
        if other.sent:
            used, _ = other.sent[pick % len(other.sent)]
            stolen = self.desk.send_one(used, self.reviewers[who].actor)
            assert stolen.status is AckStatus.REFUSED

    @rule(pick=st.uuids())
    def new_article(self, pick: uuid.UUID) -> None:
        if len(self.sentences) < 8:
            known = set(self.sentences)
            self.desk.reviewer = self.desk.actor()
            found = self.desk.bring(f"Fresh {pick} came.\nIt went.\n")
            self.sentences += [sentence for sentence in found if sentence not in known]

    @rule()
    def restart(self) -> None:
        self.desk.engines.dispose()

    @rule(minutes=st.integers(-600, 600))
    def turn_the_clock(self, minutes: int) -> None:
        self.desk.later(minutes=minutes)

    @invariant()
    def the_answers_are_the_models(self) -> None:
        for me in getattr(self, "reviewers", []):
            left = [i["id"] for i in self.desk.window(me.actor, want=100).items]
            done = [s for s in self.sentences if me.value(s)["status"] != "open"]
            assert sorted(left) == sorted(set(self.sentences) - set(done))
            assert self.desk.progress(me.actor)["done"] == len(done)
            for sentence in me.values:
                mine = self.desk.mine(sentence, me.actor)
                assert mine == {**me.value(sentence), "version": me.version(sentence)}

    @invariant()
    def every_event_is_there_once(self) -> None:
        if hasattr(self, "reviewers"):
            ours = {one.op_id for me in self.reviewers for one, _ in me.sent}
            assert sorted(ours) == sorted(self.desk.op_ids())

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            assert self.desk.faults() == []


def test_the_annotate_loop_does_what_the_model_says(own_engines, now):
    machine = type("OnOneEngine", (AnnotateLoop,), {"place": (own_engines, now)})

    run(
        machine,
        settings=settings(
            max_examples=int(os.environ.get("WORKBENCH_TEST_EXAMPLES") or 8),
            stateful_step_count=20,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
