// What opens beside the sentence and never over it: comment, reasons to skip, guideline, keys.

import { element, letters } from "./marks.js";
import { cap } from "./panel.js";
import { blocks } from "./text.js";

const REASONS = [
  { reason: "unclear", name: "Unclear" },
  { reason: "needs context", name: "Needs context" },
  { reason: "not my language", name: "Not my language" },
];

export class Sheets {
  #sheet;
  #close;
  #labels;
  #presets;
  #guideline;
  #returnTo = null;
  name = null;
  #keys = null;
  #leave = null;

  constructor(sheet, { labels, presets, guideline, onClose }) {
    this.#sheet = sheet;
    this.#labels = labels;
    this.#presets = presets;
    this.#guideline = guideline;
    this.#close = onClose;
  }

  setGuideline(guideline) {
    this.#guideline = guideline;
  }

  #open(name, title, { keys = null, leave = null, focus = null }, ...content) {
    const active = this.#sheet.getRootNode().activeElement;
    this.close();
    this.name = name;
    this.#keys = keys;
    this.#leave = leave;
    this.#returnTo = active;
    const head = element("div", "sheet-head");
    const shut = element("button", "quiet");
    shut.type = "button";
    shut.append("Close ", cap("Esc"));
    shut.addEventListener("click", () => this.cancel());
    const heading = element("h2", "", title);
    heading.id = "sheet-title";
    this.#sheet.setAttribute("aria-labelledby", heading.id);
    head.append(heading, shut);
    const body = element("div", "sheet-body");
    body.append(...content);
    this.#sheet.replaceChildren(head, body);
    this.#sheet.dataset.sheet = name;
    this.#sheet.hidden = false;
    // The heading, not the button: keys go on working, and Enter would press the button.
    heading.tabIndex = -1;
    (focus ?? heading).focus({ preventScroll: true });
  }

  /** Close without keeping what was written. */
  cancel() {
    this.#leave = null;
    this.close();
  }

  close() {
    if (!this.name) return;
    const leave = this.#leave;
    this.name = null;
    this.#keys = null;
    this.#leave = null;
    this.#sheet.hidden = true;
    this.#sheet.replaceChildren();
    leave?.();
    if (this.#returnTo?.isConnected) this.#returnTo.focus({ preventScroll: true });
    this.#returnTo = null;
    this.#close();
  }

  /** A key that means something in the open sheet only. True when it was used. */
  press(key) {
    const act = this.#keys?.[key];
    act?.();
    return Boolean(act);
  }

  /** Leaving for another sentence keeps what was written; Esc does not. */
  comment({ text, save }) {
    const area = element("textarea", "field");
    area.value = text;
    area.rows = 4;
    area.setAttribute("aria-label", "Comment on this sentence");
    area.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.cancel();
      else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    const button = element("button", "save");
    button.type = "button";
    button.append("Save comment ", cap("Ctrl Enter"));
    button.addEventListener("click", () => this.close());
    const leave = () => {
      const written = area.value.trim();
      if (written !== text.trim()) save(written || null);
    };
    this.#open("comment", "Comment", { focus: area, leave }, area, button);
    area.setSelectionRange(area.value.length, area.value.length);
  }

  skip({ save }) {
    const keys = {};
    const give = (reason) => {
      this.close();
      save(reason);
    };
    const list = element("div", "reasons");
    REASONS.forEach(({ reason, name }, i) => {
      const button = element("button", "reason");
      button.type = "button";
      button.append(cap(String(i + 1)), element("span", "", name));
      button.addEventListener("click", () => give(reason));
      keys[String(i + 1)] = () => give(reason);
      list.append(button);
    });
    const other = element("form", "other");
    const field = element("input", "field");
    field.placeholder = "Other: say why";
    field.setAttribute("aria-label", "Other reason");
    field.maxLength = 200;
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.cancel();
    });
    const button = element("button", "none", "Skip");
    other.append(cap("4"), field, button);
    other.addEventListener("submit", (event) => {
      event.preventDefault();
      give(field.value.trim() ? `other: ${field.value.trim()}` : "other");
    });
    keys["4"] = () => field.focus();
    this.#open("skip", "Skip: why?", { keys, focus: list.firstElementChild }, list, other);
  }

  guideline() {
    const sections = Object.entries(this.#guideline?.sections ?? {});
    const content = sections.map(([key, source]) => {
      const section = element("section", "guideline-section");
      const label = this.#labels.find((candidate) => candidate.key === key);
      const title = element("h3", "", label?.name ?? key.replaceAll("_", " "));
      if (label) title.append(" ", letters([key], this.#labels));
      section.append(title, ...formatted(source, title.textContent));
      return section;
    });
    if (!content.length) content.push(element("p", "note", "This project has no guideline yet."));
    const version = this.#guideline?.version;
    this.#open("guideline", version ? `Guideline, version ${version}` : "Guideline", {}, ...content);
    this.#sheet.querySelector(".sheet-body").tabIndex = 0;
  }

  keys() {
    const rows = [
      ...this.#labels.map(({ name, shortcut }) => [[shortcut], `${name}, on and off`]),
      [["Enter"], "Save, and on to the next sentence"],
      [["N"], "None of them, saved"],
      ...(this.#presets.length
        ? [[this.#presets.map(({ key }) => key), "Presets: one press, saved"]]
        : []),
      [["W"], "Check-worthiness: 0, 1, 2, not given"],
      [["X"], "Not a sentence"],
      [["S"], "Skip, with a reason"],
      [["F"], "Flag, to come back to it"],
      [["M"], "Comment; Ctrl Enter saves it"],
      [["V"], "The labels you gave a copy of it, where offered"],
      [["Z"], "Undo, and back to that sentence"],
      [["←", "→"], "Look back, and forward again"],
      [["G"], "Guideline"],
      [["Esc"], "Close what is open"],
    ];
    const list = element("dl", "keys");
    for (const [names, words] of rows) {
      const row = element("div");
      const term = element("dt");
      term.append(...names.map((name) => element("kbd", "cap", name)));
      row.append(term, element("dd", "", words));
      list.append(row);
    }
    const note = element("p", "note", "Single keys can be switched off at the foot of the panel.");
    this.#open("keys", "All keys", {}, list, note);
    this.#sheet.querySelector(".sheet-body").tabIndex = 0;
  }
}

function formatted(source, title) {
  const made = [];
  for (const block of blocks(source)) {
    if (block.kind === "heading") {
      if (block.text.toLowerCase() !== title.trim().toLowerCase()) made.push(element("h4", "", block.text));
    } else if (block.kind === "list") {
      const list = element("ul");
      list.append(...block.items.map((item) => element("li", "", item)));
      made.push(list);
    } else {
      made.push(element("p", block.isStrong ? "strong" : "", block.text));
    }
  }
  return made;
}
