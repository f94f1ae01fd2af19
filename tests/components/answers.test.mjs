import assert from "node:assert/strict";
import { test } from "node:test";

import {
  decision,
  fold,
  isOpen,
  restoring,
  sameDecision,
} from "../../workbench/components/annotator/answers.js";
import { UndoStack } from "../../workbench/components/annotator/undo.js";
import { makeDesk, makeOp, mine } from "./fakes.mjs";

test("what is on its way is laid over what the server has", () => {
  const { answers, give } = makeDesk();
  answers.learn("s1", mine(2, { labels: ["dispute"], comment: "why" }));
  give("s1", { labels: ["claim"], check_worthiness: 2 });
  const now = answers.value("s1");
  assert.deepEqual(
    [now.version, now.labels, now.check_worthiness, now.comment],
    [3, ["claim"], 2, "why"],
  );
});

test("older news does not undo newer", () => {
  const { answers, outbox, give } = makeDesk();
  const op = give("s1");
  outbox.settle(op.op_id);
  answers.settled(op);
  assert.equal(answers.learn("s1", null, 0), false);
  assert.deepEqual(answers.value("s1").labels, ["claim"]);
});

test("in a conflict the server's word counts, even where it knows less", () => {
  const { answers } = makeDesk();
  answers.learn("s1", mine(3));
  answers.correct("s1", null, 0);
  assert.equal(answers.base("s1"), 0);
  assert.equal(answers.isOpen("s1"), true);
});

test("a comment or a flag decides nothing", () => {
  assert.equal(isOpen(fold(null, makeOp("s1", 0, { act: "flag", flagged: true }))), true);
  assert.equal(isOpen(fold(null, makeOp("s1", 0, { act: "comment", comment: "hm" }))), true);
});

test("taking a comment away sends an empty one", () => {
  const before = mine(1, { comment: null });
  const op = restoring("comment", before, mine(2, { comment: "hm" }));
  assert.equal(op.comment, "");
  assert.equal(fold(mine(2, { comment: "hm" }), { ...op, base_version: 2 }).comment, null);
});

const undone = (act, before, changes) => {
  const given = { ...decision(act, before, changes), base_version: before?.version ?? 0 };
  const now = fold(before, given);
  return fold(now, { ...restoring(act, before, now), base_version: now.version });
};

test("undo brings back what stood before, whatever it was", () => {
  for (const before of [
    mine(1, { labels: ["claim"], check_worthiness: 1 }),
    mine(1, { status: "skipped", reason: "unclear" }),
    mine(1, { status: "open", comment: "look", flagged: true }),
    null,
  ]) {
    const acts = {
      label: { labels: ["dispute"], check_worthiness: 2, reason: null },
      skip: { labels: [], check_worthiness: null, reason: "unclear" },
      flag: { flagged: !before?.flagged },
      comment: { comment: "other" },
    };
    for (const [act, changes] of Object.entries(acts)) {
      const after = undone(act, before, changes);
      const wanted = before ?? mine(0, { status: "open" });
      assert.ok(sameDecision(after, wanted), `${act} over ${JSON.stringify(before)}`);
      assert.deepEqual([after.comment, after.flagged], [wanted.comment, wanted.flagged]);
      assert.equal(after.version, wanted.version + 2);
    }
  }
});

test("the newest act is taken back first; one the server did not take, never", () => {
  const undo = new UndoStack();
  for (const op_id of ["a", "b", "c"]) undo.push({ op_id, sentence: op_id, act: "label" });
  undo.drop("c");
  const popped = [undo.popPress(), undo.popPress(), undo.popPress()];
  assert.deepEqual(popped.map((acts) => acts.map(({ op_id }) => op_id)), [["b"], ["a"], []]);
});

test("what one press decided is taken back by one, newest first, and nothing beside it", () => {
  const undo = new UndoStack();
  const together = "one press";
  for (const op_id of ["a", "b"]) undo.push({ op_id, sentence: op_id, act: "label" });
  for (const op_id of ["c", "d", "e"]) undo.push({ op_id, sentence: op_id, act: "label", together });
  undo.push({ op_id: "f", sentence: "c", act: "label" });
  undo.drop("d");
  const popped = [undo.popPress(), undo.popPress(), undo.popPress()];
  assert.deepEqual(popped.map((acts) => acts.map(({ op_id }) => op_id)), [["f"], ["e", "c"], ["b"]]);
});

test("what is kept is told by what it comes to, whatever was taken back of it", () => {
  const { answers, give } = makeDesk();
  assert.deepEqual(answers.kept(), { labels: 0, others: 0 });
  for (let n = 0; n < 30; n += 1) give(`s${n}`);
  for (let n = 25; n < 30; n += 1) give(`s${n}`, { act: "clear" });
  assert.deepEqual(answers.kept(), { labels: 25, others: 0 });
  give("s3", { act: "flag", flagged: true });
  give("s4", { act: "comment", comment: "Which quay?" });
  give("s40", { act: "skip", reason: "unclear" });
  assert.deepEqual(answers.kept(), { labels: 25, others: 3 });
});

test("where all that is kept was taken back again, there is one change to send", () => {
  const { answers, give } = makeDesk();
  give("s1");
  give("s1", { act: "clear" });
  assert.deepEqual(answers.kept(), { labels: 0, others: 1 });
});

test("the count runs ahead by what is on its way, and no further", () => {
  const { answers, outbox, give } = makeDesk();
  answers.learn("s2", mine(1));
  const op = give("s1");
  give("s1", { labels: [] });
  give("s2", { labels: ["dispute"] });
  give("s3", { act: "flag", flagged: true });
  assert.equal(answers.uncounted(), 1);
  give("s2", { act: "clear" });
  assert.equal(answers.uncounted(), 0);
  outbox.settle(op.op_id);
  answers.settled(op);
  assert.equal(answers.uncounted(), -1);
});
