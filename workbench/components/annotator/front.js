// Which annotator is in force. While projects change Streamlit keeps the old one beside the new one,
// on a slow connection for seconds, and may take the old one up again: two would both hear a key.

export class Front {
  #make;
  #hide;
  #known = new Map(); // of each root on the page: what it was given, and its annotator while in force
  #inFront = null;

  /** `make(root, data)` brings one to life; `hide(root)` clears the place of one that was replaced. */
  constructor({ make, hide }) {
    this.#make = make;
    this.#hide = hide;
  }

  /** What a root is given now; what comes back is to be called when the root has gone. */
  give(root, data) {
    const before = this.#known.get(root);
    const now = { annotator: before?.annotator ?? null, data };
    this.#known.delete(root);
    this.#known.set(root, now);
    if (now.annotator) now.annotator.update(data);
    else if (before?.data !== data) this.#bring(root); // else a change of theme: it stays behind
    return () => this.#gone(root, now);
  }

  #bring(root) {
    const old = this.#known.get(this.#inFront);
    if (old?.annotator) {
      old.annotator.dispose();
      old.annotator = null;
      this.#hide(this.#inFront);
    }
    this.#inFront = root;
    const now = this.#known.get(root);
    now.annotator = this.#make(root, now.data);
  }

  #gone(root, given) {
    // A call that a newer one has overtaken is cleaned up late; it must not end the newer one.
    if (this.#known.get(root) !== given) return;
    this.#known.delete(root);
    given.annotator?.dispose();
    if (this.#inFront !== root) return;
    this.#inFront = null;
    const left = [...this.#known.keys()].filter(({ isConnected }) => isConnected).at(-1);
    if (left) this.#bring(left);
  }
}
