// How things stand: sentences done and left, and what waits to be sent.

export function tally({ outbox, sender }, answers, progress) {
  const more = answers.uncounted();
  const { done, left, seconds_per_sentence: seconds, ...rest } = progress;
  const inTab = outbox.inTabOnly;
  return {
    done: Math.max(0, done + more),
    left: Math.max(0, left - more),
    seconds,
    pending: outbox.size,
    // Told only where sending is delayed: while all goes well nothing is counted at a press.
    kept: inTab || sender.state.kind !== "idle" ? answers.kept() : null,
    inTab,
    sender: sender.state,
    ...rest,
  };
}
