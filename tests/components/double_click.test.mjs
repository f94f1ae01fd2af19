import assert from "node:assert/strict";
import test from "node:test";

import { ignoreDoubleClicks } from "../../workbench/components/annotator/double_click.js";

/** Which of some clicks on one button, at these times in ms, press it. */
function pressing(times) {
  let hear = null;
  ignoreDoubleClicks({ addEventListener: (_, listener) => (hear = listener) });
  const button = { matches: (name) => name === "button", dataset: {} };
  return times.filter((timeStamp) => {
    let isHeard = true;
    hear({
      detail: 1,
      clientX: 100,
      clientY: 100,
      timeStamp,
      composedPath: () => [button],
      preventDefault: () => {},
      stopImmediatePropagation: () => (isHeard = false),
    });
    return isHeard;
  });
}

test("the second half of a double click presses nothing", () => {
  assert.deepEqual(pressing([0, 150]), [0]);
});

test("of quick taps that go on, one counts every 300 ms", () => {
  assert.deepEqual(pressing([0, 200, 400, 600, 800]), [0, 400, 800]);
});
