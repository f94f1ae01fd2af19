// Beside the article: what the marks mean while nothing is chosen, and all about the piece that is.

import { chosen, count, element, letters, mark, number } from "./borrowed.js";

const NO_GROUP = new Set(["", "Changed by hand."]);

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
  rest(data) {
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
    const change = data.editable ? " and to change it" : "";
    parts.push(element("p", "hint", `Grey pieces are not asked about. Choose any piece to see what it is${change}.`));
    parts.push(...this.#last(data, ""));
    this.#root.classList.remove("is-open");
    this.#root.replaceChildren(...parts);
  }

  /** A piece is chosen: its kind and why, the reviewer's labels, its place, and what may be changed. */
  show(segment, data, { note = "" } = {}) {
    const close = button("close", "×", () => this.#options.onClose());
    close.setAttribute("aria-label", "Close");
    const head = element("h3", "what", sentenceCase(kindName(segment.kind, data)));
    const state = element("p", "state", segment.queued ? "In the queue." : "Not in the queue.");
    const parts = [close, head, state];
    if (segment.reason) parts.push(element("p", "reason", segment.reason));
    parts.push(this.#mine(segment, data));
    if (segment.queued) parts.push(link(segment));
    if (data.editable) parts.push(this.#form(segment, data));
    parts.push(...this.#last(data, note), place(segment));
    this.#root.classList.add("is-open");
    this.#root.replaceChildren(...parts);
  }

  /** What became of a change, and the last one that stands with the way back. */
  #last(data, note) {
    const parts = note ? [element("p", "note", note)] : [];
    if (!data.last_change) return parts;
    const line = element("p", "last", `${data.last_change} `);
    line.append(button("quiet", "Take back", () => this.#options.onChange({ takeBack: true })));
    return [...parts, line];
  }

  focus() {
    this.#root.querySelector("a, select, button")?.focus();
  }

  #mine(segment, data) {
    const line = element("p", "mine");
    const { mine } = segment;
    if (!mine || mine.status === "open") {
      line.textContent = "You have not labelled it.";
    } else if (mine.status === "skipped") {
      line.textContent = `You skipped it: ${mine.reason ?? ""}`;
    } else {
      const names = chosen(mine.labels, data.labels).map(({ name }) => name.toLowerCase());
      line.append(letters(mine.labels, data.labels), ` You labelled it ${names.join(" and ") || "none"}.`);
    }
    return line;
  }

  #form(segment, data) {
    const form = element("form", "form");
    const kind = element("select");
    for (const { key, name } of data.kinds) kind.append(new Option(sentenceCase(name), key));
    kind.value = segment.kind;
    const queued = checkbox("In the queue", segment.queued);
    queued.input.setAttribute("role", "switch");
    const group = data.segments.filter(({ reason }) => reason === segment.reason).length;
    const all = checkbox(`All ${number(group)} with this reason`, false);
    const save = element("button", "change", "Change");
    save.type = "submit";
    const check = () => {
      save.disabled = kind.value === segment.kind && queued.input.checked === segment.queued;
    };
    kind.addEventListener("change", () => {
      queued.input.checked = data.kinds.find(({ key }) => key === kind.value).queued;
      check();
    });
    queued.input.addEventListener("change", check);
    check();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#options.onChange({
        sentence: segment.id,
        kind: kind.value,
        queued: queued.input.checked,
        all: all.input.checked,
      });
    });
    const named = element("label", "field");
    named.append(element("span", "", "Kind"), kind);
    form.append(named, queued.label);
    if (group > 1 && !NO_GROUP.has(segment.reason)) form.append(all.label);
    form.append(save);
    return form;
  }
}

export const kindName = (key, data) => data.kinds.find((kind) => kind.key === key)?.name ?? key;

const sentenceCase = (words) => words.charAt(0).toUpperCase() + words.slice(1);

function link(segment) {
  const made = element("a", "label-it", segment.mine ? "Label this sentence again" : "Label this sentence");
  made.href = `/?sentence=${encodeURIComponent(segment.id)}`;
  return made;
}

function place(segment) {
  const [start, end] = segment.id.slice(segment.id.lastIndexOf(":") + 1).split("-").map(Number);
  return element("p", "place", `Characters ${number(start)} to ${number(end)} of the text.`);
}

function button(className, words, onClick) {
  const made = element("button", className, words);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

function checkbox(words, isOn) {
  const input = element("input");
  input.type = "checkbox";
  input.checked = isOn;
  const label = element("label", "check");
  label.append(input, element("span", "", words));
  return { input, label };
}
