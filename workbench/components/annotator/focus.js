// The focus is never lost: when what had it is gone, hidden or cannot be pressed any more, it goes
// to what took its place, else to the next of its kind, else to the sentence.

const AWAY = ".annotator [hidden], .is-waiting, .is-away"; // the root itself has the attribute for good

export class Focus {
  #root;
  #home;
  #last = null;

  /** `home` tells where to go at last. */
  constructor(root, home, signal) {
    this.#root = root;
    this.#home = home;
    root.addEventListener("focusin", ({ target }) => (this.#last = target), { signal });
    root.addEventListener("focusout", (event) => this.#left(event), { signal });
    root.addEventListener("click", () => this.check(), { signal });
    // Who goes by Tab sees a ring where they are; the others get none round the whole article.
    const options = { capture: true, passive: true, signal };
    document.addEventListener("keydown", ({ key }) => key === "Tab" && this.#goesByTab(true), options);
    document.addEventListener("pointerdown", () => this.#goesByTab(false), options);
  }

  #goesByTab(isByTab) {
    this.#root.toggleAttribute("data-by-tab", isByTab);
  }

  /** It goes elsewhere by the hand of the reviewer, or what had it went away. */
  #left({ target, relatedTarget }) {
    if (relatedTarget) {
      if (!this.#root.contains(relatedTarget)) this.#last = null;
      return;
    }
    setTimeout(() => {
      if (this.#last !== target) return;
      if (!canHoldFocus(target)) this.check();
      else if (this.#now !== target) this.#last = null;
    }, 0);
  }

  get #now() {
    return this.#root.getRootNode().activeElement;
  }

  /** After something has changed: nothing is asked of the page unless the focus was in here. */
  check() {
    const gone = this.#last;
    if (gone === null || canHoldFocus(gone)) return;
    this.#last = null;
    const now = this.#now;
    if (now && now !== gone && canHoldFocus(now)) return;
    const { activeElement, body } = document;
    if (activeElement !== body && !activeElement?.contains(this.#root.getRootNode().host ?? this.#root)) return;
    this.#give(sameAgain(gone, this.#root) ?? nextCard(gone, this.#root) ?? this.#home());
  }

  #give(part) {
    if (!part) return;
    if (part.tabIndex < 0) part.tabIndex = -1; // a heading takes the focus to be read out
    part.focus({ preventScroll: true });
  }
}

const canHoldFocus = (part) => part.isConnected && !part.disabled && !part.closest(AWAY);

/** The same button of the same card, when the cards were drawn anew. */
function sameAgain(gone, root) {
  const held = gone.closest("[data-held]")?.dataset.held;
  if (!held) return null;
  const card = [...root.querySelectorAll("[data-held]")].find((other) => other.dataset.held === held);
  const buttons = [...(card?.querySelectorAll("button") ?? [])];
  return buttons.find(({ textContent }) => textContent === gone.textContent) ?? null;
}

/** Not a button of the next card: a second press would choose there unseen. */
const nextCard = (gone, root) => (gone.closest(".card") ? root.querySelector(".cards:not([hidden]) h2") : null);
