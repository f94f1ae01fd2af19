// What this tab holds of a queue whose sentences are given out: under which fence, how long it is
// the reviewer's, and handing back what is undecided when the tab goes.

const HELLO = "hello";
const HERE = "here";
const BYE = "bye";

/** Which other tabs of a reviewer are open, as far as they said so. */
export class Tabs {
  #channel;
  #me;
  #others = new Set();

  constructor(channel, me = crypto.getRandomValues(new Uint32Array(2)).join("-")) {
    this.#channel = channel;
    this.#me = me;
    if (!channel) return;
    channel.addEventListener("message", ({ data }) => this.#hear(data));
    this.say(HELLO);
  }

  #hear({ what, from }) {
    if (from === this.#me) return;
    if (what === BYE) this.#others.delete(from);
    else this.#others.add(from);
    if (what === HELLO) this.say(HERE);
  }

  say(what) {
    this.#channel?.postMessage({ what, from: this.#me });
  }

  get isAlone() {
    return this.#others.size === 0;
  }

  leave() {
    this.say(BYE);
  }

  comeBack() {
    this.#others.clear();
    this.say(HELLO);
  }
}

export class Leases {
  #tabs;
  #fences = new Map();
  #project = null;
  #ms = null;
  #told = 0;
  isUndecided = () => true;

  constructor(tabs) {
    this.#tabs = tabs;
  }

  /** A page begins: how long a lease lasts here, null where every sentence is everybody's. */
  begin({ project, lease_seconds: seconds }, isUndecided, now) {
    if (project !== this.#project) this.#fences.clear();
    this.#project = project;
    this.#ms = seconds ? seconds * 1000 : null;
    this.isUndecided = isUndecided;
    this.#told = now;
  }

  get isOn() {
    return this.#ms !== null;
  }

  /** How long a lease lasts by now; true where sentences are given out from now on, or no more. */
  told(seconds, now) {
    if (seconds === undefined) return false;
    const wasOn = this.isOn;
    this.#ms = seconds ? seconds * 1000 : null;
    if (wasOn === this.isOn) return false;
    this.#fences.clear();
    this.#told = now;
    return true;
  }

  /** What the server says this reviewer holds: all of it where `isWhole`. */
  take(window, { isWhole, now }) {
    if (!this.isOn) return;
    if (isWhole) this.#fences.clear();
    for (const { id, fence } of window) if (fence) this.#fences.set(id, fence);
    if (isWhole) this.#told = now;
  }

  /** Half of the time has gone by since the server said what is held, and somebody is at work. */
  isDue(now, clock) {
    return this.isOn && now - this.#told > this.#ms / 2 && clock.isAtWork(now);
  }

  /** What is to be handed back when the tab goes, or null: another tab may be showing it. */
  leave() {
    const held = [...this.#fences].filter(([id]) => this.isUndecided(id));
    const isLast = this.#tabs.isAlone;
    this.#tabs.leave();
    return this.isOn && isLast && held.length
      ? { project: this.#project, release: Object.fromEntries(held) }
      : null;
  }

  /** The page was only put away by the browser, and is back as it was. */
  comeBack() {
    this.#tabs.comeBack();
    this.#told = -Infinity;
  }
}

/** Progress after an answer of the server, which does not count each time what is left. */
export function progressAfter(known, told) {
  if (told.left !== null) return { ...told };
  return { ...known, ...told, left: Math.max(0, known.left - (told.done - known.done)) };
}

/** A channel among the tabs of a reviewer; null in a browser that has none. */
export const channelOf = (reviewer) =>
  globalThis.BroadcastChannel ? new BroadcastChannel(`wb-tabs:${reviewer}`) : null;
