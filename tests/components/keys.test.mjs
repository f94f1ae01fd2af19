import assert from "node:assert/strict";
import { test } from "node:test";

import { ActiveClock, LONGEST_PAUSE } from "../../workbench/components/annotator/clock.js";
import { actOf, isTheirs, keyOf } from "../../workbench/components/annotator/keys.js";

const RULES = {
  labels: [
    { key: "claim", shortcut: "C" },
    { key: "dispute", shortcut: "D" },
  ],
  presets: [
    { key: "3", labels: ["claim", "attribution"] },
    { key: "0", labels: [] },
  ],
};

test("labels, presets and the fixed keys mean what they say", () => {
  const acts = {
    c: { act: "toggle", label: "claim" },
    D: { act: "toggle", label: "dispute" },
    3: { act: "preset", labels: ["claim", "attribution"] },
    0: { act: "preset", labels: [] },
    Enter: { act: "save" },
    n: { act: "none" },
    Z: { act: "undo" },
    V: { act: "copy" },
    ArrowLeft: { act: "back" },
    "?": { act: "keys" },
    7: null,
    r: null,
    Tab: null,
  };
  for (const [key, act] of Object.entries(acts)) assert.deepEqual(actOf({ key }, RULES), act, key);
});

test("a key is found under other alphabets and on keyboards with shifted digits", () => {
  assert.equal(keyOf({ key: "с", code: "KeyC" }), "c");
  assert.equal(keyOf({ key: "&", code: "Digit1" }), "1");
  assert.equal(keyOf({ key: "!", code: "Digit1", shiftKey: true }), "!");
  assert.equal(keyOf({ key: "é", code: "Digit2" }), "2");
});

const page = (dialog = null, state = "CONNECTED") => ({
  querySelector: (selector) =>
    selector === "[role=dialog]" ? dialog : { dataset: { testConnectionState: state } },
});
const streamlits = { closest: (selector) => (selector === "[data-testid=stDialog]" ? {} : null) };
const node = (...names) => ({
  matches: (selector) => names.some((name) => selector.split(", ").includes(name)),
  closest: (selector) => (names.some((name) => selector.split(", ").includes(name)) ? {} : null),
});
const press = (key, target = node("div"), changes = {}) => ({
  key,
  composedPath: () => [target],
  ...changes,
});

test("the page's own use of a key comes first", () => {
  assert.equal(isTheirs(press("c"), page()), false);
  assert.equal(isTheirs(press("c", node("textarea")), page()), true);
  assert.equal(isTheirs(press("c", node("div"), { ctrlKey: true }), page()), true);
  assert.equal(isTheirs(press("c", node("div"), { isComposing: true }), page()), true);
  assert.equal(isTheirs(press("c"), page(streamlits)), true);
});

test("a dialog that only says that the server is away takes no key", () => {
  assert.equal(isTheirs(press("c"), page(streamlits, "PINGING_SERVER")), false);
  assert.equal(isTheirs(press("c"), page({ closest: () => null }, "PINGING_SERVER")), true);
});

test("Enter presses a focused button; a letter does not mind it", () => {
  assert.equal(isTheirs(press("Enter", node("button")), page()), true);
  assert.equal(isTheirs(press("Enter"), page()), false);
  assert.equal(isTheirs(press("c", node("button")), page()), false);
});

test("time counts while there is activity, pauses up to a minute, hidden tabs not at all", () => {
  const clock = new ActiveClock();
  clock.start(0);
  clock.touch(4_000);
  clock.touch(4_000 + 10 * LONGEST_PAUSE);
  assert.equal(clock.read(4_000 + 10 * LONGEST_PAUSE), 4_000 + LONGEST_PAUSE);
  clock.start(1_000_000);
  clock.hide(1_002_000);
  clock.show(1_500_000);
  assert.equal(clock.read(1_501_000), 3_000);
});

test("a sentence that comes up in a hidden tab has taken no time", () => {
  const clock = new ActiveClock();
  clock.start(0, false);
  clock.touch(9_000);
  assert.equal(clock.read(10_000), 0);
});
