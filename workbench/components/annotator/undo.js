// What can be taken back: the last acts, each with the answer that stood before it.

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

  toJSON() {
    return this.#acts;
  }
}
