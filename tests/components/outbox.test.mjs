import assert from "node:assert/strict";
import { test } from "node:test";

import { newOpId } from "../../workbench/components/annotator/outbox.js";
import { FakeStorage, makeDesk, makeOp, mine } from "./fakes.mjs";

const sentences = (records) => records.map((record) => record.op.sentence);

test("what an earlier page left is sent first, in the order it was given", () => {
  const storage = new FakeStorage();
  const before = makeDesk({ storage });
  for (const sentence of ["s3", "s1", "s2"]) before.give(sentence);
  const after = makeDesk({ storage });
  after.give("s4");
  assert.deepEqual(sentences(after.outbox.batch()), ["s3", "s1", "s2", "s4"]);
});

test("order survives a clock that was set back between two pages", () => {
  const storage = new FakeStorage();
  makeDesk({ storage, now: () => 9_000_000 }).give("first");
  const later = makeDesk({ storage, now: () => 1 });
  later.give("second");
  assert.deepEqual(sentences(makeDesk({ storage }).outbox.batch()), ["first", "second"]);
});

test("a decision is on the device before anything else can happen", () => {
  const { storage, give } = makeDesk();
  const op = give("s1");
  assert.equal(JSON.parse(storage.getItem(`wb:r1:${op.op_id}`)).op.sentence, "s1");
});

test("another reviewer's decisions and other keys are not taken for one's own", () => {
  const storage = new FakeStorage();
  storage.setItem("wb:r1:set:hint", "seen");
  storage.setItem("wb:r1:not-an-op", "{}");
  makeDesk({ storage, reviewer: "r2" }).give("theirs");
  assert.equal(makeDesk({ storage }).outbox.size, 0);
});

test("a value cut short is left where it is and stops nothing", () => {
  const storage = new FakeStorage();
  const { give } = makeDesk({ storage });
  storage.setItem("wb:r1:00000000-0000-4000-8000-ffffffffffff", '{"seq":1,"op"');
  give("s1");
  assert.deepEqual(sentences(makeDesk({ storage }).outbox.batch()), ["s1"]);
  assert.equal(storage.length, 2);
});

test("with a full device a decision is kept in the tab, and that is told", () => {
  const { storage, outbox, give } = makeDesk();
  storage.isFull = true;
  const op = give("s1");
  assert.equal(outbox.inTabOnly, true);
  outbox.settle(op.op_id);
  assert.equal(outbox.inTabOnly, false);
});

test("a batch has at most fifty ops of one project", () => {
  const { outbox, give } = makeDesk();
  for (let i = 0; i < 60; i += 1) give(`s${i}`);
  assert.equal(outbox.batch().length, 50);
  const other = makeDesk();
  other.give("s1");
  other.outbox.add({ project: "q", text: "", op: makeOp("t1", 0) });
  assert.deepEqual(sentences(other.outbox.batch()), ["s1"]);
});

test("a second op on a sentence waits for the first one's answer", () => {
  const { outbox, give } = makeDesk();
  give("s1");
  give("s2");
  give("s1", { act: "clear" });
  give("s3");
  assert.deepEqual(sentences(outbox.batch()), ["s1", "s2"]);
});

test("a second op counts on the first before its answer is there", () => {
  const { answers, give } = makeDesk();
  answers.learn("s1", mine(4));
  assert.deepEqual([give("s1"), give("s1"), give("s1")].map((op) => op.base_version), [4, 5, 6]);
});

test("a refused op leaves the version; what was counted on it moves down", () => {
  const storage = new FakeStorage();
  const { outbox, answers, give } = makeDesk({ storage });
  const refused = give("s1", { act: "comment", comment: "x" });
  give("s1");
  outbox.hold(refused.op_id, { kind: "refused", reason: "no" });
  assert.equal(outbox.batch()[0].op.base_version, 0);
  assert.equal(makeDesk({ storage }).outbox.batch()[0].op.base_version, 0);
  assert.equal(answers.base("s1"), 1);
});

test("a conflict takes later ops on its sentence with it, on the device too", () => {
  const storage = new FakeStorage();
  const { outbox, give } = makeDesk({ storage });
  const first = give("s1");
  give("s2");
  give("s1", { act: "flag", flagged: true });
  outbox.hold(first.op_id, { kind: "conflict", current: mine(1), version: 1 });
  const again = makeDesk({ storage }).outbox;
  assert.deepEqual(sentences(again.batch()), ["s2"]);
  assert.deepEqual(again.held.map((held) => held.ops.map((op) => op.act)), [["label", "flag"]]);
});

test("a held decision stays until the reviewer lets it go", () => {
  const storage = new FakeStorage();
  const { outbox, give } = makeDesk({ storage });
  const op = give("s1");
  outbox.hold(op.op_id, { kind: "refused", reason: "no" });
  assert.equal(makeDesk({ storage }).outbox.held.length, 1);
  outbox.release(op.op_id);
  assert.equal(makeDesk({ storage }).outbox.held.length, 0);
  assert.equal(storage.length, 0);
});

test("what another tab has had the answer for is not sent again", () => {
  const { outbox, give } = makeDesk();
  const op = give("s1");
  const heard = outbox.heard({ key: `wb:r1:${op.op_id}`, newValue: null });
  assert.equal(heard.what, "settled");
  assert.equal(outbox.size, 0);
});

test("a storage that is cleared takes nothing that the tab still holds", () => {
  const { outbox, give } = makeDesk();
  give("s1");
  assert.equal(outbox.heard({ key: null, newValue: null }), null);
  assert.equal(outbox.size, 1);
});

test("another tab's new decision is told, not taken", () => {
  const { outbox } = makeDesk();
  const record = { seq: 1, project: "p", text: "", op: makeOp("s1", 0) };
  const key = `wb:r1:${record.op.op_id}`;
  assert.equal(outbox.heard({ key, newValue: JSON.stringify(record) }).what, "elsewhere");
  assert.equal(outbox.size, 0);
});

test("an op id is a version 4 UUID where randomUUID is missing", () => {
  const plain = { getRandomValues: (bytes) => bytes.fill(255) };
  assert.equal(newOpId(plain), "ffffffff-ffff-4fff-bfff-ffffffffffff");
});
