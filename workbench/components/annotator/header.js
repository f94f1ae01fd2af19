// Above the article: its title and what is known of it, and how the sentence on the screen stands.

import { element, signed } from "./marks.js";
import { begunInWords } from "./speaker.js";
import { answerInWords, day, inProject, number, pieces, quotation } from "./text.js";

export class Header {
  #head;
  #title;
  #where = element("a", "where");
  #why = element("span", "why");
  #quote = element("span", "quote");
  #facts = element("span", "facts");
  #mine = element("span", "mine");
  #labels;
  #article = null;

  constructor(root, labels) {
    this.#labels = labels;
    this.#head = root.querySelector(".headline");
    this.#title = root.querySelector(".title");
    this.#where.title = "Open the article at this sentence";
    root.querySelector(".meta").append(this.#where, this.#why, this.#quote, this.#facts, this.#mine);
  }

  /** The article and the sentence's place in it; nothing where there is no sentence. */
  show(place) {
    this.#where.hidden = !place?.number;
    if (place) this.#where.href = address(place);
    setText(this.#where, place?.number ? `${number(place.number)} of ${number(place.total)} in this article` : "");
    setText(this.#why, place?.why ?? "");
    this.#why.hidden = !place?.why;
    this.#setQuotation(place);
    if (this.#article === (place?.article ?? null)) return;
    this.#article = place?.article ?? null;
    const words = place ? place.article.title || place.article.source : "";
    this.#title.hidden = !words;
    this.#title.dir = "auto";
    this.#title.title = plain(words);
    this.#title.replaceChildren(...signed(words));
    this.#facts.replaceChildren(...this.#known(words));
  }

  #setQuotation(place) {
    const { words } = place ? quotation(place.segment, place.article.segments) : { words: "" };
    setText(this.#quote, words);
    this.#quote.hidden = !words;
  }

  #known(title) {
    if (!this.#article) return [];
    const { outlet, author, published, source } = this.#article;
    const facts = [outlet, author, day(published), source].filter((fact) => fact && fact !== title);
    return facts.flatMap((fact, i) => {
      const isolated = element("bdi"); // whichever way it runs, its neighbours stay in their places
      isolated.append(...signed(fact));
      return i ? [" · ", isolated] : [isolated];
    });
  }

  /** The reviewer's answer, or what of one is begun. */
  setAnswer(answer, begun) {
    const isDecided = answer && answer.status !== "open";
    const mine = isDecided ? `yours: ${answerInWords(answer, this.#labels)}` : "";
    setText(this.#mine, begun ? `not saved yet: ${begunInWords(begun, this.#labels)}` : mine);
    this.#mine.classList.toggle("is-begun", Boolean(begun));
  }

  /** The title is not shown twice while the article's own headline stands right below it. */
  setHeadlineInSight(isInSight) {
    this.#head.classList.toggle("is-below", isInSight);
  }
}

/** Where the sentence stands in its article's own page, to be repaired there or looked at. */
function address({ articleId, segment }) {
  const named = `article=${encodeURIComponent(articleId)}&sentence=${encodeURIComponent(segment.id)}`;
  return inProject(`/articles?${named}`);
}

function setText(part, words) {
  if (part.textContent !== words) part.textContent = words;
}

const plain = (text) => pieces(text).map(({ words }) => words ?? "").join("");
