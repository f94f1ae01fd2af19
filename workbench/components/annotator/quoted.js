// At the article's foot, for a sentence of a longer quotation: which sentence says whose words
// they are, and the same answer for them all.

import { element, signed } from "./marks.js";
import { cap, keepFocus } from "./panel.js";
import { count, quotation } from "./text.js";

export class Quoted {
  #part;
  #who = element("p", "who");
  #button = element("button", "quiet");
  #name = element("span", "press");
  #more = element("span", "more");
  #drawn = "";
  isForAll = false;

  constructor(part, perform) {
    this.#part = part;
    this.#button.type = "button";
    this.#button.append(this.#name, " ", this.#more, " ", cap("Q"));
    this.#button.addEventListener("click", () => perform({ act: "together" }));
    part.append(this.#who, this.#button);
    keepFocus(part);
  }

  /** What is to be known of it, for those who listen. */
  get words() {
    return [this.#name.textContent, this.#more.textContent].join(": ");
  }

  setShortcuts(isOn) {
    if (isOn) this.#button.setAttribute("aria-keyshortcuts", "Q");
    else this.#button.removeAttribute("aria-keyshortcuts");
  }

  /** `n` is how many others of the quotation wait for an answer. */
  show(place, { n, isForAll }) {
    const { words, naming, isNamedHere } = place
      ? quotation(place.segment, place.article.segments)
      : { words: "" };
    this.isForAll = isForAll;
    const drawn = `${words} ${naming?.id} ${isNamedHere} ${n} ${isForAll}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#part.hidden = !naming && !isNamedHere && !n;
    this.#who.hidden = !naming && !isNamedHere;
    if (naming) this.#who.replaceChildren("Who speaks: ", quoted(naming.text));
    else this.#who.replaceChildren("This sentence says who speaks.");
    this.#button.hidden = !n;
    this.#button.setAttribute("aria-pressed", String(isForAll));
    [this.#name.textContent, this.#more.textContent] = allInWords(n, isForAll);
  }
}

/** What the button does, and for how many; or what it waits for. */
export function allInWords(n, isForAll) {
  if (isForAll) return ["The next answer goes to the whole quotation", `this one and ${count(n, "more", "more")}`];
  return ["Same for the whole quotation", `${count(n, "more", "more")} to answer`];
}

function quoted(text) {
  const part = element("q");
  part.dir = "auto";
  part.append(...signed(text));
  return part;
}
