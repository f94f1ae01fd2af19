// When its server is away, Streamlit says so in a modal dialog, which takes keys and mouse. Here
// the bar says it, and labelling goes on: the dialog is closed the moment it opens.

const APP = "[data-testid=stApp]";
const DIALOG = "[data-testid=stDialog]";
const CLOSE = "button[aria-label=Close]";

/** Whether an open dialog is Streamlit's word that its server is away. */
export function isAboutConnection(dialog, page) {
  const state = page.querySelector(APP)?.dataset.testConnectionState;
  return state !== undefined && state !== "CONNECTED" && dialog.closest(DIALOG) !== null;
}

export class LostConnection {
  #page;
  #watch;

  constructor(page = document) {
    this.#page = page;
    this.#watch = new MutationObserver(() => this.#look());
    this.#watch.observe(page.body, { childList: true }); // where Streamlit hangs its dialogs
    this.#look();
  }

  #look() {
    const dialog = this.#page.querySelector(`${DIALOG} [role=dialog]`);
    if (!dialog || !isAboutConnection(dialog, this.#page)) return;
    const focused = deepest(this.#page);
    dialog.querySelector(CLOSE)?.click(); // closed so, it stays away until the server was back
    this.#return(focused);
  }

  /** Everything behind the dialog was inert for a moment, and lost the focus. */
  #return(focused, frames = 12) {
    if (frames === 0) return;
    requestAnimationFrame(() => {
      const now = deepest(this.#page);
      const isLost = now === this.#page.body || now?.closest(DIALOG);
      if (isLost && focused?.isConnected) focused.focus({ preventScroll: true });
      this.#return(focused, frames - 1); // Streamlit's own return of the focus comes late
    });
  }

  dispose() {
    this.#watch.disconnect();
  }
}

function deepest(page) {
  let at = page.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}
