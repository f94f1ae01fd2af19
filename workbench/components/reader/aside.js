// Beside the article: what the marks mean while nothing is chosen, and all about the piece that is.

import { chosen, count, element, inProject, letters, mark, number } from "./borrowed.js";
import { button, kindName, sentenceCase } from "./builders.js";
import { kindForm } from "./kind_form.js";
import { cutPanel, former, repairs } from "./repair.js";

export class Aside {
  #root;
  #options;

  constructor(root, options) {
    this.#root = root;
    this.#options = options;
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      options.onClose();
    });
  }

  /** Nothing is chosen: the key to the marks. */
  rest(data, { note = "" } = {}) {
    const list = element("ul", "legend");
    for (const label of data.labels) {
      const row = element("li");
      row.append(mark(element("b", "letter", label.shortcut), label, data.labels), " ", label.name);
      list.append(row);
    }
    const none = element("li");
    none.append(element("b", "letter is-none", "–"), " None of them");
    list.append(none);
    const parts = [element("p", "counts", `${count(data.n_queued, "sentence")} in the queue, ${number(data.n_done)} done by you.`)];
    if (data.n_done) parts.push(list);
    const change = data.editable ? " and to repair it" : "";
    parts.push(element("p", "hint", `Grey pieces are not asked about. Choose any piece to see what it is${change}.`));
    parts.push(...this.#last(data, note));
    this.#root.classList.remove("is-open");
    this.#root.replaceChildren(...parts);
  }

  /** A piece is chosen: its kind and why, the reviewer's labels, its place, and what may be changed. */
  show(segment, data, { note = "", cut = null } = {}) {
    const close = button("close", "×", () => this.#options.onClose());
    close.setAttribute("aria-label", "Close");
    const head = element("h3", "what", sentenceCase(kindName(segment.kind, data)));
    const state = element("p", "state", segment.queued ? "In the queue." : "Not in the queue.");
    const parts = [close, head, state];
    if (cut) {
      parts.push(cutPanel(cut.parts, this.#options));
    } else {
      if (segment.reason) parts.push(element("p", "reason", segment.reason));
      parts.push(this.#mine(segment.mine, data));
      if (segment.queued) parts.push(link(segment));
      if (data.editable) parts.push(repairs(segment, data, this.#options));
      if (data.editable) parts.push(kindForm(segment, data, this.#options.onChange));
      parts.push(...former(segment, (mine) => said(mine, data)));
    }
    parts.push(...this.#last(data, note), place(segment));
    this.#root.classList.add("is-open");
    this.#root.replaceChildren(...parts);
  }

  /** What became of a change, and the last one that stands with the way back. */
  #last(data, note) {
    const parts = note ? [element("p", "note", note)] : [];
    if (!data.last_change) return parts;
    const line = element("p", "last", `${data.last_change} `);
    line.append(button("quiet", "Take back", () => this.#options.onChange({ act: "take_back" })));
    return [...parts, line];
  }

  focus(selector = "a, select, button:not(.close)") {
    this.#root.querySelector(selector)?.focus();
  }

  #mine(mine, data) {
    const line = element("p", "mine");
    if (mine?.status === "labelled") line.append(letters(mine.labels, data.labels), " ");
    line.append(said(mine, data));
    return line;
  }
}

/** What the reviewer said of a piece, in words. */
export function said(mine, data) {
  if (!mine || mine.status === "open") return "You have not labelled it.";
  if (mine.status === "skipped") return `You skipped it: ${mine.reason ?? ""}`;
  const names = chosen(mine.labels, data.labels).map(({ name }) => name.toLowerCase());
  return `You labelled it ${names.join(" and ") || "none"}.`;
}

function link(segment) {
  const made = element("a", "label-it", segment.mine ? "Label this sentence again" : "Label this sentence");
  made.href = inProject(`/?sentence=${encodeURIComponent(segment.id)}`);
  return made;
}

function place(segment) {
  const [start, end] = segment.id.slice(segment.id.lastIndexOf(":") + 1).split("-").map(Number);
  return element("p", "place", `Characters ${number(start)} to ${number(end)} of the text.`);
}
