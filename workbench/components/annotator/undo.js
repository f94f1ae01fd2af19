// What can be taken back: the last acts, each with the answer that stood before it.

import { fold, sameDecision, UNTOUCHED } from "./answers.js";

const DEPTH = 200;

export class UndoStack {
  #acts;

  constructor(acts = []) {
    this.#acts = acts.slice(-DEPTH);
  }

  get size() {
    return this.#acts.length;
  }

  push({ op_id, sentence, act, before }) {
    this.#acts.push({ op_id, sentence, act, before });
    if (this.#acts.length > DEPTH) this.#acts.shift();
  }

  pop() {
    return this.#acts.pop() ?? null;
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
  const acts = [];
  for (const event of events) {
    const { op_id, sentence, act, old } = event;
    if (isUndo(event, acts.at(-1))) acts.pop();
    else acts.push({ op_id, sentence, act, before: old });
  }
  return acts;
}

export function unheard(recent, records, stored) {
  const heard = new Set(recent.map(({ op_id }) => op_id));
  const answers = new Map();
  const events = [];
  for (const { op } of records) {
    if (heard.has(op.op_id)) continue;
    const { op_id, sentence, act, active_ms } = op;
    const old = answers.has(sentence) ? answers.get(sentence) : stored(sentence);
    answers.set(sentence, fold(old, op));
    events.push({ op_id, sentence, act, active_ms, old, new: answers.get(sentence) });
  }
  return events;
}

/** An undo is stored as one more decision: timeless, and back at what stood before the last act. */
function isUndo({ sentence, act, active_ms, new: now }, last) {
  if (!last || last.sentence !== sentence || active_ms > 0) return false;
  const before = last.before ?? UNTOUCHED;
  if (["comment", "flag"].includes(last.act)) {
    return act === last.act && now.comment === before.comment && now.flagged === before.flagged;
  }
  return !["comment", "flag"].includes(act) && sameDecision(now, before);
}
