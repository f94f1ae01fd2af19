import assert from "node:assert/strict";
import { test } from "node:test";

import { cardsInWords } from "../../workbench/components/annotator/cards.js";
import { isSecondHalf } from "../../workbench/components/annotator/double_click.js";
import { emptyWords } from "../../workbench/components/annotator/empty.js";
import { hintWords } from "../../workbench/components/annotator/hint.js";
import { allInWords } from "../../workbench/components/annotator/quoted.js";
import { LONGEST_COMMENT, roomInWords } from "../../workbench/components/annotator/sheets.js";
import {
  changeInWords,
  decisionInWords,
  offerInWords,
  pressInWords,
  sentenceInWords,
  Speaker,
} from "../../workbench/components/annotator/speaker.js";
import { pieces } from "../../workbench/components/annotator/text.js";
import { mine } from "./fakes.mjs";

const LABELS = [
  { key: "claim", name: "Claim", shortcut: "C" },
  { key: "attribution", name: "Attribution", shortcut: "A" },
];

test("a decision is said with the labels given", () => {
  const said = (act, changes) => decisionInWords({ act, labels: [], ...changes }, LABELS);
  assert.equal(said("label", { labels: ["claim", "attribution"] }), "Given: claim and attribution");
  assert.equal(said("label", { check_worthiness: 2 }), "Given: none, check-worthiness 2");
  assert.equal(said("skip", { reason: "not_a_sentence" }), "Skipped: not a sentence");
  assert.equal(said("clear"), "Taken back");
  assert.deepEqual([said("flag", { flagged: true }), said("flag", { flagged: false })], ["Flagged", "Flag taken off"]);
  assert.deepEqual([said("comment", { comment: "x" }), said("comment", { comment: "" })], ["Comment saved", "Comment taken away"]);
});

test("what one press did is said with the number of sentences", () => {
  const op = { act: "label", labels: ["claim"] };
  const said = (changes, how) => pressInWords({ ...op, ...changes }, { isUndo: false, n: 1, ...how }, LABELS);
  assert.equal(said({}, {}), "Given: claim");
  assert.equal(said({}, { n: 3 }), "Given to 3 sentences: claim");
  assert.equal(said({}, { isUndo: true }), "Taken back. Given: claim");
  assert.equal(said({ act: "clear" }, { isUndo: true, n: 3 }), "Taken back for 3 sentences");
});

test("the button of a quotation says what it does, or what it waits for", () => {
  assert.deepEqual(allInWords(2, false), ["Same for the whole quotation", "2 more to answer"]);
  assert.deepEqual(allInWords(2, true), ["The next answer goes to the whole quotation", "this one and 2 more"]);
});

test("of cards the choices are counted and the remarks read out, each once", () => {
  const remark = { kind: "remark", reason: "It was split." };
  assert.equal(cardsInWords([]), "");
  assert.equal(cardsInWords([remark, remark]), "It was split.");
  assert.equal(
    cardsInWords([{ kind: "refused" }, remark, { kind: "conflict" }]),
    "Waiting for your choice: 2 decisions. It was split.",
  );
});

test("a change that is not saved yet is said", () => {
  const said = (before, after) => changeInWords({ labels: [], worth: null, ...before }, { labels: [], worth: null, ...after }, LABELS)[0];
  assert.equal(said({}, { labels: ["claim"] }), "Claim on");
  assert.equal(said({ labels: ["claim"] }, {}), "Claim off");
  assert.equal(said({}, { worth: 1 }), "Check-worthiness 1, background");
  assert.equal(said({ worth: 2 }, {}), "Check-worthiness not given");
});

test("a sentence is said with its kind unless that is body, and with one's own answer", () => {
  const place = (kind) => ({ number: 2, total: 9, segment: { kind, text: "It rained." } });
  assert.equal(sentenceInWords(place("body"), null, {}, LABELS), "2 of 9: It rained.");
  assert.equal(
    sentenceInWords(place("headline"), mine(1, { labels: ["claim"] }), {}, LABELS),
    "2 of 9, headline, yours: claim: It rained.",
  );
  assert.equal(
    sentenceInWords(place("body"), null, { begun: { labels: ["claim"], worth: null }, isCommentBegun: true }, LABELS),
    "2 of 9, not saved yet: claim, comment not saved yet: It rained.",
  );
});

test("a sentence of a longer quotation is said with who speaks", () => {
  const segments = [
    { id: "a", text: "So she said.", group: 1, speaker: "a" },
    { id: "b", text: "It rained.", group: 1, speaker: "a", kind: "body" },
  ];
  const place = { number: 2, total: 9, segment: segments[1], article: { segments } };
  assert.equal(
    sentenceInWords(place, null, {}, LABELS),
    "2 of 9, in a quotation of 2: It rained. Who speaks: So she said.",
  );
});

test("what stands beside a sentence is said after it: what it contains, what is offered, what was replied", () => {
  const place = { number: 2, total: 9, segment: { kind: "body", text: "It rained." } };
  const offer = { labels: ["claim"], article_title: "Flood" };
  const notes = ["", offerInWords(offer, LABELS, true), "Ada replied: Yes."];
  assert.equal(
    sentenceInWords(place, null, { notes }, LABELS),
    "2 of 9: It rained. You labelled a copy of this in Flood: claim. V: give the same. Ada replied: Yes.",
  );
  assert.equal(offerInWords(offer, LABELS, false), "You labelled a copy of this in Flood: claim.");
  assert.equal(offerInWords(null, LABELS, true), "");
});

test("a word takes the place of an earlier one only where both are about the same", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const part = { textContent: "" };
  const speaker = new Speaker(part);
  const hears = (words) => {
    context.mock.timers.tick(200);
    assert.equal(part.textContent, words);
  };
  speaker.say("cards", "Waiting for your choice: 1 decision", "held");
  speaker.say("cards", "Waiting for your choice: 2 decisions", "held");
  speaker.say("state", "Saved");
  speaker.say("state", "1 new reply", "replies");
  hears("Waiting for your choice: 2 decisions. Saved. 1 new reply");
  speaker.say("given", "Flagged", "flag");
  speaker.say("given", "Given: claim");
  speaker.say("sentence", null);
  hears("Flagged. Given: claim");
  speaker.say("begun", "Claim on", "claim");
  speaker.say("begun", "Attribution on", "attribution");
  hears("Claim on. Attribution on");
});

test("what is true no more is not said, and silence changes nothing", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const part = { textContent: "Saved" };
  const speaker = new Speaker(part);
  speaker.say("cards", "Waiting for your choice: 1 decision", "held");
  speaker.withdraw("cards", "held");
  context.mock.timers.tick(200);
  assert.equal(part.textContent, "Saved");
  speaker.say("begun", "Claim on", "claim");
  speaker.withdraw("begun");
  speaker.say("given", "Given: claim");
  context.mock.timers.tick(200);
  assert.equal(part.textContent, "Given: claim");
});

test("what is said together is said at once, and the same words twice are said twice", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const part = { textContent: "" };
  const speaker = new Speaker(part);
  speaker.say("sentence", "2 of 9: It rained.");
  speaker.say("given", "Given: none");
  speaker.say("given", "Given: claim");
  assert.equal(part.textContent, "");
  context.mock.timers.tick(200);
  assert.equal(part.textContent, "Given: claim. 2 of 9: It rained.");
  for (const shown of ["Flagged", "Flagged\u00a0", "Flagged"]) {
    speaker.say("given", "Flagged");
    context.mock.timers.tick(200);
    assert.equal(part.textContent, shown);
  }
});

test("the second half of a double click is told from a second click", () => {
  const click = (timeStamp, detail = 1, clientX = 10) => ({ timeStamp, detail, clientX, clientY: 5 });
  assert.equal(isSecondHalf(click(100), null), false);
  assert.equal(isSecondHalf(click(250), click(100)), true);
  assert.equal(isSecondHalf(click(500, 2), click(100)), true);
  assert.equal(isSecondHalf(click(500, 3), click(100)), false);
  assert.equal(isSecondHalf(click(250, 1, 90), click(100)), false);
  assert.equal(isSecondHalf(click(110, 0), click(100)), false);
});

test("the first keys name those for labels and those for none", () => {
  const presets = [
    { key: "1", labels: ["claim"] },
    { key: "2", labels: ["attribution"] },
    { key: "0", labels: [] },
  ];
  assert.equal(
    hintWords(LABELS, presets),
    "Press 1–2 for labels, 0 or N for none, or C A and then Enter. ? shows all keys.",
  );
  assert.equal(hintWords(LABELS, []), "Press N for none, or C A and then Enter. ? shows all keys.");
});

test("without a connection and without sentences, it is said how many labels are kept", () => {
  const kept = { labels: 2, others: 0 };
  const state = { done: 3, isEmpty: false, pending: 2, kept, inTab: false, sender: { kind: "offline" } };
  const { title, words } = emptyWords(state);
  assert.equal(title, "More sentences need the connection");
  assert.match(words, /^2 labels are kept on this device\. They are sent/);
  const one = { ...state, pending: 3, kept: { labels: 0, others: 1 }, inTab: true };
  assert.match(emptyWords(one).words, /^1 change is kept in this tab only\. It is sent/);
  assert.match(emptyWords({ ...state, pending: 0 }).words, /^Everything is saved/);
  assert.equal(emptyWords({ ...state, sender: { kind: "signed-out" } }).title, "Sign in for more sentences");
  assert.equal(emptyWords({ ...state, sender: { kind: "idle" } }).title, "Looking for more sentences…");
  assert.equal(emptyWords({ ...state, isEmpty: true }).title, "All done");
  assert.equal(emptyWords({ ...state, isEmpty: true, done: 0 }).title, "Nothing to label yet");
});

test("a comment's room is told when it runs short", () => {
  assert.equal(roomInWords(LONGEST_COMMENT - 500), "");
  assert.equal(roomInWords(LONGEST_COMMENT - 1), "3999 of 4000 characters");
});

test("signs that are not seen are told from the words around them", () => {
  assert.deepEqual(pieces("a\u202eb"), [{ words: "a" }, { sign: "U+202E" }, { words: "b" }]);
  assert.deepEqual(pieces("\u200b"), [{ sign: "U+200B" }]);
  assert.deepEqual(pieces("plain"), [{ words: "plain" }]);
});
