// What this reviewer has answered, sentence by sentence: the server's last word, with the
// decisions that have not reached it yet laid on top.

export const UNTOUCHED = Object.freeze({
  version: 0,
  status: "open",
  labels: Object.freeze([]),
  check_worthiness: null,
  comment: null,
  flagged: false,
  reason: null,
});

export const isOpen = (answer) => !answer || answer.status === "open";

export const sameLabels = (a, b) => a.length === b.length && a.every((label) => b.includes(label));

export const sameDecision = (a, b) =>
  a.status === b.status &&
  sameLabels(a.labels, b.labels) &&
  (a.check_worthiness ?? null) === (b.check_worthiness ?? null) &&
  (a.reason ?? null) === (b.reason ?? null);

/** Whether an op says no more than the answer does: the same was given, somewhere else. */
export function changesNothing(answer, op) {
  const after = fold(answer, op);
  return (
    sameDecision(answer, after) &&
    (answer.comment ?? null) === (after.comment ?? null) &&
    answer.flagged === after.flagged
  );
}

/** The answer after `op`, as the server will see it. */
export function fold(answer, op) {
  const after = { ...(answer ?? UNTOUCHED), version: op.base_version + 1 };
  switch (op.act) {
    case "label":
      return {
        ...after,
        status: "labelled",
        labels: [...op.labels],
        check_worthiness: op.check_worthiness,
        reason: null,
      };
    case "skip":
      return { ...after, status: "skipped", labels: [], check_worthiness: null, reason: op.reason };
    case "clear":
      return { ...after, status: "open", labels: [], check_worthiness: null, reason: null };
    case "comment":
      return { ...after, comment: op.comment || null, mention: (op.comment && op.mention) || null };
    case "flag":
      return { ...after, flagged: op.flagged };
    default:
      throw new Error(`unknown act ${op.act}`);
  }
}

/**
 * The part of an op that says what was decided. Every field is filled from the answer as it
 * stands, so that a reader who takes all fields and one who takes only the act's agree.
 */
export function decision(act, answer, changes = {}) {
  const { labels, check_worthiness, reason, comment, flagged } = answer ?? UNTOUCHED;
  return { act, labels: [...labels], check_worthiness, reason, comment, flagged, ...changes };
}

/** The decision that brings `before` back; history is kept, so it is one more op. */
export function restoring(act, before, now) {
  const wanted = before ?? UNTOUCHED;
  if (act === "comment") return decision("comment", now, { comment: wanted.comment ?? "", mention: wanted.mention ?? null });
  if (act === "flag") return decision("flag", now, { flagged: wanted.flagged });
  const kept = { comment: now.comment, flagged: now.flagged };
  if (wanted.status === "labelled") return decision("label", wanted, { ...kept, reason: null });
  if (wanted.status === "skipped") return decision("skip", wanted, kept);
  return decision("clear", UNTOUCHED, kept);
}

export class Answers {
  #known = new Map();
  #outbox;

  constructor(outbox) {
    this.#outbox = outbox;
  }

  /** Take what the server says; what is older than what is known here is ignored. */
  learn(sentence, mine, version = mine?.version ?? 0) {
    const known = this.#known.get(sentence);
    if (known && known.version >= version) return false;
    this.#known.set(sentence, mine ?? { ...UNTOUCHED, version });
    return true;
  }

  /** Take the server's word in a conflict, even where it knows less than was thought here. */
  correct(sentence, mine, version) {
    this.#known.set(sentence, mine ?? { ...UNTOUCHED, version });
  }

  /** Take the outcome of an op that the server has stored. */
  settled(op, current = null) {
    const after = current ?? fold(this.#known.get(op.sentence), op);
    this.learn(op.sentence, after, after.version);
  }

  stored(sentence) {
    return this.#known.get(sentence) ?? null;
  }

  value(sentence) {
    let answer = this.#known.get(sentence) ?? null;
    for (const record of this.#outbox.of(sentence)) answer = fold(answer, record.op);
    return answer;
  }

  /** Whether something about it is on its way. */
  isPending(sentence) {
    return this.#outbox.of(sentence).length > 0;
  }

  isOpen(sentence) {
    return isOpen(this.value(sentence));
  }

  /** The version the server will hold when it meets the next op on this sentence. */
  base(sentence) {
    const pending = this.#outbox.of(sentence);
    if (pending.length) return pending[pending.length - 1].op.base_version + 1;
    return this.#known.get(sentence)?.version ?? 0;
  }

  /**
   * What is on its way, by what it comes to: sentences that get labels, and other changes. What
   * was given and taken back again is none, unless there is nothing else to send.
   */
  kept() {
    let [labels, others] = [0, 0];
    for (const sentence of this.#outbox.sentences()) {
      const before = this.#known.get(sentence) ?? UNTOUCHED;
      const after = this.value(sentence);
      if (!sameDecision(before, after)) {
        if (after.status === "labelled") labels += 1;
        else others += 1;
      }
      if (before.flagged !== after.flagged) others += 1;
      if ((before.comment ?? null) !== (after.comment ?? null)) others += 1;
    }
    return { labels, others: labels + others ? others : Math.sign(this.#outbox.size) };
  }

  /** How many more sentences are decided than the server has counted. */
  uncounted() {
    let more = 0;
    for (const sentence of this.#outbox.sentences()) {
      const before = isOpen(this.#known.get(sentence));
      const after = this.isOpen(sentence);
      if (before !== after) more += before ? 1 : -1;
    }
    return more;
  }
}
