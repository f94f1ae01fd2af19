// A label's colour and its mark: the same wherever the label is shown, so that no meaning hangs
// on hue alone. The look of both is in marks.css.

import { pieces, turns } from "./text.js";

const STYLES = ["solid", "dotted", "wavy", "dashed", "double"];
const COLOURS = ["blue", "violet", "orange", "green", "red", "yellow", "gray"];

/** Give an element the colour and the underline of a label. */
export function mark(element, label, labels) {
  const at = labels.indexOf(label);
  element.dataset.mark = STYLES[at % STYLES.length];
  element.dataset.colour = COLOURS.includes(label.colour) ? label.colour : "gray";
  return element;
}

export function chosen(keys, labels) {
  return labels.filter(({ key }) => keys.includes(key));
}

/** The labels as single letters, each with its mark; a dash for none. */
export function letters(keys, labels) {
  const row = document.createElement("span");
  row.className = "letters";
  row.setAttribute("aria-hidden", "true");
  const shown = chosen(keys, labels);
  for (const label of shown) row.append(mark(element("b", "letter", label.shortcut), label, labels));
  if (!shown.length) row.append(element("b", "letter is-none", "–"));
  return row;
}

export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** A text whose invisible signs are shown by their codes instead of doing what they do. */
export function signed(text) {
  return pieces(text).map(({ words, sign }) => {
    if (words !== undefined) return document.createTextNode(words);
    const badge = element("span", "sign", sign);
    badge.dir = "ltr";
    return badge;
  });
}

/**
 * A text as it was written, to be read, selected and copied. What would turn round the words after it
 * is held in a box of its own, beyond which it does nothing; the box shows its code.
 */
export function written(text) {
  return turns(text).map(({ words, sign, character }) => {
    if (words !== undefined) return document.createTextNode(words);
    const box = element("span", "turn", character);
    box.dataset.code = sign;
    return box;
  });
}
