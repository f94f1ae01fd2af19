// The article as a page: every segment a button, one of which is in the tab order; the arrows
// move among them. Article text goes in as text nodes only. Where lines were wrapped by hand (a
// sentence runs over a line break), line breaks are drawn as spaces.

import { chosen, element, letters, mark, written } from "./borrowed.js";

const HEADINGS = { headline: "h2", subhead: "h3" };
const TOP = 120; // pixels: Streamlit's header and what stands below it
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export class Page {
  #column;
  #labels = [];
  #buttons = [];
  #at = 0;
  #chosen = null;
  #covered = 0;
  #options;

  constructor(column, options) {
    this.#column = column;
    this.#options = options;
    column.addEventListener("click", (event) => this.#press(event));
    column.addEventListener("keydown", (event) => this.#key(event));
    column.addEventListener("focusin", ({ target }) => {
      const at = this.#buttons.indexOf(target);
      if (at >= 0) this.#move(at, { focus: false });
    });
    for (const kind of ["pointerover", "focusin"]) {
      column.addEventListener(kind, ({ target }) => options.onPoint(target.closest?.(".segment")));
    }
    for (const kind of ["pointerleave", "focusout"]) {
      column.addEventListener(kind, () => options.onPoint(null));
    }
  }

  /** Draw every segment anew; who had the focus gets it back. */
  draw(segments, labels) {
    const hadFocus = this.#column.contains(this.#column.getRootNode().activeElement);
    this.#labels = labels;
    this.#buttons = [];
    const blocks = inBlocks(segments);
    this.#column.replaceChildren(...blocks.map((block, at) => this.#block(block, blocks[at - 1])));
    this.#move(Math.min(this.#at, this.#buttons.length - 1), { focus: hadFocus });
    this.choose(this.#chosen);
  }

  choose(id) {
    this.#chosen = id;
    for (const button of this.#buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.segment === id));
    }
  }

  focus() {
    this.#buttons[this.#at]?.focus();
  }

  button(id) {
    return this.#buttons.find(({ dataset }) => dataset.segment === id);
  }

  /** So many pixels of the screen's foot lie under a sheet: what is brought to sight stays above. */
  cover(pixels) {
    this.#covered = pixels;
    this.#column.style.setProperty("--covered", `${pixels}px`);
  }

  /** Bring a piece to sight, without moving what is seen already. */
  goTo(id, { isFocused = false } = {}) {
    const at = this.#buttons.findIndex(({ dataset }) => dataset.segment === id);
    if (at < 0) return;
    this.#move(at, { focus: false });
    const button = this.#buttons[at];
    if (isFocused) button.focus({ preventScroll: true });
    const { top, bottom } = button.getBoundingClientRect();
    const foot = innerHeight - Math.max(60, this.#covered + 8);
    if (top >= TOP && bottom <= foot) return;
    button.scrollIntoView({ block: bottom - top > foot - TOP ? "start" : "center" });
  }

  #block(segments, before) {
    const [{ kind, gap }] = segments;
    const isAside = segments.every(({ queued }) => !queued);
    const block = element(HEADINGS[kind] ?? "p", `block is-${kind}`);
    block.dir = "auto";
    block.classList.toggle("is-aside", isAside);
    block.classList.toggle("is-line", gap === "line");
    if (isAside && !(before?.[0].kind === kind && before.every(({ queued }) => !queued))) {
      const note = element("span", "kind", kind === "body" ? "left out" : kind);
      note.setAttribute("aria-hidden", "true"); // each segment's name says it
      block.append(note);
    }
    segments.forEach((segment, at) => {
      if (at && segment.gap !== "none") block.append(" ");
      block.append(this.#segment(segment));
    });
    return block;
  }

  #segment(segment) {
    const button = element("span", segment.queued ? "segment" : "segment is-out");
    button.setAttribute("role", "button");
    button.tabIndex = -1;
    button.dataset.segment = segment.id;
    const { label, why } = this.#options.name(segment);
    button.setAttribute("aria-label", label);
    if (why) button.setAttribute("aria-description", why);
    const isDecided = segment.mine && segment.mine.status !== "open";
    let text = element("span", "text");
    text.append(...written(segment.text));
    for (const label of chosen(isDecided ? segment.mine.labels : [], this.#labels)) {
      const line = mark(element("span", "underline"), label, this.#labels);
      line.append(text);
      text = line;
    }
    button.append(text);
    if (isDecided) {
      const skipped = segment.mine.status === "skipped";
      const tag = skipped ? element("b", "letter is-none", "×") : null;
      const row = tag ?? letters(segment.mine.labels, this.#labels);
      row.classList.add("tag");
      row.setAttribute("aria-hidden", "true");
      button.append(row);
    }
    if (segment.stale?.length) {
      const tag = element("span", "tag is-stale", "↶");
      tag.title = "Answers are kept on what stood here before";
      tag.setAttribute("aria-hidden", "true");
      button.append(tag);
    }
    this.#buttons.push(button);
    return button;
  }

  #press({ target, clientX }) {
    const button = target.closest?.(".segment");
    if (button?.classList.contains("is-cutting")) {
      this.#options.onPress(target, clientX);
      button.focus({ preventScroll: true });
      return;
    }
    if (!button || String(globalThis.getSelection?.() ?? "")) return; // text is being selected
    this.#move(this.#buttons.indexOf(button), { focus: false });
    this.#options.onChoose(button.dataset.segment);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#buttons.indexOf(event.target);
    if (at < 0) return;
    if (this.#options.onKey(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const to = { Home: 0, End: this.#buttons.length - 1 }[event.key] ?? at + (STEPS[event.key] ?? 0);
    const isChoice = event.key === "Enter" || event.key === " ";
    if (to === at && !isChoice) return;
    event.preventDefault();
    event.stopPropagation();
    if (isChoice) this.#options.onChoose(event.target.dataset.segment, { byKey: true });
    else this.#move(Math.max(0, Math.min(to, this.#buttons.length - 1)), { focus: true });
  }

  #move(to, { focus }) {
    if (to < 0) return;
    if (this.#buttons[this.#at]) this.#buttons[this.#at].tabIndex = -1;
    this.#at = to;
    this.#buttons[to].tabIndex = 0;
    if (focus) this.#buttons[to].focus();
  }
}

/** Paragraphs, lines and headings, each as its segments. */
function inBlocks(segments) {
  const isWrapped = segments.some(({ kind, text }) => kind === "body" && /\S\s*\n\s*\S/.test(text));
  const breaks = isWrapped ? ["paragraph"] : ["paragraph", "line"];
  const blocks = [];
  segments.forEach((segment, at) => {
    const starts = !at || breaks.includes(segment.gap) || startsBlock(segments[at - 1], segment);
    if (starts) blocks.push([segment]);
    else blocks.at(-1).push(segment);
  });
  return blocks;
}

function startsBlock(before, segment) {
  const isBlock = (kind) => kind in HEADINGS;
  return before.kind !== segment.kind && (isBlock(before.kind) || isBlock(segment.kind));
}
