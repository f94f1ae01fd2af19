"""Whatever is split, merged, changed, labelled and taken back: what stands is what a model says."""

import os
from dataclasses import dataclass, field, replace

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run
from loop import Desk, op
from repaired import Bench

from workbench.services.articles import BY_HAND, KINDS
from workbench.services.decisions import AckStatus, Act
from workbench.text.quotations import quote_groups
from workbench.text.segments import Segment

PICK = st.integers(0, 10**6)
TEXT = """Quay opens again

By Ada Lin

"We are \U0001f6a2 glad," she said. "It took long." The mayor is not.\u2028Nobody  asked why.

Sign up here
"""


@dataclass(frozen=True)
class Piece:
    start: int
    end: int
    kind: str
    queued: bool
    reason: str


@dataclass
class Model:
    """The pieces in order, what is labelled by whom, and what stood before each change."""

    text: str
    pieces: list[Piece]
    done: list[dict[tuple[int, int], bool]] = field(default_factory=lambda: [{}, {}])
    versions: list[dict[tuple[int, int], int]] = field(default_factory=lambda: [{}, {}])
    before: list[list[Piece]] = field(default_factory=list)

    def change(self, pieces: list[Piece]) -> None:
        self.before.append(self.pieces)
        self.pieces = pieces

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        piece = self.text[start:end]
        return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


class Repairs(RuleBasedStateMachine):
    """A manager repairs while two reviewers label, also what was retired."""

    @initialize(pick=st.uuids())
    def begin(self, pick):
        self.desk = Desk(*self.place)
        self.bench = Bench(self.desk, TEXT + f"\nNumber {pick} came.\n")
        self.people = [self.desk.reviewer, self.desk.actor()]
        text = self.bench.text()
        self.model = Model(text, self.stored())
        self.known = {(piece.start, piece.end) for piece in self.model.pieces}

    def stored(self):
        return [
            Piece(*map(int, name.partition(":")[2].split("-")), kind, queued, reason)
            for name, kind, queued, reason in self.bench.spans()
        ]

    def name(self, span):
        return f"{self.bench.article}:{span[0]}-{span[1]}"

    def chosen(self, pick):
        at = pick % len(self.model.pieces)
        return at, self.model.pieces[at]

    @rule(pick=PICK, where=PICK)
    def split(self, pick, where):
        at, piece = self.chosen(pick)
        text = self.model.text
        places = [
            n
            for n in range(piece.start + 1, piece.end)
            if text[piece.start : n].strip() and text[n : piece.end].strip()
        ]
        if not places:
            return
        place = places[where % len(places)]
        self.bench.do("split", sentence=self.name((piece.start, piece.end)), at=place)
        parts = [
            replace(piece, start=start, end=end)
            for start, end in (
                self.model.trimmed(piece.start, place),
                self.model.trimmed(place, piece.end),
            )
        ]
        self.model.change([*self.model.pieces[:at], *parts, *self.model.pieces[at + 1 :]])

    @rule(pick=PICK)
    def merge(self, pick):
        at, piece = self.chosen(pick)
        if at + 1 == len(self.model.pieces):
            return
        after = self.model.pieces[at + 1]
        self.bench.do("merge_with_next", sentence=self.name((piece.start, piece.end)))
        leading = after if after.queued and not piece.queued else piece
        whole = replace(leading, start=piece.start, end=after.end)
        self.model.change([*self.model.pieces[:at], whole, *self.model.pieces[at + 2 :]])

    @rule(pick=PICK, kind=st.sampled_from(KINDS), queued=st.booleans())
    def set_kind(self, pick, kind, queued):
        at, piece = self.chosen(pick)
        name = self.name((piece.start, piece.end))
        n = self.bench.do("set_kind", sentence=name, kind=kind, queued=queued)
        if (piece.kind, piece.queued) == (kind, queued):
            assert n == 0
            return
        changed = replace(piece, kind=kind, queued=queued, reason=BY_HAND)
        self.model.change([*self.model.pieces[:at], changed, *self.model.pieces[at + 1 :]])

    @rule()
    def take_back(self):
        if not self.model.before:
            return
        self.bench.take_back()
        self.model.pieces = self.model.before.pop()

    @rule(who=st.integers(0, 1), pick=PICK, act=st.sampled_from([Act.LABEL, Act.SKIP, Act.CLEAR]))
    def label(self, who, pick, act):
        spans = sorted(self.known)
        span = spans[pick % len(spans)]
        version = self.model.versions[who].get(span, 0)
        live = {(piece.start, piece.end): piece.queued for piece in self.model.pieces}
        if act is Act.CLEAR and not self.model.done[who].get(span):
            return
        if not version and not live.get(span, True):  # nobody is asked about it
            return
        reason = "menu" if act is Act.SKIP else None
        sent = op(self.name(span), version, act, reason=reason)
        ack = self.desk.send_one(sent, self.people[who])
        assert (ack.status, ack.version) == (AckStatus.APPLIED, version + 1)
        assert (ack.reason is None) == (span in live)
        self.model.versions[who][span] = version + 1
        self.model.done[who][span] = act is not Act.CLEAR

    @invariant()
    def what_stands_is_what_the_model_says(self):
        if hasattr(self, "model"):
            self.known |= {(piece.start, piece.end) for piece in self.model.pieces}
            assert self.stored() == self.model.pieces

    @invariant()
    def every_sign_is_in_one_piece_and_no_white_space_at_its_edges(self):
        for model in [self.model] if hasattr(self, "model") else []:
            texts = [model.text[piece.start : piece.end] for piece in model.pieces]
            assert "".join("".join(texts).split()) == "".join(model.text.split())
            assert texts == [text.strip() for text in texts]

    @invariant()
    def everybody_is_asked_in_order_about_what_they_have_not_done(self):
        for who, person in enumerate(getattr(self, "people", [])):
            queued = [p for p in self.model.pieces if p.queued]
            done = [p for p in queued if self.model.done[who].get((p.start, p.end))]
            window = self.desk.window(person, want=100)
            assert [item["id"] for item in window.items] == [
                self.name((p.start, p.end)) for p in queued if p not in done
            ]
            assert self.desk.progress(person) | {"seconds_per_sentence": 0} == {
                "done": len(done),
                "left": len(queued) - len(done),
                "seconds_per_sentence": 0,
            }

    @invariant()
    def quotations_are_grouped_as_they_stand(self):
        if hasattr(self, "model"):
            spans = [Segment(p.start, p.end, p.kind, p.reason) for p in self.model.pieces]
            stored = [group for _, retired, group in self.bench.rows() if not retired]
            if self.model.before:  # an import may not have grouped them yet
                assert stored == quote_groups(self.model.text, spans)

    def teardown(self):
        if hasattr(self, "desk"):
            assert self.desk.faults() == []


def test_repairs_do_what_the_model_says(own_engines, now):
    machine = type("OnOneEngine", (Repairs,), {"place": (own_engines, now)})

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
