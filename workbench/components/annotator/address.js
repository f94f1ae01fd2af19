// The page's address names the sentence that one looks back at: whoever opens its article and comes
// back, or loads the page again, is shown that sentence and not the first open one.

const NAME = "sentence";
const AFTER = 200; // ms: browsers bear only so many changes of an address

/** An address that names a sentence, or none. */
export function naming(address, sentence) {
  const named = new URL(address);
  if (sentence === null) named.searchParams.delete(NAME);
  else named.searchParams.set(NAME, sentence);
  return named.href;
}

export class Address {
  #page;
  #timer = null;
  #wanted = null;
  #written = new Set();
  #ended = new AbortController();

  constructor(page = globalThis) {
    this.#page = page;
    // Before a link of the page is followed.
    page.addEventListener("click", () => this.#write(), { capture: true, signal: this.#ended.signal });
  }

  /** The sentence that is looked back at; null for the one that comes next. */
  show(sentence) {
    this.#wanted = sentence;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), AFTER);
  }

  /** Whether an address says what this page has written into it itself. */
  wrote(sentence) {
    return this.#written.has(sentence);
  }

  #write() {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    const { history, location } = this.#page;
    const href = naming(location.href, this.#wanted);
    if (this.#wanted !== null) this.#written.add(this.#wanted);
    if (href !== location.href) history.replaceState(history.state, "", href);
  }

  dispose() {
    clearTimeout(this.#timer);
    this.#ended.abort();
  }
}
