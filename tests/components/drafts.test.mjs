import assert from "node:assert/strict";
import { test } from "node:test";

import { Device } from "../../workbench/components/annotator/device.js";
import { Drafts, isAsAnswered, worthAfter } from "../../workbench/components/annotator/drafts.js";
import { FakeStorage, mine } from "./fakes.mjs";

const LABELS = [{ key: "claim" }, { key: "attribution" }];
const NEW = { reviewer: "r1", project: "p" };

function makeDrafts(storage = new FakeStorage(), whose = NEW) {
  return { storage, drafts: new Drafts(new Device(storage), whose) };
}

const claim = { labels: ["claim"], worth: 2 };

test("what is begun is there after a reload, for this reviewer and this project only", () => {
  const { storage, drafts } = makeDrafts();
  drafts.keep("s1", { answer: claim });
  drafts.keep("s1", { comment: "half a" });
  const later = makeDrafts(storage).drafts;
  assert.deepEqual(later.of("s1"), { answer: claim, comment: "half a" });
  assert.deepEqual([later.has("s1"), later.has("s2")], [true, false]);
  for (const other of [{ ...NEW, reviewer: "r2" }, { ...NEW, project: "q" }]) {
    assert.deepEqual(makeDrafts(storage, other).drafts.of("s1"), {});
  }
});

test("a decision ends what was begun of it, and leaves a comment begun", () => {
  const { storage, drafts } = makeDrafts();
  for (const act of ["label", "skip", "clear"]) {
    drafts.keep("s1", { answer: claim, reason: "menu", comment: "half a" });
    drafts.decided("s1", act);
    assert.deepEqual(drafts.of("s1"), { comment: "half a" });
  }
  drafts.decided("s1", "flag");
  assert.equal(drafts.has("s1"), true);
  drafts.decided("s1", "comment");
  assert.deepEqual([drafts.has("s1"), storage.length], [false, 0]);
});

test("the labels begun are shown before those answered, and only labels there are", () => {
  const { drafts } = makeDrafts();
  const answer = mine(1, { labels: ["attribution"], check_worthiness: 1 });
  const asAnswered = { labels: ["attribution"], worth: 1, isTouched: false };
  assert.deepEqual(drafts.begin("s1", answer, LABELS), asAnswered);
  drafts.keep("s1", { answer: { labels: ["claim", "gone"], worth: null } });
  assert.deepEqual(drafts.begin("s1", answer, LABELS), { labels: ["claim"], worth: null, isTouched: true });
  drafts.keep("s1", { answer: { labels: ["attribution"], worth: 1 } });
  assert.deepEqual(drafts.begin("s1", answer, LABELS), asAnswered);
  assert.deepEqual(drafts.begin(null, null, LABELS), { labels: [], worth: null, isTouched: false });
});

test("with a full device what is begun is kept in the tab", () => {
  const { storage, drafts } = makeDrafts();
  storage.isFull = true;
  drafts.keep("s1", { answer: claim });
  assert.deepEqual(drafts.of("s1"), { answer: claim });
});

test("a value cut short stops nothing", () => {
  const { storage, drafts } = makeDrafts();
  drafts.keep("s1", { answer: claim });
  for (const key of storage.map.keys()) storage.setItem(key, '{"answer":');
  assert.deepEqual(makeDrafts(storage).drafts.begin("s1", null, LABELS).labels, []);
});

test("labels switched on and off again are nothing begun", () => {
  assert.equal(isAsAnswered({ labels: [], worth: null }, null), true);
  assert.equal(isAsAnswered({ labels: [], worth: 0 }, null), false);
  assert.equal(isAsAnswered({ labels: ["b", "a"], worth: 1 }, mine(1, { labels: ["a", "b"], check_worthiness: 1 })), true);
});

test("check-worthiness goes round by its key and to a number by its button", () => {
  assert.deepEqual([null, 0, 1, 2].map((now) => worthAfter(now)), [0, 1, 2, null]);
  assert.deepEqual([worthAfter(0, 2), worthAfter(2, 2)], [2, null]);
});
