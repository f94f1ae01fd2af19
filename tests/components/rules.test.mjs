import assert from "node:assert/strict";
import { test } from "node:test";

import { Rules } from "../../workbench/components/annotator/rules.js";

const OLD = {
  labels: ["old"],
  presets: [],
  guideline: { version: 3 },
  version: { label_set: 2, guideline: 3 },
  cursor: "1",
};
const NEW = { ...OLD, labels: ["new"], version: { label_set: 4, guideline: 3 }, cursor: "2" };

test("a decision says what was on the screen, whatever came since", () => {
  const rules = new Rules(OLD);
  rules.keep(NEW);
  assert.deepEqual(rules.stamp, { label_set: 2, guideline: 3 });
});

test("new data is taken, the labels on the screen stay", () => {
  const kept = new Rules(OLD).keep(NEW);
  assert.deepEqual(kept, { ...OLD, cursor: "2" });
});

test("newer rules are told of once for each version", () => {
  const rules = new Rules(OLD);
  const notices = [null, 4, 4, 5].map((version) => version && { kind: "label_set", version });
  assert.deepEqual(
    notices.map((notice) => rules.isNews(notice)),
    [false, true, false, true],
  );
});
