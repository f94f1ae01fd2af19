import assert from "node:assert/strict";
import { test } from "node:test";

import { lastReply, newInWords } from "../../workbench/components/annotator/talk.js";

const reply = (by, text) => ({ by, text, section: "", at: "2026-03-03" });

test("new replies are counted in words, and none is nothing", () => {
  assert.deepEqual([0, 1, 2].map(newInWords), ["", "1 new reply", "2 new replies"]);
});

test("the line below the article is the last reply of somebody else", () => {
  const remarks = [reply("Mia", "First."), reply("Mia", "Then\n this."), reply("", "And why?")];
  assert.deepEqual(lastReply({ remarks }), { by: "Mia", words: "Then this." });
});

test("without a reply there is no line", () => {
  assert.equal(lastReply(undefined), null);
  assert.equal(lastReply({ remarks: [reply("", "And why?")] }), null);
});

test("a long reply is cut between code points", () => {
  const { words } = lastReply({ remarks: [reply("Mia", "\u{1f600}".repeat(200))] });
  assert.equal(words, `${"\u{1f600}".repeat(90)}…`);
});
