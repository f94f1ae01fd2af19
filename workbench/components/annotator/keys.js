// Which key means which act. Pure, but for the two questions asked of the page.

import { isAboutConnection } from "./lost_connection.js";

const BY_KEY = {
  Enter: { act: "save" },
  ArrowLeft: { act: "back" },
  ArrowRight: { act: "forward" },
  Escape: { act: "escape" },
  "?": { act: "keys" },
  n: { act: "none" },
  x: { act: "not-a-sentence" },
  s: { act: "skip" },
  z: { act: "undo" },
  m: { act: "comment" },
  f: { act: "flag" },
  w: { act: "worth" },
  g: { act: "guideline" },
  v: { act: "copy" },
  q: { act: "together" },
};

/** The character meant, whatever the layout: a Cyrillic С stands on the key C, & on the key 1. */
export function keyOf({ key, code = "", shiftKey = false }) {
  if (/^[a-z0-9?]$/i.test(key)) return key.toLowerCase();
  if (key.length > 1) return key;
  const digit = /^Digit(\d)$/.exec(code);
  if (digit && !shiftKey) return digit[1];
  const letter = /^Key([A-Z])$/.exec(code);
  return letter && key.codePointAt(0) > 127 ? letter[1].toLowerCase() : key;
}

/** The act of a key press, or null. A label's own key wins over the fixed ones. */
export function actOf(event, { labels, presets }) {
  const key = keyOf(event);
  const label = labels.find(({ shortcut }) => shortcut?.toLowerCase() === key);
  if (label) return { act: "toggle", label: label.key };
  const preset = presets.find((candidate) => candidate.key === key);
  if (preset) return { act: "preset", labels: preset.labels };
  return BY_KEY[key] ?? null;
}

const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
const PRESSABLE = "button, a[href], summary, [role=button], [role=tab], [role=menuitem]";

/** Whether the page's own use of this key comes first. */
export function isTheirs(event, document) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.composedPath()[0]; // event.target would be the shadow host
  if (target.matches?.(TYPING)) return true;
  if ((event.key === "Enter" || event.key === " ") && target.closest?.(PRESSABLE)) return true;
  const dialog = document.querySelector("[role=dialog]");
  return dialog !== null && !isAboutConnection(dialog, document);
}
