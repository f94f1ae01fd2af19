import assert from "node:assert/strict";
import { test } from "node:test";

import { fold, restoring, UNTOUCHED } from "../../workbench/components/annotator/answers.js";
import { folded, standing } from "../../workbench/components/annotator/undo.js";
import { makeDesk } from "./fakes.mjs";

/** Events as the server tells them, from what a reviewer did. */
function makeHistory() {
  const answers = new Map();
  const events = [];
  const give = (sentence, act, changes, active_ms) => {
    const old = answers.get(sentence) ?? null;
    const op = { ...restoringFields(old), act, base_version: old?.version ?? 0, ...changes };
    answers.set(sentence, fold(old, op));
    const op_id = `${events.length}`;
    events.push({ op_id, sentence, act, active_ms, old, new: answers.get(sentence) });
  };
  return {
    events,
    label: (sentence, ...labels) => give(sentence, "label", { labels, check_worthiness: null }, 900),
    act: (sentence, act, changes) => give(sentence, act, changes, 0),
    undo() {
      const { sentence, act, before } = folded(events).at(-1);
      const op = restoring(act, before, answers.get(sentence) ?? UNTOUCHED);
      give(sentence, op.act, op, 0);
    },
  };
}

const restoringFields = (old) => ({ labels: [], check_worthiness: null, reason: null, ...old });
const sentences = (acts) => acts.map(({ sentence, act }) => `${sentence} ${act}`);

test("the newest decision is the first to be taken back", () => {
  const { events, label } = makeHistory();
  label("s1", "claim");
  label("s2");
  assert.deepEqual(sentences(folded(events)), ["s1 label", "s2 label"]);
});

test("what was taken back already is not taken back again", () => {
  const { events, label, act, undo } = makeHistory();
  label("s1", "claim");
  label("s1", "dispute");
  act("s1", "flag", { flagged: true });
  label("s2", "claim");
  for (const left of [["s1 label", "s1 label", "s1 flag"], ["s1 label", "s1 label"], ["s1 label"], []]) {
    undo();
    assert.deepEqual(sentences(folded(events)), left);
  }
});

test("a correction by hand is no undo, even back to what was there", () => {
  const { events, label } = makeHistory();
  for (const labels of [["claim"], ["dispute"], ["claim"]]) label("s1", ...labels);
  assert.equal(folded(events).length, 3);
  assert.deepEqual(folded(events).at(-1).before.labels, ["dispute"]);
});

const everywhere = { place: () => ({}) };

test("what the server has not heard of yet comes last, each op once", () => {
  const { events, label } = makeHistory();
  label("s1", "claim");
  const { outbox, answers, give } = makeDesk();
  answers.learn("s1", { ...events[0].new });
  give("s1", { labels: ["dispute"], active_ms: 5 });
  give("s2", { active_ms: 5 });
  outbox.add({ project: "q", text: "", op: { ...outbox.records[0].op, op_id: "elsewhere" } });
  const acts = standing({ project: "p", recent: events }, outbox.records, answers, everywhere);
  assert.deepEqual(sentences(acts), ["s1 label", "s1 label", "s2 label"]);
  assert.deepEqual(acts.map(({ before }) => before?.labels ?? null), [null, ["claim"], null]);
  const heard = [...events, ...outbox.records.slice(0, 2).map(({ op }) => ({ ...op, old: null, new: fold(null, op) }))];
  assert.equal(standing({ project: "p", recent: heard }, outbox.records, answers, everywhere).length, 3);
});

test("undo never passes over a decision whose sentence is not at hand", () => {
  const { events, label } = makeHistory();
  for (const sentence of ["s1", "s2", "s3"]) label(sentence, "claim");
  const { outbox, answers } = makeDesk();
  const stock = { place: (sentence) => (sentence === "s2" ? null : {}) };
  const acts = standing({ project: "p", recent: events }, outbox.records, answers, stock);
  assert.deepEqual(sentences(acts), ["s3 label"]);
});
