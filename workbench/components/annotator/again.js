// What is looked at again: decided under labels that changed since, one sentence after the other.

export class Again {
  #left = [];

  /** Begin with these; a line that was begun before is given up. */
  begin(sentences) {
    this.#left = [...new Set(sentences)];
  }

  has(sentence) {
    return this.#left.includes(sentence);
  }

  /** It was given again, or skipped: what comes after it, or null at the end of the line. */
  after(sentence) {
    const at = this.#left.indexOf(sentence);
    if (at < 0) return null;
    this.#left.splice(at, 1);
    return this.#left[at] ?? this.#left[0] ?? null;
  }
}
