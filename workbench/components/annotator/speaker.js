// What is said to those who listen: what a press has done, how things stand, which sentence is on
// the screen. Politely, and in a burst only what one stops at.

import { answerInWords, count, KINDS, number, offerWords, quotation, whoSpeaks } from "./text.js";

const AFTER = 120; // ms
const ORDER = ["begun", "given", "cards", "state", "sentence"];
const WORTH = ["nothing to check", "background", "consequential"];

export class Speaker {
  #part;
  #waiting = new Map();
  #timer = null;

  constructor(part) {
    this.#part = part;
  }

  /**
   * Say something of a kind, one of `ORDER`. What comes in the same moment is joined; a later word
   * takes the place of an earlier one only where both are `about` the same.
   */
  say(kind, words, about = "") {
    if (!words) return;
    this.withdraw(kind, about);
    this.#waiting.set(`${kind} ${about}`, { kind, words });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#speak(), AFTER);
  }

  /** What is true no more is not said, if it was not yet. */
  withdraw(kind, about = null) {
    for (const [key, waiting] of this.#waiting) {
      if (about === null ? waiting.kind === kind : key === `${kind} ${about}`) this.#waiting.delete(key);
    }
  }

  #speak() {
    const said = [...this.#waiting.values()];
    const words = ORDER.flatMap((kind) => said.filter((each) => each.kind === kind))
      .map((each) => each.words)
      .join(". ");
    this.#waiting.clear();
    if (!words) return;
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

/** What differs between two states of an answer that is begun, and what that is about. */
export function changeInWords(before, after, known) {
  const turned = known.find(
    ({ key }) => before.labels.includes(key) !== after.labels.includes(key),
  );
  if (turned) return [`${turned.name} ${after.labels.includes(turned.key) ? "on" : "off"}`, turned.key];
  const about = "check-worthiness";
  if (after.worth === null) return ["Check-worthiness not given", about];
  return [`Check-worthiness ${after.worth}, ${WORTH[after.worth]}`, about];
}

/**
 * Which sentence it is, what of it is known, its text, and what stands beside it: `begun` labels, a
 * comment that is begun, and `notes`, which are whole sentences.
 */
export function sentenceInWords(place, answer, { begun = null, isCommentBegun = false, notes = [] }, known) {
  const { number: at, total, segment, article } = place;
  const { words, naming } = quotation(segment, article?.segments ?? []);
  const isDecided = answer && answer.status !== "open";
  const facts = [
    at ? `${number(at)} of ${number(total)}` : "",
    KINDS[segment.kind] ?? "",
    words,
    isDecided ? `yours: ${answerInWords(answer, known)}` : "",
    begun ? `not saved yet: ${begunInWords(begun, known)}` : "",
    isCommentBegun ? "comment not saved yet" : "",
  ].filter(Boolean);
  const text = facts.length ? `${facts.join(", ")}: ${segment.text}` : segment.text;
  return [text, naming ? whoSpeaks(naming) : "", ...notes].filter(Boolean).join(" ");
}

/** What was given a copy, and how to give the same. */
export function offerInWords(offer, known, hasKeys) {
  if (!offer) return "";
  const { words, press } = offerWords(offer, known);
  return `${words}. ${hasKeys ? `V: ${press.toLowerCase()}.` : ""}`.trim();
}

export const begunInWords = ({ labels, worth }, known) =>
  answerInWords({ status: "labelled", labels, check_worthiness: worth }, known);

const sentenceCase = (words) => words.charAt(0).toUpperCase() + words.slice(1);
