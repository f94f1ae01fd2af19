// Under which label set and guideline this tab works. What is on the screen stays until the page
// is loaded again, and every decision says what it was made under; newer ones are told of once.

const NAMES = ["labels", "presets", "guideline", "version"];

export class Rules {
  #shown;
  #told = null;

  constructor(data) {
    this.#shown = Object.fromEntries(NAMES.map((name) => [name, data[name]]));
  }

  /** What a decision made now was made under. */
  get stamp() {
    const { label_set, guideline } = this.#shown.version;
    return { label_set, guideline };
  }

  /** New data with the rules that are on the screen. */
  keep(data) {
    return { ...data, ...this.#shown };
  }

  /** Whether the server's word of newer rules is to be shown: each version once. */
  isNews(notice) {
    if (!notice) return false;
    const told = `${notice.kind} ${notice.version}`;
    if (told === this.#told) return false;
    this.#told = told;
    return true;
  }
}
