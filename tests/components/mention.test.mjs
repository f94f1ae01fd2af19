import assert from "node:assert/strict";
import { test } from "node:test";

import { fold, restoring } from "../../workbench/components/annotator/answers.js";
import { asMention, asUnits, find, quoted, sameMention } from "../../workbench/components/annotator/mention.js";
import { mine } from "./fakes.mjs";

const TEXT = "A \u{1f600} said 380 targets, he said.";

test("what is selected is counted in code points, without the white space around it", () => {
  const start = TEXT.indexOf(" 380");
  const mention = asMention(TEXT, { start, end: start + " 380 targets,".length });
  assert.deepEqual(mention, { start: 9, end: 21 });
  assert.equal(quoted(TEXT, mention), "380 targets,");
  assert.equal(TEXT.slice(...Object.values(asUnits(TEXT, mention))), "380 targets,");
});

test("white space alone mentions nothing", () => {
  assert.equal(asMention(TEXT, { start: 1, end: 2 }), null);
  assert.equal(asMention(TEXT, { start: 3, end: 3 }), null);
});

test("typed words are found as they stand, else whatever their case", () => {
  assert.equal(quoted(TEXT, find(TEXT, " HE SAID ")), "he said");
  assert.equal(quoted("Us and us", find("Us and us", "us")), "us");
  assert.deepEqual(find("Us and us", "us"), { start: 7, end: 9 });
  assert.equal(find(TEXT, "nobody"), null);
  assert.equal(find(TEXT, "  "), null);
});

test("letters that change their length with their case are not taken for others", () => {
  assert.equal(find("\u0130\u0130 said so", "SAID SO"), null);
  assert.equal(quoted("\u0130\u0130 said so", find("\u0130\u0130 said so", "said so")), "said so");
});

test("a mention is the same by its places", () => {
  assert.ok(sameMention(null, undefined));
  assert.ok(sameMention({ start: 1, end: 2 }, { end: 2, start: 1 }));
  assert.ok(!sameMention({ start: 0, end: 2 }, null));
});

test("a comment has the mention it was given with, and loses it when it is taken away", () => {
  const mention = { start: 1, end: 2 };
  const asked = fold(mine(1), { base_version: 1, act: "comment", comment: "Why?", mention });
  assert.deepEqual(asked.mention, mention);
  const labelled = fold(asked, { base_version: 2, act: "label", labels: [], check_worthiness: null });
  assert.deepEqual(labelled.mention, mention);
  assert.equal(fold(asked, { base_version: 2, act: "comment", comment: "", mention }).mention, null);
});

test("undo brings back what the comment was about", () => {
  const mention = { start: 1, end: 2 };
  const before = { ...mine(1), comment: "Why?", mention };
  assert.deepEqual(restoring("comment", before, mine(2)).mention, mention);
  assert.equal(restoring("comment", mine(1), before).mention, null);
});
