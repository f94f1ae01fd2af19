// Changes on their way to the server, one at a time: a second one sent while the first is being
// drawn could be swallowed by the rerun.

const PATIENCE = 30_000; // milliseconds until nobody waits for an answer any longer

export class Changes {
  #waiting = [];
  #sent = null;
  #late = null; // the id of one that nobody waits for any longer; it may be stored all the same
  #timer = null;
  #onLost;

  constructor({ onLost }) {
    this.#onLost = onLost;
    this.send = () => {};
  }

  get isBusy() {
    return this.#sent !== null;
  }

  /** What is shown before the server has said yes, in the order it was asked for. */
  get open() {
    return this.#sent ? [this.#sent, ...this.#waiting] : [];
  }

  add(change) {
    this.#waiting.push({ id: newId(), ...change });
    this.#next();
  }

  /** The server's answer, as it came with the article; whether it answers what was sent. */
  answered(ack) {
    if (ack && ack.id === this.#late) {
      this.#late = null;
      return true;
    }
    if (!ack || ack.id !== this.#sent?.id) return false;
    clearTimeout(this.#timer);
    this.#sent = null;
    if (ack.error) this.#waiting = []; // they were asked for in view of the one refused
    this.#next();
    return true;
  }

  #next() {
    if (this.#sent || !this.#waiting.length) return;
    this.#sent = this.#waiting.shift();
    this.#timer = setTimeout(() => {
      this.#late = this.#sent.id;
      this.#sent = null;
      this.#waiting = [];
      this.#onLost();
    }, PATIENCE);
    this.send(this.#sent);
  }

  dispose() {
    clearTimeout(this.#timer);
  }
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12)); // randomUUID exists on https only
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
