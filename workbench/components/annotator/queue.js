// The line of sentences: what came, in the order it came, and where the reviewer stands in it.

export const FEW = 15;
export const FULL = 40;
const LONGEST_LINE = 1000;

export class Queue {
  #isOpen;
  #line = [];
  #items = new Map();
  current = null;

  constructor(isOpen) {
    this.#isOpen = isOpen;
  }

  get line() {
    return this.#line;
  }

  item(sentence) {
    return this.#items.get(sentence) ?? null;
  }

  /**
   * Add what is new: in front of the sentence that `next` finds for it in the line, else at the
   * end. A sentence already in the line keeps its place.
   */
  merge(items, next = () => null) {
    let added = 0;
    for (const item of items) {
      const known = this.#items.get(item.id);
      if (known) {
        if (item.fence) Object.assign(known, { fence: item.fence, why: item.why });
        continue;
      }
      if (!this.#isOpen(item.id)) continue;
      const at = this.#line.indexOf(next(item.id));
      this.#items.set(item.id, item);
      this.#line.splice(at < 0 ? this.#line.length : at, 0, item.id);
      added += 1;
    }
    const surplus = this.#line.length - LONGEST_LINE;
    if (surplus > 0) this.#trim(surplus);
    return added;
  }

  /** A long day's oldest answers leave the line; open sentences and the current one never do. */
  #trim(surplus) {
    let left = surplus;
    this.#line = this.#line.filter((id) => {
      if (left === 0 || id === this.current || this.#isOpen(id)) return true;
      left -= 1;
      this.#items.delete(id);
      return false;
    });
  }

  /** Take sentences out of the line that are no more; answered ones stay, and the current one. */
  drop(sentences) {
    const gone = new Set(sentences.filter((id) => id !== this.current && this.#isOpen(id)));
    if (!gone.size) return;
    this.#line = this.#line.filter((id) => !gone.has(id));
    for (const id of gone) this.#items.delete(id);
  }

  /** Put a sentence into the line before another one, or at the front. */
  insert(item, before = this.#line[0]) {
    if (this.#items.has(item.id)) return;
    const at = this.#line.indexOf(before);
    this.#items.set(item.id, item);
    this.#line.splice(at < 0 ? 0 : at, 0, item.id);
  }

  /** Whether a sentence waits for an answer, in the line or not. */
  isWaiting(sentence) {
    return this.#isOpen(sentence);
  }

  firstOpen() {
    return this.#line.find((id) => this.#isOpen(id)) ?? null;
  }

  openCount() {
    let n = 0;
    for (const id of this.#line) if (this.#isOpen(id)) n += 1;
    return n;
  }

  shortfall() {
    const open = this.openCount();
    return open < FEW ? FULL - open : 0;
  }

  /** The open sentences that follow the current one, nearest first. */
  upcoming(limit = FULL) {
    return this.#line.filter((id) => id !== this.current && this.#isOpen(id)).slice(0, limit);
  }

  get isLookingBack() {
    return this.current !== null && !this.#isOpen(this.current);
  }

  back() {
    if (this.current === null) return this.#line[this.#line.length - 1] ?? null;
    const at = this.#line.indexOf(this.current);
    return at > 0 ? this.#line[at - 1] : null;
  }

  /** One step on, but never past the first open sentence; `end` when there is none left. */
  forward() {
    if (this.current === null) return { to: this.firstOpen(), end: false };
    const first = this.firstOpen();
    const at = this.#line.indexOf(this.current);
    const stop = first === null ? this.#line.length : this.#line.indexOf(first);
    if (at < stop) return { to: this.#line[at + 1] ?? null, end: at + 1 === this.#line.length };
    return { to: at === stop ? null : first, end: false };
  }
}
