// What the reviewer may say to a decision that the server did not take.

import { decision } from "./answers.js";

export function verdicts({ outbox, answers, record, done }) {
  const letGo = (held) => {
    outbox.release(held.op.op_id); // last: a crash before it leaves the card, not a hole
    done(held);
  };
  return {
    keepStored: letGo,
    dismiss: letGo,

    /** What was to be known of decisions that are stored. */
    gotIt(helds) {
      for (const held of helds) letGo(held);
    },

    /** The same decision again, on top of what the server has now. */
    useMine(held) {
      const { sentence } = held.op;
      const latest = new Map(held.ops.map((op) => [op.act, op]));
      for (const op of latest.values()) {
        record(sentence, decision(op.act, answers.value(sentence), given(op)));
      }
      letGo(held);
    },

    /** As it is: an op that was stored after all is not stored twice. */
    sendAgain(held) {
      const { project, text, op } = held;
      outbox.add({ project, text, op });
      letGo(held);
    },
  };
}

/** The part of an op that its act is about. */
function given({ act, labels, check_worthiness, reason, comment, mention, flagged }) {
  switch (act) {
    case "label":
      return { labels, check_worthiness, reason: null };
    case "skip":
      return { labels: [], check_worthiness: null, reason };
    case "clear":
      return { labels: [], check_worthiness: null, reason: null };
    case "comment":
      return { comment, mention: mention ?? null };
    default:
      return { flagged };
  }
}
