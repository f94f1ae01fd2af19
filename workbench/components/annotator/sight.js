// What of the article is in sight: less what lies over its foot, and with the page itself where the
// window is so low that it scrolls.

const OVER = ".foot, .cards, .notes, .sheet";
const EDGE = 12; // px kept free above and below a sentence
const LINES = 58; // px: two lines, which are enough to know a sentence by

export class Sight {
  #page;
  #view;
  #over = new Set();
  #resize;

  /** `changed` hears that the stage has another size, or that other things lie over it. */
  constructor(stage, changed) {
    this.#page = stage.closest(".annotator");
    this.#view = stage.parentElement;
    // It is called before anything is painted, and what it measures is laid out already.
    this.#resize = new ResizeObserver((entries) => {
      for (const { target, contentRect } of entries) this.#hear(target, contentRect.height > 0);
      const isStage = entries.some(({ target }) => target === stage);
      changed({ isStage, isSheet: entries.some(({ target }) => target.matches(".sheet")) });
    });
    for (const part of [stage, ...this.#page.querySelectorAll(OVER)]) this.#resize.observe(part);
  }

  #hear(part, isThere) {
    if (!part.matches(OVER)) return;
    if (isThere) this.#over.add(part);
    else this.#over.delete(part);
    if (!part.matches(".notes")) return;
    this.#view.style.setProperty("--noted", `${isThere ? part.offsetHeight : 0}px`);
  }

  /** Up to where a box is in sight, in px from its top. */
  room(box) {
    let bottom = box.bottom;
    for (const part of this.#over) {
      const { top, left, right, bottom: end } = part.getBoundingClientRect();
      const isOver = end > top && end > box.top && top < bottom && left < box.right && right > box.left;
      if (isOver) bottom = top;
    }
    return Math.max(0, bottom - box.top);
  }

  /** How far below the upper edge of such a room a sentence is to begin, `wanted` if it can. */
  static above(wanted, room, tall) {
    return Math.min(wanted, Math.max(EDGE, room - tall - EDGE));
  }

  /** Scroll the page, where it scrolls, as little as shows the first lines from `top` to `bottom`. */
  reveal(top, bottom) {
    const page = this.#page;
    if (page.scrollHeight <= page.clientHeight) return;
    const frame = page.getBoundingClientRect();
    const sheets = [...this.#over].filter((part) => part.matches(".sheet"));
    const ends = sheets.map((part) => part.getBoundingClientRect().top);
    const first = Math.min(bottom, top + LINES);
    const before = top - frame.top - EDGE;
    const beyond = Math.max(0, first + EDGE / 3 - Math.min(frame.bottom, ...ends));
    page.scrollTop += before < 0 ? before : Math.min(before, beyond);
  }

  dispose() {
    this.#resize.disconnect();
  }
}
