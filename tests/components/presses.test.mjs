import assert from "node:assert/strict";
import { test } from "node:test";

import { decision } from "../../workbench/components/annotator/answers.js";
import { Drafts } from "../../workbench/components/annotator/drafts.js";
import { Presses } from "../../workbench/components/annotator/presses.js";
import { UndoStack } from "../../workbench/components/annotator/undo.js";
import { FakeStorage, makeDesk, mine } from "./fakes.mjs";

function makePresses(storage = new FakeStorage()) {
  const desk = makeDesk({ storage });
  const drafts = new Drafts(desk.device, { reviewer: "r1", project: "p" });
  const undo = new UndoStack();
  const rules = { stamp: { label_set: 2, guideline: 1 } };
  const stock = { given: () => {}, place: (id) => ({ segment: { text: `Text of ${id}.` } }) };
  const presses = new Presses({ ...desk, drafts, rules, stock, undo });
  const claim = (...ids) => ids.map((id) => [id, decision("label", desk.answers.value(id), { labels: ["claim"] })]);
  return { ...desk, drafts, undo, presses, claim };
}

const ops = (outbox) => outbox.records.map(({ op }) => op);

test("each sentence of a press has an op of its own, in order, on the device at once", () => {
  const { storage, outbox, answers, presses, claim } = makePresses();
  answers.learn("s2", mine(3, { status: "open", comment: "hm" }));
  presses.record(claim("s1", "s2", "s3"), { project: "p", ms: 1000, shownAt: () => "then" });
  const given = ops(outbox);
  assert.deepEqual(given.map((op) => [op.sentence, op.base_version]), [["s1", 0], ["s2", 3], ["s3", 0]]);
  assert.equal(new Set(given.map((op) => op.op_id)).size, 3);
  assert.equal(new Set(given.map((op) => op.together)).size, 1);
  assert.deepEqual(given.map((op) => op.active_ms), [334, 333, 333]);
  assert.deepEqual(given.map((op) => [op.label_set, op.guideline, op.shown_at]), Array(3).fill([2, 1, "then"]));
  assert.equal(given[1].comment, "hm");
  const kept = makeDesk({ storage }).outbox;
  assert.deepEqual(ops(kept), given);
  assert.equal(kept.records[1].text, "Text of s2.");
});

test("one sentence alone came with nothing, and was not shown if nobody says so", () => {
  const { outbox, presses, claim } = makePresses();
  presses.record(claim("s1"), { project: "p" });
  const [op] = ops(outbox);
  assert.deepEqual([op.together, op.undoes, op.active_ms], [undefined, undefined, 0]);
  assert.equal(op.shown_at, op.decided_at);
});

test("an undo names the op it takes back and is none to take back itself", () => {
  const { outbox, undo, presses, claim } = makePresses();
  presses.record(claim("s1", "s2"), { project: "p" });
  const acts = undo.popPress();
  assert.deepEqual(acts.map(({ sentence }) => sentence), ["s2", "s1"]);
  const clear = acts.map(({ sentence }) => [sentence, decision("clear", null)]);
  presses.record(clear, { project: "p", undoes: acts.map(({ op_id }) => op_id) });
  const [one, two, back, first] = ops(outbox);
  assert.deepEqual([back.undoes, first.undoes], [two.op_id, one.op_id]);
  assert.equal(undo.canUndo, false);
});

test("what was begun on a sentence ends with its decision", () => {
  const { drafts, presses, claim } = makePresses();
  drafts.keep("s1", { answer: { labels: ["claim"], worth: null }, comment: "half" });
  presses.record(claim("s1"), { project: "p" });
  assert.deepEqual(drafts.of("s1"), { comment: "half" });
});

test("a comment that is taken back is begun again, unless another was begun since", () => {
  const { outbox, answers, drafts, presses } = makePresses();
  const mention = { start: 0, end: 4 };
  presses.record([["s1", decision("comment", null, { comment: "Which quay?", mention })]], { project: "p" });
  const takeBack = () => {
    const { op_id } = ops(outbox).at(-1);
    presses.record([["s1", decision("comment", answers.value("s1"), { comment: "" })]], { project: "p", undoes: [op_id] });
  };
  takeBack();
  assert.deepEqual(drafts.of("s1"), { comment: "Which quay?", mention });
  presses.record([["s1", decision("comment", null, { comment: "Which quay?" })]], { project: "p" });
  assert.deepEqual(drafts.of("s1"), {});
  drafts.keep("s1", { comment: "Which quay, and when?" });
  takeBack();
  assert.deepEqual(drafts.of("s1"), { comment: "Which quay, and when?" });
});
