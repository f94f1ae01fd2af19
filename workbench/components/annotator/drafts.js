// What is begun and not saved: labels switched on, a comment or a reason half typed. It lies on
// the device, sentence by sentence, until it is saved or thrown away, so that nothing that was on
// the screen is lost by looking elsewhere, by Esc or by a reload.

import { sameLabels } from "./answers.js";

export class Drafts {
  #device;
  #prefix;
  #begun = new Set();

  constructor(device, { reviewer, project }) {
    this.#device = device;
    this.#prefix = `wb:${reviewer}:begun:${project}:`;
    for (const key of device.keys(this.#prefix)) this.#begun.add(key.slice(this.#prefix.length));
  }

  /** `answer` (labels and check-worthiness), `comment` and `reason`, as far as they are begun. */
  of(sentence) {
    if (!this.#begun.has(sentence)) return {};
    try {
      return JSON.parse(this.#device.get(this.#prefix + sentence)) ?? {};
    } catch {
      return {}; // cut short by a full disk
    }
  }

  has(sentence) {
    return this.#begun.has(sentence);
  }

  /** Keep what is given; what is given as null is done with. */
  keep(sentence, changes) {
    const isDone = Object.values(changes).every((value) => value === null);
    if (isDone && !this.#begun.has(sentence)) return;
    const kept = Object.entries({ ...this.of(sentence), ...changes }).filter(([, value]) => value !== null);
    if (kept.length) {
      this.#begun.add(sentence);
      this.#device.set(this.#prefix + sentence, JSON.stringify(Object.fromEntries(kept)));
    } else {
      this.#begun.delete(sentence);
      this.#device.remove(this.#prefix + sentence);
    }
  }

  /** A comment that is taken back is begun again, so that no word of it is lost; what was begun since stays. */
  putBack(sentence, { comment, mention }) {
    if (comment && !this.of(sentence).comment?.trim()) this.keep(sentence, { comment, mention: mention ?? null });
  }

  /** What a decision has brought to its end. */
  decided(sentence, act) {
    if (act === "comment") this.keep(sentence, { comment: null, mention: null });
    else if (act !== "flag") this.keep(sentence, { answer: null, reason: null });
  }

  /** The labels to show for a sentence: those begun, else those answered. */
  begin(sentence, answer, known) {
    const { answer: kept } = sentence === null ? {} : this.of(sentence);
    const labels = kept?.labels ?? answer?.labels ?? [];
    const draft = {
      labels: known.map(({ key }) => key).filter((key) => labels.includes(key)),
      worth: (kept ? kept.worth : answer?.check_worthiness) ?? null,
    };
    return { ...draft, isTouched: Boolean(kept) && !isAsAnswered(draft, answer) };
  }
}

export const isAsAnswered = ({ labels, worth }, answer) =>
  sameLabels(labels, answer?.labels ?? []) && worth === (answer?.check_worthiness ?? null);

export const toggled = (labels, label) =>
  labels.includes(label) ? labels.filter((key) => key !== label) : [...labels, label];

/** A number sets it, or unsets it when it is set; the key alone goes 0, 1, 2, not given. */
export function worthAfter(now, worth) {
  if (worth !== undefined) return now === worth ? null : worth;
  if (now === null) return 0;
  return now === 2 ? null : now + 1;
}
