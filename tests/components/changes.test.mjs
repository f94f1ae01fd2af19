import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Changes } from "../../workbench/components/reader/changes.js";

const LONG = 60_000;
let sent;
let n_lost;
let changes;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  [sent, n_lost] = [[], 0];
  changes = new Changes({ onLost: () => (n_lost += 1) });
  changes.send = (change) => sent.push(change);
});

const acts = () => sent.map(({ act }) => act);

test("changes go one at a time, in the order in which they were asked for", () => {
  changes.add({ act: "split" });
  changes.add({ act: "merge" });
  assert.deepEqual(acts(), ["split"]);
  assert.equal(changes.answered({ id: sent[0].id, error: "" }), true);

  assert.deepEqual(acts(), ["split", "merge"]);
});

test("what was asked for in view of a change that is refused is not done", () => {
  changes.add({ act: "split" });
  changes.add({ act: "merge" });
  changes.answered({ id: sent[0].id, error: "No." });

  assert.deepEqual(acts(), ["split"]);
  assert.equal(changes.isBusy, false);
});

test("an answer that comes when nobody waits for it any longer is an answer all the same", () => {
  changes.add({ act: "split" });
  mock.timers.tick(LONG);
  assert.deepEqual([n_lost, changes.isBusy], [1, false]);

  assert.equal(changes.answered({ id: sent[0].id, error: "" }), true);
  assert.equal(changes.answered({ id: sent[0].id, error: "" }), false);
});

test("an answer to something else is none", () => {
  changes.add({ act: "split" });
  assert.equal(changes.answered({ id: "other", error: "" }), false);
  assert.equal(changes.answered(null), false);
  assert.equal(changes.isBusy, true);
});
