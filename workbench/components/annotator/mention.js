// What part of a sentence a comment is about: chosen by selecting it, or by typing it. On the wire
// and in the database it is counted in code points, on the screen in UTF-16 units.

import { element } from "./marks.js";

const NAME = "workbench-mention";

const points = (text, unit) => [...text.slice(0, unit)].length;
const units = (text, point) => [...text].slice(0, point).join("").length;

/** UTF-16 units to code points, without the white space around; null where nothing is left. */
export function asMention(text, { start, end }) {
  const chosen = text.slice(start, end);
  const first = start + (chosen.length - chosen.trimStart().length);
  const last = first + chosen.trim().length;
  return first < last ? { start: points(text, first), end: points(text, last) } : null;
}

/** A mention in UTF-16 units. */
export const asUnits = (text, { start, end }) => ({ start: units(text, start), end: units(text, end) });

/** The words that are mentioned. */
export const quoted = (text, mention) => (mention ? [...text].slice(mention.start, mention.end).join("") : "");

/** Where typed words stand in a sentence, whatever their case; null where they do not. */
export function find(text, typed) {
  const words = typed.trim();
  if (!words) return null;
  const at = text.indexOf(words) >= 0 ? text.indexOf(words) : text.toLowerCase().indexOf(words.toLowerCase());
  // Of a letter that changes its length with its case the places would not be those of the text.
  const isSame = at >= 0 && text.slice(at, at + words.length).toLowerCase() === words.toLowerCase();
  return isSame ? asMention(text, { start: at, end: at + words.length }) : null;
}

export const sameMention = (a, b) => (a?.start ?? -1) === (b?.start ?? -1) && (a?.end ?? -1) === (b?.end ?? -1);

/** The field below a comment. It hears selections in the sentence as long as it is open. */
export class MentionField {
  element = element("div", "about");
  value;
  changed = () => {};
  #text;
  #mark;
  #field = element("input", "field");
  #said = element("output", "note");
  #ended = new AbortController();

  constructor({ text, mention, mark }) {
    this.#text = text;
    this.#mark = mark;
    this.value = mention ?? null;
    const label = element("label", "about-label", "About these words");
    this.#field.placeholder = "Select them in the sentence, or type them";
    this.#field.dir = "auto";
    this.#field.value = quoted(text, this.value);
    label.append(this.#field);
    this.element.append(label, this.#said);
    this.#field.addEventListener("input", () => this.#typed());
    const { signal } = this.#ended;
    document.addEventListener("selectionchange", () => this.#heard(), { signal });
    this.#selected(); // what was selected before the comment was asked for
    this.#mark.show(this.value);
  }

  /** Until its sheet is closed, however that is done. */
  #heard() {
    if (this.element.isConnected) this.#selected();
    else this.#ended.abort();
  }

  #typed() {
    const typed = this.#field.value.trim();
    this.#take(find(this.#text, typed));
    this.#said.textContent = typed && !this.value ? "These words are not in the sentence." : "";
  }

  #selected() {
    const chosen = this.#mark.selected();
    const mention = chosen && asMention(this.#text, chosen);
    if (!mention || sameMention(mention, this.value)) return;
    this.#field.value = quoted(this.#text, mention);
    this.#said.textContent = "";
    this.#take(mention);
  }

  #take(mention) {
    if (sameMention(mention, this.value)) return;
    this.value = mention;
    this.#mark.show(mention);
    this.changed();
  }
}

/** Marks a part of the sentence on the screen, and tells what is selected in it; moves nothing. */
export class MentionMark {
  #root;

  constructor(root) {
    this.#root = root;
  }

  /** The sentence's text: in several nodes where something in it stands in a box of its own. */
  get #nodes() {
    const sentence = this.#root.querySelector("[data-testid=sentence]");
    const found = sentence ? document.createNodeIterator(sentence, NodeFilter.SHOW_TEXT) : null;
    const nodes = [];
    for (let node = found?.nextNode(); node; node = found.nextNode()) nodes.push(node);
    return nodes;
  }

  show(mention) {
    globalThis.CSS?.highlights?.delete(NAME);
    const nodes = this.#nodes;
    if (!mention || !nodes.length || !globalThis.Highlight) return; // elsewhere the field alone tells
    const { start, end } = asUnits(nodes.map(({ data }) => data).join(""), mention);
    const [startContainer, startOffset] = placeIn(nodes, start);
    const [endContainer, endOffset] = placeIn(nodes, end);
    // A live range would be moved when the underlines are laid around the text anew.
    const range = new StaticRange({ startContainer, startOffset, endContainer, endOffset });
    CSS.highlights.set(NAME, new Highlight(range));
  }

  /** What is selected within the sentence, in UTF-16 units; null for nothing. */
  selected() {
    const nodes = this.#nodes;
    const shadow = this.#root.getRootNode();
    const selection = shadow.getSelection?.() ?? document.getSelection();
    if (!nodes.length || !selection || !selection.rangeCount) return null;
    const [range = selection.getRangeAt(0)] = selection.getComposedRanges?.({ shadowRoots: [shadow] }) ?? [];
    const { startContainer, startOffset, endContainer, endOffset } = range;
    if (!nodes.includes(startContainer) && !nodes.includes(endContainer)) return null;
    const start = before(nodes, startContainer, startOffset) ?? 0;
    const end = before(nodes, endContainer, endOffset) ?? lengthOf(nodes);
    return start < end ? { start, end } : null;
  }
}

const lengthOf = (nodes) => nodes.reduce((sum, { length }) => sum + length, 0);

/** How much of the text stands before a place in one of its nodes; null where it is none of them. */
function before(nodes, node, offset) {
  const at = nodes.indexOf(node);
  return at < 0 ? null : lengthOf(nodes.slice(0, at)) + offset;
}

/** The node and the place in it that so much of the text stands before; at most the text's end. */
function placeIn(nodes, offset) {
  let left = offset;
  for (const node of nodes) {
    if (left <= node.length) return [node, left];
    left -= node.length;
  }
  return [nodes.at(-1), nodes.at(-1).length];
}
