// A piece that the address names is brought to sight before the rest of the page is there, and what
// is then drawn above it pushes it out again. So it is brought back whenever the page grows, until
// somebody does anything.

const ACTS = ["wheel", "touchmove", "keydown", "pointerdown"];

export class Sight {
  #sizes;
  #end = () => this.end();

  /** Bring something to sight now, and whenever one of the elements changes its size. */
  constructor(bring, elements) {
    this.#sizes = new ResizeObserver(() => bring());
    for (const each of elements) this.#sizes.observe(each);
    for (const act of ACTS) addEventListener(act, this.#end, { capture: true, passive: true });
    bring();
  }

  end() {
    this.#sizes.disconnect();
    for (const act of ACTS) removeEventListener(act, this.#end, { capture: true });
  }
}
