// Repair: split the piece that is chosen, or merge it with the next one.

import { element, written } from "./borrowed.js";
import { button } from "./builders.js";

export function repairs(segment, data, { onCut, onMerge }) {
  const at = data.segments.findIndex(({ id }) => id === segment.id);
  const group = element("div", "repairs");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Repair");
  group.append(
    button("repair", "Split", onCut, { key: "S", isOff: !/\S\s*\S/u.test(segment.text) }),
    button("repair", "Merge with next", onMerge, { key: "M", isOff: at + 1 >= data.segments.length }),
  );
  return group;
}

/** While a place is looked for: what the two will be, and the keys that move it. */
export function cutPanel([first, second], { onMove, onSplit, onCancel }) {
  const panel = element("div", "cutting");
  const list = element("ol", "parts");
  for (const words of [first, second]) {
    const row = element("li");
    row.append(...written(words));
    row.dir = "auto";
    list.append(row);
  }
  const ways = element("div", "repairs");
  ways.append(
    button("repair", "Earlier", () => onMove(-1), { key: "\u2190" }),
    button("repair", "Later", () => onMove(1), { key: "\u2192" }),
  );
  const acts = element("div", "repairs");
  acts.append(
    button("change", "Split here", onSplit, { key: "Enter" }),
    button("repair", "Cancel", onCancel, { key: "Esc" }),
  );
  const hint = element("p", "hint", "Press the word that the second part begins with. With Shift the arrows move by one character.");
  panel.append(list, ways, acts, hint);
  return panel;
}

/** Labelled sentences that stood here before they were split or merged. */
export function former(segment, describe) {
  if (!segment.stale?.length) return [];
  const made = element("section", "former");
  made.append(element("h4", "former-head", segment.stale.length > 1 ? "Stood here before" : "Stood here before it was changed"));
  for (const old of segment.stale) {
    const words = element("blockquote");
    words.append(...written(old.text));
    words.dir = "auto";
    const people = old.n_labelled === 1 ? "One answer is" : `${old.n_labelled} answers are`;
    made.append(words, element("p", "hint", `${people} kept on it; no export takes them. ${describe(old.mine)}`));
  }
  return [made];
}
