import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Front } from "../../workbench/components/annotator/front.js";

let living; // the annotators that hear keys, by the names of their roots
let made;
let front;

beforeEach(() => {
  [living, made] = [[], []];
  front = new Front({
    make(root, data) {
      made.push(root.name);
      living.push(root.name);
      root.says = data;
      return {
        update: (given) => (root.says = given),
        dispose: () => (living = living.filter((name) => name !== root.name)),
      };
    },
    hide: (root) => (root.says = "nothing"),
  });
});

const place = (name) => ({ name, isConnected: true });

function leave(root, cleanup) {
  root.isConnected = false;
  cleanup();
}

test("the new one replaces the one before, also while that still stands there", () => {
  const [dam, quay] = [place("dam"), place("quay")];
  const damGoes = front.give(dam, { project: "dam" });
  front.give(quay, { project: "quay" });

  assert.deepEqual([living, dam.says], [["quay"], "nothing"]);
  leave(dam, damGoes);
  assert.deepEqual(living, ["quay"]);
});

test("one that is given something new is the same one, and is in force again if it was not", () => {
  const [dam, quay] = [place("dam"), place("quay")];
  front.give(dam, { n: 1 });
  front.give(dam, { n: 2 });
  assert.deepEqual([made, dam.says], [["dam"], { n: 2 }]);
  front.give(quay, { n: 3 });
  front.give(dam, { n: 4 });

  assert.deepEqual([living, dam.says, quay.says], [["dam"], { n: 4 }, "nothing"]);
});

test("a change of theme leaves behind the one that was replaced", () => {
  const [dam, quay] = [place("dam"), place("quay")];
  const [there, here] = [{ n: 1 }, { n: 2 }];
  front.give(dam, there);
  front.give(quay, here);
  front.give(dam, there);
  front.give(quay, here);

  assert.deepEqual([living, made], [["quay"], ["dam", "quay"]]);
});

test("the one before is in force again if the new one goes and it stays", () => {
  const [dam, quay] = [place("dam"), place("quay")];
  front.give(dam, { n: 1 });
  leave(quay, front.give(quay, { n: 2 }));

  assert.deepEqual([living, dam.says], [["dam"], { n: 1 }]);
});

test("none is left in force when all have gone, in whatever order that is told", () => {
  for (const order of [[0, 1], [1, 0]]) {
    const places = [place("dam"), place("quay")];
    const goes = places.map((each) => front.give(each, { n: each.name }));
    for (const each of places) each.isConnected = false;
    for (const n of order) goes[n]();
    assert.deepEqual(living, []);
  }
});

test("what was cleaned up late ends no newer one", () => {
  const dam = place("dam");
  const late = front.give(dam, { n: 1 });
  front.give(dam, { n: 2 });
  late();

  assert.deepEqual([living, dam.says], [["dam"], { n: 2 }]);
});
