import assert from "node:assert/strict";
import { test } from "node:test";

import { Again } from "../../workbench/components/annotator/again.js";

test("one comes after the other, and nothing after the last", () => {
  const again = new Again();
  again.begin(["a", "b", "c"]);
  assert.equal(again.after("a"), "b");
  assert.equal(again.after("b"), "c");
  assert.equal(again.after("c"), null);
  assert.equal(again.has("a"), false);
});

test("what was passed over comes at the end", () => {
  const again = new Again();
  again.begin(["a", "b", "c"]);
  assert.equal(again.after("b"), "c");
  assert.equal(again.after("c"), "a");
});

test("a sentence that is not in the line leads nowhere", () => {
  const again = new Again();
  again.begin(["a", "a"]);
  assert.equal(again.after("x"), null);
  assert.equal(again.has("a"), true);
  assert.equal(again.after("a"), null);
});
