// Where a sentence can be split, and where a person most likely wants it.

import assert from "node:assert/strict";
import test from "node:test";

import {
  codePoints,
  likeliest,
  nudge,
  parts,
  places,
  step,
} from "../../workbench/components/reader/cutting.js";

const seconds = (text, language = "en") => places(text, language).map((at) => text.slice(at));

test("a second part begins at a word, whatever stands in front of it", () => {
  assert.deepEqual(seconds("It is so. “We know” – all."), [
    "is so. “We know” – all.",
    "so. “We know” – all.",
    "“We know” – all.",
    "know” – all.",
    "– all.",
    "all.",
  ]);
});

test("what was glued together can be parted", () => {
  assert.ok(seconds("It ended.Next came rain.").includes("Next came rain."));
  assert.deepEqual(seconds("co-op 3.2"), ["3.2"]);
});

test("a script without spaces is parted between its words", () => {
  assert.ok(seconds("港は閉鎖された", "ja").length > 1);
});

test("one word has no place to be split at", () => {
  assert.deepEqual(places("Quay.", "en"), []);
  assert.deepEqual(places("", "en"), []);
});

test("the likeliest place is behind the first full stop, else the middle", () => {
  const first = "He said. “No.” She left.";
  assert.equal(first.slice(likeliest(first, places(first))), "“No.” She left.");
  const none = "one two three four";
  assert.equal(none.slice(likeliest(none, places(none))), "three four");
});

test("steps go from place to place and stop at the ends", () => {
  const found = [3, 7, 9];
  assert.deepEqual([step(found, 7, -1), step(found, 7, 1), step(found, 9, 1)], [3, 9, 9]);
  assert.deepEqual([step(found, 3, -1), step(found, 8, 1), step(found, 8, -1)], [3, 9, 7]);
});

test("a nudge goes by what a person sees as one character and leaves no part empty", () => {
  const text = "a👩‍🚀b";
  assert.equal(nudge(text, 1, 1), text.length - 1);
  assert.equal(nudge(text, text.length - 1, -1), 1);
  assert.equal(nudge(text, 1, -1), 1);
  assert.equal(nudge("ab ", 1, 1), 1);
});

test("the server is told code points", () => {
  assert.equal(codePoints("🚢🚢 It", 5), 3);
});

test("parts have no white space at their edges", () => {
  assert.deepEqual(parts("It is.  So", 8), ["It is.", "So"]);
});

test("an unknown language is no fault", () => {
  assert.deepEqual(seconds("one two", "not a language"), ["two"]);
});
