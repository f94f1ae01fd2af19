// What opens beside the sentence and never over it: comment, reasons to skip, guideline, keys.

import { element, letters } from "./marks.js";
import { cap } from "./panel.js";
import { blocks, count, number } from "./text.js";

export const LONGEST_COMMENT = 4000; // as much as the server takes
const NEAR_THE_END = 400;
const LEAST = 240; // px of a sheet to work in
const BESIDE = ["guideline", "keys"]; // read while working: below the article, nothing is covered

const REASONS = [
  { reason: "unclear", name: "Unclear" },
  { reason: "needs context", name: "Needs context" },
  { reason: "not my language", name: "Not my language" },
];

export class Sheets {
  #sheet;
  #parts;
  #close;
  #labels;
  #presets;
  #guideline;
  #returnTo = null;
  name = null;
  #keys = null;
  #leave = null;
  #putOff = null;
  #behind = null;
  #scrolled = null;

  /** `parts`: the sheet over the panel's lower half, and the one `beside` the sentence. */
  constructor(parts, { labels, presets, guideline, onClose }) {
    this.#parts = parts;
    this.#sheet = parts.sheet;
    this.#labels = labels;
    this.#presets = presets;
    this.#guideline = guideline;
    this.#close = onClose;
  }

  setGuideline(guideline) {
    this.#guideline = guideline;
  }

  /** Whether an answer is waited for; what is only read leaves the other keys alone. */
  get isAsking() {
    return this.name !== null && !BESIDE.includes(this.name);
  }

  #open(name, title, { keys = null, leave = null, putOff = null, focus = null }, ...content) {
    const active = this.#sheet.getRootNode().activeElement;
    const isBeside = BESIDE.includes(name);
    const isRead = BESIDE.includes(this.name);
    const behind = isRead && !isBeside ? { name: this.name, at: this.#body.scrollTop } : this.#behind;
    this.#behind = null;
    this.close();
    if (!isBeside) this.#behind = behind;
    this.#sheet = isBeside ? this.#parts.beside : this.#parts.sheet;
    this.#parts.root.toggleAttribute("data-beside", isBeside);
    this.name = name;
    this.#keys = keys;
    this.#leave = leave;
    this.#putOff = putOff;
    this.#returnTo = active;
    const head = element("div", "sheet-head");
    const shut = button("quiet", () => this.cancel(), "Close ", cap("Esc"));
    const heading = element("h2", "", title);
    heading.id = `${name}-title`;
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
    this.#bringToSight(focus);
  }

  get #body() {
    return this.#sheet.querySelector(".sheet-body");
  }

  /** Where the panel is higher than the window, the sheet ends at its edge, or is scrolled to. */
  #bringToSight(focus) {
    const { panel } = this.#parts;
    this.#scrolled = panel.scrollTop;
    const end = panel.getBoundingClientRect().bottom;
    const { top, bottom } = this.#sheet.getBoundingClientRect();
    if (bottom > end && end - top >= LEAST) this.#sheet.style.maxHeight = `${end - top - 8}px`;
    else if (bottom > end) this.#sheet.scrollIntoView({ block: "nearest" });
    focus?.scrollIntoView({ block: "nearest" });
  }

  /** Close without saving what was written; it is kept as begun. */
  cancel() {
    this.#leave = null;
    const putOff = this.#putOff;
    this.close();
    putOff?.();
  }

  close() {
    if (!this.name) return;
    const leave = this.#leave;
    this.name = null;
    this.#keys = null;
    this.#leave = null;
    this.#sheet.hidden = true;
    this.#sheet.style.maxHeight = "";
    this.#sheet.replaceChildren();
    this.#parts.root.removeAttribute("data-beside");
    leave?.();
    this.#parts.panel.scrollTop = this.#scrolled;
    if (this.#returnTo?.isConnected) this.#returnTo.focus({ preventScroll: true });
    this.#returnTo = null;
    this.#close();
    this.#comeBack();
  }

  dispose() {
    this.#behind = null;
    this.close();
  }

  /** What was read when something was to be written is there again. */
  #comeBack() {
    const { name, at } = this.#behind ?? {};
    this.#behind = null;
    if (!name) return;
    this[name]();
    this.#body.scrollTop = at;
  }

  /** A key that means something in the open sheet only. True when it was used. */
  press(key) {
    const act = this.#keys?.[key];
    act?.();
    return Boolean(act);
  }

  /** Leaving for another sentence saves what was written; after Esc it is offered again. */
  comment({ text, begun, save, keep, putOff, about, isAboutSame, thread }) {
    const area = element("textarea", "field");
    area.value = begun ?? text;
    area.rows = 4;
    area.maxLength = LONGEST_COMMENT;
    area.setAttribute("aria-label", "Comment on this sentence");
    const room = element("output", "note room");
    const back = text ? "Back to the saved one" : "Discard";
    const discard = button("quiet", () => this.#throwAway(keep), back);
    discard.hidden = begun === null;
    const said = element("p", "note is-begun", begun === null ? "" : "Not saved yet");
    area.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.cancel();
      else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    const written = () => {
      const isSaved = area.value.trim() === text.trim() && (isAboutSame() || !area.value.trim());
      keep(isSaved ? null : area.value);
      discard.hidden = isSaved;
      room.textContent = roomInWords(area.value.length);
    };
    area.addEventListener("input", written);
    about.changed = written;
    area.addEventListener("paste", (event) => {
      const more = event.clipboardData?.getData("text/plain").length ?? 0;
      const chosen = area.selectionEnd - area.selectionStart;
      const over = area.value.length - chosen + more - LONGEST_COMMENT;
      if (over > 0) setTimeout(() => (room.textContent = cutInWords(over)), 0);
    });
    room.textContent = roomInWords(area.value.length);
    const leave = () => {
      const now = area.value.trim();
      if (now !== text.trim() || (now && !isAboutSame())) save(now || null);
      else keep(null);
    };
    const row = element("div", "choices");
    row.append(button("save", () => this.close(), "Save comment ", cap("Ctrl Enter")), discard);
    const parts = [thread, said, area, room, about.element, row].filter(Boolean);
    const keys = { m: () => area.focus() };
    this.#open("comment", "Comment", { keys, focus: area, leave, putOff }, ...parts);
    area.setSelectionRange(area.value.length, area.value.length);
  }

  #throwAway(keep) {
    keep(null);
    this.cancel();
  }

  skip({ begun, save, keep, putOff }) {
    const keys = { s: () => this.cancel() };
    const give = (reason) => {
      this.close();
      save(reason);
    };
    const list = element("div", "reasons");
    REASONS.forEach(({ reason, name }, i) => {
      keys[String(i + 1)] = () => give(reason);
      list.append(
        button("reason", () => give(reason), cap(String(i + 1)), element("span", "", name)),
      );
    });
    const other = element("form", "other");
    const field = element("input", "field");
    field.placeholder = "Other: say why";
    field.setAttribute("aria-label", "Other reason");
    field.maxLength = 200;
    field.value = begun ?? "";
    field.addEventListener("input", () => keep(field.value.trim() ? field.value : null));
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.cancel();
    });
    other.append(cap("4"), field, element("button", "none", "Skip"));
    other.addEventListener("submit", (event) => {
      event.preventDefault();
      give(field.value.trim() ? `other: ${field.value.trim()}` : "other");
    });
    keys["4"] = () => field.focus();
    this.#open("skip", "Skip: why?", { keys, putOff, focus: list.firstElementChild }, list, other);
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
      [["F"], "Flag, for a manager to look at"],
      [["M"], "Comment; Ctrl Enter saves it"],
      [["V"], "The labels you gave a copy of it, where offered"],
      [["Q"], "Chosen labels, or the next answer, for the whole quotation"],
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

function button(className, act, ...content) {
  const made = element("button", className);
  made.type = "button";
  made.append(...content);
  made.addEventListener("click", act);
  return made;
}

/** How much has been written, from where on it matters. */
export function roomInWords(length) {
  if (length < LONGEST_COMMENT - NEAR_THE_END) return "";
  return `${number(length)} of ${number(LONGEST_COMMENT)} characters`;
}

const cutInWords = (over) =>
  `The last ${count(over, "character")} of what was pasted did not fit: a comment has at most ${number(LONGEST_COMMENT)}.`;

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
