// The small pieces that the panel is built of.

import { element } from "./borrowed.js";

export const kindName = (key, data) => data.kinds.find((kind) => kind.key === key)?.name ?? key;

export const sentenceCase = (words) => words.charAt(0).toUpperCase() + words.slice(1);

export function button(className, words, onClick, { key = "", isOff = false } = {}) {
  const made = element("button", className, words);
  made.type = "button";
  made.disabled = isOff;
  if (key) {
    const shown = element("kbd", "key", key);
    shown.setAttribute("aria-hidden", "true");
    made.append(" ", shown);
    made.setAttribute("aria-keyshortcuts", key);
  }
  made.addEventListener("click", onClick);
  return made;
}

export function checkbox(words, isOn) {
  const input = element("input");
  input.type = "checkbox";
  input.checked = isOn;
  const label = element("label", "check");
  label.append(input, element("span", "", words));
  return { input, label };
}
