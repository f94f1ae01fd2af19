import assert from "node:assert/strict";
import { test } from "node:test";

import { fold, restoring, UNTOUCHED } from "../../workbench/components/annotator/answers.js";
import { folded, standing, UndoStack } from "../../workbench/components/annotator/undo.js";
import { makeDesk } from "./fakes.mjs";

/** Events as the server tells them, from what a reviewer did. */
function makeHistory() {
  const answers = new Map();
  const events = [];
  const give = (sentence, act, changes, marks = {}) => {
    const old = answers.get(sentence) ?? null;
    const op = { ...restoringFields(old), act, base_version: old?.version ?? 0, ...changes };
    answers.set(sentence, fold(old, op));
    const op_id = `${events.length}`;
    events.push({ op_id, sentence, act, old, ...marks });
  };
  return {
    events,
    now: (sentence) => answers.get(sentence),
    label: (sentence, ...labels) => give(sentence, "label", { labels, check_worthiness: null }),
    act: (sentence, act, changes) => give(sentence, act, changes),
    together(press, ...sentences) {
      const changes = { labels: ["claim"], check_worthiness: null };
      for (const sentence of sentences) give(sentence, "label", changes, { together: press });
    },
    undo() {
      for (const { op_id, sentence, act, before } of new UndoStack(folded(events)).popPress()) {
        const op = restoring(act, before, answers.get(sentence) ?? UNTOUCHED);
        give(sentence, op.act, op, { undoes: op_id });
      }
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

test("what one press decided is one to take back after a reload too", () => {
  const { events, label, together, undo } = makeHistory();
  label("s1", "claim");
  together("press", "s2", "s3", "s4");
  undo();
  assert.deepEqual(sentences(folded(events)), ["s1 label"]);
  together("again", "s2", "s3");
  label("s3", "dispute");
  undo();
  assert.deepEqual(sentences(folded(events)), ["s1 label", "s2 label", "s3 label"]);
  undo();
  assert.deepEqual(sentences(folded(events)), ["s1 label"]);
});

test("a correction by hand is no undo, even back to what was there, and in no time", () => {
  const { events, act } = makeHistory();
  for (const labels of [["claim"], ["dispute"], ["claim"]]) {
    act("s1", "label", { labels, check_worthiness: null });
  }
  assert.equal(folded(events).length, 3);
  assert.deepEqual(folded(events).at(-1).before.labels, ["dispute"]);
});

test("what the server has not heard of yet comes last, each op once", () => {
  const { events, label, now } = makeHistory();
  label("s1", "claim");
  const { outbox, answers, give } = makeDesk();
  answers.learn("s1", now("s1"));
  give("s1", { labels: ["dispute"], active_ms: 5 });
  give("s2", { active_ms: 5 });
  outbox.add({ project: "q", text: "", op: { ...outbox.records[0].op, op_id: "elsewhere" } });
  const acts = standing({ project: "p", recent: events }, outbox.records, answers);
  assert.deepEqual(sentences(acts), ["s1 label", "s1 label", "s2 label"]);
  assert.deepEqual(acts.map(({ before }) => before?.labels ?? null), [null, ["claim"], null]);
  const heard = [...events, ...outbox.records.slice(0, 2).map(({ op }) => ({ ...op, old: null }))];
  assert.equal(standing({ project: "p", recent: heard }, outbox.records, answers).length, 3);
});

test("an undo that the server has not heard of yet is none to take back", () => {
  const { events, label, now } = makeHistory();
  for (const sentence of ["s1", "s2"]) label(sentence, "claim");
  const { outbox, answers, give } = makeDesk();
  answers.learn("s2", now("s2"));
  give("s2", { act: "clear", undoes: events[1].op_id });
  give("s3", { together: "press" });
  give("s4", { together: "press" });
  const acts = standing({ project: "p", recent: events }, outbox.records, answers);
  assert.deepEqual(sentences(acts), ["s1 label", "s3 label", "s4 label"]);
  assert.deepEqual(acts.map(({ together }) => together), [null, "press", "press"]);
});

/** A stack of acts on sentences of articles, of which only some articles are here. */
function makeStack(ids, here) {
  const held = new Set(here);
  const gone = new Set();
  const stack = new UndoStack(
    ids.map((sentence) => ({ op_id: sentence, sentence, act: "label", before: null })),
    (id) => held.has(id.split(":")[0]) && !gone.has(id),
  );
  const come = (...articles) => {
    for (const article of articles) held.add(article);
    stack.looked(articles);
  };
  return { stack, gone, come };
}

const places = (article, n) => Array.from({ length: n }, (_, i) => `${article}:${i}-${i + 1}`);

test("an act whose article is not here is taken back once the article has come", () => {
  const { stack, come } = makeStack([...places("old", 1), ...places("new", 1)], ["new"]);
  assert.deepEqual(stack.wanted(), ["old"]);
  assert.equal(stack.popPress()[0].sentence, "new:0-1");
  assert.deepEqual([stack.canUndo, stack.popPress()], [false, []]);
  come("old");
  assert.deepEqual([stack.canUndo, stack.wanted()], [true, []]);
  assert.equal(stack.popPress()[0].sentence, "old:0-1");
});

test("nothing is asked for while undo has some way to go, and then the nearest first, a few at once", () => {
  const older = ["a", "b", "c", "d", "e", "f", "g"].flatMap((article) => places(article, 2));
  const { stack } = makeStack([...older, ...places("new", 25)], ["new"]);
  assert.deepEqual(stack.wanted(), []);
  for (let n = 0; n < 6; n += 1) stack.popPress();
  assert.deepEqual(stack.wanted(), ["g", "f", "e", "d", "c"]);
});

test("undo never passes over a decision whose sentence is no more", () => {
  const { stack, gone, come } = makeStack([...places("old", 3), ...places("new", 1)], ["new"]);
  gone.add("old:1-2");
  come("old");
  const popped = [stack.popPress(), stack.popPress(), stack.popPress()];
  assert.deepEqual(popped.map((acts) => acts[0]?.sentence), ["new:0-1", "old:2-3", undefined]);
  assert.deepEqual(stack.wanted(), []);
});
