import assert from "node:assert/strict";
import { test } from "node:test";

import { savingWords } from "../../workbench/components/annotator/bar.js";
import {
  answerInWords,
  blocks,
  day,
  listed,
  number,
  oddities,
  quotation,
  offerWords,
  timeLeft,
  turns,
} from "../../workbench/components/annotator/text.js";
import { mine } from "./fakes.mjs";

test("numbers are grouped from 10,000 on", () => {
  assert.deepEqual([number(41), number(9999), number(12345)], ["41", "9999", "12\u2009345"]);
});

test("the time left is said no finer than it is known", () => {
  assert.equal(timeLeft(0, 7.5), null);
  assert.equal(timeLeft(53, null), null);
  assert.equal(timeLeft(2, 5), "less than a minute left");
  assert.equal(timeLeft(8, 7.5), "about 1 minute left");
  assert.equal(timeLeft(72, 7.5), "about 9 minutes left");
  assert.equal(timeLeft(1200, 7.5), "about 2.5 hours left");
});

test("a date is a day, and what is not one stays as it came", () => {
  assert.equal(day("2015-10-16"), "16 October 2015");
  assert.equal(day("spring"), "spring");
  assert.equal(day(null), null);
});

test("words are listed with one and", () => {
  assert.equal(listed(["claim", "attribution", "dispute"]), "claim, attribution and dispute");
});

test("invisible and damaged characters are named, with how often", () => {
  assert.deepEqual(oddities("plain, with \u{1F30A} and é"), []);
  assert.deepEqual(oddities("a\u200bb\u200bc\u202ed"), [
    "Contains invisible characters: U+200B ×2, U+202E",
  ]);
  assert.deepEqual(oddities("caf\ufffd"), ["Damaged characters: 1"]);
});

test("only what turns round the words after it is cut out of a text, and the text stays whole", () => {
  const text = "a\u200fb\u202ec\u2066d\u200de";
  assert.deepEqual(
    turns(text).map(({ words, sign }) => words ?? sign),
    ["a\u200fb", "U+202E", "c", "U+2066", "d\u200de"],
  );
  assert.equal(turns(text).map(({ words, character }) => words ?? character).join(""), text);
});

test("an answer is said in the labels' own names", () => {
  const labels = [
    { key: "claim", name: "Claim" },
    { key: "dispute", name: "Dispute" },
  ];
  const given = mine(1, { labels: ["dispute", "claim"], check_worthiness: 2 });
  assert.equal(answerInWords(given, labels), "claim and dispute, check-worthiness 2");
  assert.equal(answerInWords(mine(1), labels), "none");
  assert.equal(answerInWords(mine(1, { status: "skipped", reason: "not_a_sentence" }), labels), "skipped: not a sentence");
  assert.equal(answerInWords(null, labels), "not decided");
});

test("a guideline's source becomes paragraphs, lists and headings without its marks", () => {
  const source = "**Is it so?**\n\nJudge *P* in `X said`.\n\n### Yes\n\n- events,\n  figures\n- a **law**";
  assert.deepEqual(blocks(source), [
    { kind: "paragraph", text: "Is it so?", isStrong: true },
    { kind: "paragraph", text: "Judge P in X said.", isStrong: false },
    { kind: "heading", text: "Yes" },
    { kind: "list", items: ["events, figures", "a law"] },
  ]);
});

test("what was given a copy is said with its article and its labels", () => {
  const known = [{ key: "claim", name: "Claim" }];
  const said = (labels) => offerWords({ labels, article_title: "Flood" }, known).words;
  assert.equal(said(["claim"]), "You labelled a copy of this in Flood: claim");
  assert.equal(said([]), "You labelled a copy of this in Flood: none");
});

test("snake_case and lone stars in a guideline stay as they are", () => {
  assert.equal(blocks("not_a_sentence and 2 * 3")[0].text, "not_a_sentence and 2 * 3");
});

const words = (kind, pending, changes = {}) =>
  savingWords({ pending, kept: { labels: pending, others: 0 }, inTab: false, sender: { kind, words: null }, ...changes });

test("saved is said only when nothing is on its way", () => {
  assert.deepEqual(words("idle", 0), { state: "saved", words: "Saved" });
  assert.deepEqual(words("idle", 1), { state: "saving", words: "Saving 1…" });
});

test("what is kept is counted, and where", () => {
  assert.equal(words("offline", 2).words, "Not connected: 2 labels kept on this device");
  assert.equal(words("offline", 1, { inTab: true }).words, "Not connected: 1 label kept in this tab only");
  assert.equal(words("signed-out", 3).words, "Signed out: 3 labels kept on this device");
  assert.equal(words("signed-out", 3).link, "/signin");
  for (const [labels, others, told] of [[25, 0, "25 labels"], [2, 1, "2 labels and 1 other change"], [0, 1, "1 change"]]) {
    assert.equal(words("offline", 35, { kept: { labels, others } }).words, `Not connected: ${told} kept on this device`);
  }
});

test("a sentence of a longer quotation says so, and which one names the speaker", () => {
  const segments = [
    { id: "a", text: '"We left," the pilot said.', group: 0, speaker: "a" },
    { id: "b", text: '"Nobody came.', group: 0, speaker: "a" },
    { id: "c", text: "It rained.", group: null },
  ];
  const told = segments.map((segment) => {
    const { words, naming, isNamedHere } = quotation(segment, segments);
    return [words, naming?.text ?? "", isNamedHere];
  });
  assert.deepEqual(told, [
    ["in a quotation of 2", "", true],
    ["in a quotation of 2", '"We left," the pilot said.', false],
    ["", "", false],
  ]);
});
