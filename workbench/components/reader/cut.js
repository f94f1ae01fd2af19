// Splitting a sentence where it stands: its words can be pressed, a line shows the place.

import { element, written } from "./borrowed.js";
import { likeliest, nudge, parts, places, step } from "./cutting.js";

export class Cut {
  #button;
  #text;
  #places;
  #onMove;

  /** Begin in a segment's button; null where it has but one word. */
  static begin(button, text, { language, onMove }) {
    const found = places(text, language);
    const at = found.length ? likeliest(text, found) : nudge(text, 0, 1);
    return at > 0 ? new Cut(button, text, found, at, onMove) : null;
  }

  constructor(button, text, found, at, onMove) {
    this.#button = button;
    this.#text = text;
    this.#places = found;
    this.#onMove = onMove;
    this.at = at;
    this.draw();
  }

  get parts() {
    return parts(this.#text, this.at);
  }

  move(by, { byCharacter = false } = {}) {
    this.#set(byCharacter ? nudge(this.#text, this.at, by) : step(this.#places, this.at, by));
  }

  /** A press on a word: in front of it, or behind it if its far half was pressed. */
  press(target, x) {
    const word = target.closest?.(".word");
    if (!word) return;
    const box = word.getBoundingClientRect();
    const isFar = getComputedStyle(word).direction === "rtl" ? x < middle(box) : x > middle(box);
    const at = Number(word.dataset.at);
    const place = isFar ? step(this.#places, at, 1) : at;
    this.#set(this.#places.includes(place) ? place : step(this.#places, place, 1));
  }

  #set(at) {
    if (at === this.at || !at) return;
    this.at = at;
    this.draw();
    this.#onMove();
  }

  draw(button = this.#button) {
    this.#button = button;
    const made = element("span", "text is-cut");
    const edges = [...new Set([0, ...this.#places, this.at])].sort((a, b) => a - b);
    edges.forEach((start, n) => {
      if (start === this.at) made.append(mark());
      const word = element("span", start < this.at ? "word" : "word is-second");
      word.append(...written(this.#text.slice(start, edges[n + 1])));
      word.dataset.at = start;
      made.append(word);
    });
    button.querySelector(".text").replaceWith(made);
    button.classList.add("is-cutting");
  }
}

const middle = ({ left, width }) => left + width / 2;

function mark() {
  const line = element("span", "cut-mark");
  line.setAttribute("aria-hidden", "true");
  return line;
}
