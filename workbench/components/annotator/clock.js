// How long the reviewer worked on a sentence: the time it was shown in a visible tab, with
// pauses counted up to a minute. A tab left open over lunch is not an hour of thinking.

export const LONGEST_PAUSE = 60_000;

export class ActiveClock {
  #active = 0;
  #last = null;

  /** A new sentence is on the screen. */
  start(now, isVisible = true) {
    this.#active = 0;
    this.#last = isVisible ? now : null;
  }

  /** The reviewer moved, pressed, scrolled. */
  touch(now) {
    if (this.#last === null) return;
    this.#active += Math.min(Math.max(0, now - this.#last), LONGEST_PAUSE);
    this.#last = now;
  }

  hide(now) {
    this.touch(now);
    this.#last = null;
  }

  show(now) {
    if (this.#last === null) this.#last = now;
  }

  /** Whether the reviewer moved, pressed or scrolled a short while ago. */
  isAtWork(now) {
    return this.#last !== null && now - this.#last <= LONGEST_PAUSE;
  }

  read(now) {
    this.touch(now);
    return Math.round(this.#active);
  }
}
