// What can be taken back: the last acts, each with the answer that stood before it.

import { fold } from "./answers.js";

const DEPTH = 200;
const AHEAD = 20; // acts that can be taken back at once, before the article of an older one is asked for
const AT_ONCE = 5; // articles

export class UndoStack {
  #acts;
  #isAtHand;
  #looked = new Set();

  /** `isAtHand`: whether a sentence can be shown, which it must be for its act to be taken back. */
  constructor(acts = [], isAtHand = () => true) {
    this.#acts = acts.slice(-DEPTH);
    this.#isAtHand = isAtHand;
  }

  get canUndo() {
    const last = this.#acts.at(-1);
    return last !== undefined && this.#isAtHand(last.sentence);
  }

  push({ op_id, sentence, act, before, together = null }) {
    this.#acts.push({ op_id, sentence, act, before, together });
    if (this.#acts.length > DEPTH) this.#acts.shift();
  }

  /** The acts of the last press, newest first; nothing when none is left. */
  popPress() {
    if (!this.canUndo) return [];
    const last = this.#acts.pop();
    const press = [last];
    while (last.together && this.#acts.at(-1)?.together === last.together) {
      press.push(this.#acts.pop());
    }
    return press;
  }

  /** An op that the server did not take has nothing to take back. */
  drop(opId) {
    this.#acts = this.#acts.filter((act) => act.op_id !== opId);
  }

  /** The articles to ask for, so that undo can go on: none while it has some way to go. */
  wanted() {
    const ahead = this.#acts.slice(-AHEAD);
    if (ahead.every(({ sentence }) => this.#isAtHand(sentence))) return [];
    const articles = this.#acts
      .filter(({ sentence }) => !this.#isAtHand(sentence))
      .map(({ sentence }) => articleOf(sentence))
      .filter((article) => !this.#looked.has(article));
    return [...new Set(articles.reverse())].slice(0, AT_ONCE);
  }

  /** Articles were asked for. What is in none of them is no more: undo never passes over it. */
  looked(articles) {
    for (const article of articles) this.#looked.add(article);
    const isGone = ({ sentence }) => !this.#isAtHand(sentence) && this.#looked.has(articleOf(sentence));
    this.#acts = this.#acts.slice(this.#acts.findLastIndex(isGone) + 1);
  }
}

const articleOf = (sentence) => sentence.slice(0, sentence.lastIndexOf(":"));

/** The acts that stand after a reload: those the server tells, and after them what it has not heard of yet. */
export function standing({ project, recent = [] }, records, answers) {
  const unsent = records.filter((record) => record.project === project);
  return folded([...recent, ...unheard(recent, unsent, (id) => answers.stored(id))]);
}

/** Acts, oldest first, without those that a later one takes back, and without these. */
export function folded(events) {
  let acts = [];
  for (const { op_id, sentence, act, old, undoes = null, together = null } of events) {
    if (undoes) acts = acts.filter((earlier) => earlier.op_id !== undoes);
    else acts.push({ op_id, sentence, act, before: old, together });
  }
  return acts;
}

export function unheard(recent, records, stored) {
  const heard = new Set(recent.map(({ op_id }) => op_id));
  const answers = new Map();
  const events = [];
  for (const { op } of records) {
    if (heard.has(op.op_id)) continue;
    const { op_id, sentence, act, undoes, together } = op;
    const old = answers.has(sentence) ? answers.get(sentence) : stored(sentence);
    answers.set(sentence, fold(old, op));
    events.push({ op_id, sentence, act, old, undoes, together });
  }
  return events;
}
