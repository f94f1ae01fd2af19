// What can be taken back: the last acts, each with the answer that stood before it.

import { fold } from "./answers.js";

const DEPTH = 200;

export class UndoStack {
  #acts;

  constructor(acts = []) {
    this.#acts = acts.slice(-DEPTH);
  }

  get size() {
    return this.#acts.length;
  }

  push({ op_id, sentence, act, before, together = null }) {
    this.#acts.push({ op_id, sentence, act, before, together });
    if (this.#acts.length > DEPTH) this.#acts.shift();
  }

  /** The acts of the last press, newest first; nothing when none is left. */
  popPress() {
    const last = this.#acts.pop();
    if (!last) return [];
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
}

/**
 * The acts that can still be taken back after a reload: those the server tells, and after them what
 * it has not heard of yet. Never past one whose sentence is not at hand: a newer one would be left out.
 */
export function standing({ project, recent = [] }, records, answers, stock) {
  const unsent = records.filter((record) => record.project === project);
  const acts = folded([...recent, ...unheard(recent, unsent, (id) => answers.stored(id))]);
  return acts.slice(acts.findLastIndex(({ sentence }) => !stock.place(sentence)) + 1);
}

/** Events, oldest first, as the acts that stand. */
export function folded(events) {
  let acts = [];
  for (const { op_id, sentence, act, old, new: now } of events) {
    const { undoes = null, together = null } = now;
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
    const now = { ...answers.get(sentence), undoes, together };
    events.push({ op_id, sentence, act, old, new: now });
  }
  return events;
}
