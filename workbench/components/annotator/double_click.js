// One press of the hand is one decision. A double click, which some make everywhere, would decide
// the next sentence unseen.

const NEAR = 8; // px
const SOON = 300; // ms
const LONGEST_DOUBLE = 500; // ms: what a slow hand's system still calls a double click

/** Whether a click is the second half of a double click. Keys and aids come with no `detail`. */
export function isSecondHalf(click, last) {
  if (click.detail === 0 || last === null) return false;
  const isNear = Math.hypot(click.clientX - last.clientX, click.clientY - last.clientY) <= NEAR;
  const gap = click.timeStamp - last.timeStamp;
  return isNear && (gap < SOON || (click.detail === 2 && gap < LONGEST_DOUBLE));
}

/** Let second halves press no button of the panel but those for stepping through sentences. */
export function ignoreDoubleClicks(root) {
  let last = null;
  root.addEventListener(
    "click",
    (event) => {
      const button = event.composedPath().find((part) => part.matches?.("button"));
      const isIgnored = button && !("steps" in button.dataset) && isSecondHalf(event, last);
      if (event.detail > 0 && !isIgnored) {
        const { clientX, clientY, timeStamp } = event;
        last = { clientX, clientY, timeStamp }; // one that counted: ignored ones shut out no more
      }
      if (!isIgnored) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
