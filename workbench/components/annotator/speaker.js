// What is said to those who listen: what a press has done, how things stand, which sentence is on
// the screen. Politely, and in a burst only what one stops at.

import { answerInWords, count, KINDS, number, quotation, whoSpeaks } from "./text.js";

const AFTER = 120; // ms
const ORDER = ["given", "state", "sentence"];
const WORTH = ["nothing to check", "background", "consequential"];

export class Speaker {
  #part;
  #waiting = new Map();
  #timer = null;

  constructor(part) {
    this.#part = part;
  }

  /** Say something of a kind (`given`, `state`, `sentence`); the last word of a kind counts. */
  say(kind, words) {
    if (!words) return;
    this.#waiting.set(kind, words);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#speak(), AFTER);
  }

  #speak() {
    const words = ORDER.map((kind) => this.#waiting.get(kind)).filter(Boolean).join(". ");
    this.#waiting.clear();
    // The same words twice are no news to a screen reader, unless something in them differs.
    this.#part.textContent = words === this.#part.textContent ? `${words}\u00a0` : words;
  }

  dispose() {
    clearTimeout(this.#timer);
  }
}

/** What a decision has done. */
export function decisionInWords({ act, labels, check_worthiness, reason, comment, flagged }, known) {
  switch (act) {
    case "label":
      return `Given: ${answerInWords({ status: "labelled", labels, check_worthiness }, known)}`;
    case "skip":
      return sentenceCase(answerInWords({ status: "skipped", reason }, known));
    case "clear":
      return "Taken back";
    case "comment":
      return comment ? "Comment saved" : "Comment taken away";
    default:
      return flagged ? "Flagged" : "Flag taken off";
  }
}

/** What a press has done, which may decide several sentences. */
export function pressInWords(op, { isUndo, n }, known) {
  const said = decisionInWords(op, known);
  if (isUndo) {
    const back = n > 1 ? `Taken back for ${count(n, "sentence")}` : "Taken back";
    return op.act === "clear" ? back : `${back}. ${said}`;
  }
  return n > 1 ? said.replace(/^Given/, `Given to ${count(n, "sentence")}`) : said;
}

/** What differs between two states of an answer that is begun. */
export function changeInWords(before, after, known) {
  const turned = known.find(
    ({ key }) => before.labels.includes(key) !== after.labels.includes(key),
  );
  if (turned) return `${turned.name} ${after.labels.includes(turned.key) ? "on" : "off"}`;
  if (after.worth === null) return "Check-worthiness not given";
  return `Check-worthiness ${after.worth}, ${WORTH[after.worth]}`;
}

/** Which sentence it is, what of it is known, and its text. */
export function sentenceInWords({ number: at, total, segment, article }, answer, begun, known) {
  const { words, naming } = quotation(segment, article?.segments ?? []);
  const isDecided = answer && answer.status !== "open";
  const facts = [
    at ? `${number(at)} of ${number(total)}` : "",
    KINDS[segment.kind] ?? "",
    words,
    isDecided ? `yours: ${answerInWords(answer, known)}` : "",
    begun ? `not saved yet: ${begunInWords(begun, known)}` : "",
  ].filter(Boolean);
  const who = naming ? ` ${whoSpeaks(naming)}` : "";
  return (facts.length ? `${facts.join(", ")}: ${segment.text}` : segment.text) + who;
}

export const begunInWords = ({ labels, worth }, known) =>
  answerInWords({ status: "labelled", labels, check_worthiness: worth }, known);

const sentenceCase = (words) => words.charAt(0).toUpperCase() + words.slice(1);
