// A press becomes ops: each sentence that it decides gets one of its own, on the device at once.

import { newOpId } from "./outbox.js";

export class Presses {
  #desk;

  constructor({ answers, drafts, outbox, rules, stock, undo }) {
    this.#desk = { answers, drafts, outbox, rules, stock, undo };
  }

  /**
   * Record what one press decides: pairs of a sentence and its decision, in reading order.
   *
   * `ms` is the time spent, shared among them; `shownAt` gives when a sentence came on the screen,
   * if it did; `undoes` are the ids of the ops that are taken back, one for each pair.
   */
  record(given, { project, ms = 0, shownAt = () => null, undoes = [] }) {
    const marks = given.length > 1 && !undoes.length ? { together: newOpId() } : {};
    given.forEach(([sentence, decided], i) => {
      if (undoes.length) marks.undoes = undoes[i];
      // What is left of the time when it does not divide goes to the first.
      const share = Math.floor(ms / given.length) + (i ? 0 : ms % given.length);
      this.#add(sentence, { ...decided, ...marks, active_ms: share }, { project, shownAt });
    });
  }

  #add(sentence, decided, { project, shownAt }) {
    const { answers, drafts, outbox, rules, stock, undo } = this.#desk;
    const now = new Date().toISOString();
    const before = answers.value(sentence);
    const op = {
      op_id: newOpId(),
      sentence,
      base_version: answers.base(sentence),
      ...decided,
      ...rules.stamp,
      shown_at: shownAt(sentence) ?? now,
      decided_at: now,
    };
    const text = stock.place(sentence)?.segment.text ?? "";
    outbox.add({ project, text, op });
    stock.given(sentence);
    if (op.undoes && op.act === "comment") drafts.putBack(sentence, before ?? {});
    else drafts.decided(sentence, op.act);
    if (!op.undoes) undo.push({ ...op, before });
  }
}
