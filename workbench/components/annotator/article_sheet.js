// One article as a page of its own, built once: every segment in its paragraph, marks added and
// taken away in place. Nothing here is parsed as HTML; article text goes in as text nodes only.

import { chosen, element, letters, mark, written } from "./marks.js";
import { Sight } from "./sight.js";
import { answerInWords, KINDS } from "./text.js";

const HEADINGS = { headline: "h2", subhead: "h3" };
const MANY = 400; // segments from which on far paragraphs are left to the browser to skip

export class ArticleSheet {
  #segments = new Map();
  #labels;
  #content;
  #glide = null;
  #last = null;
  #unsettled = new Set();
  /** The article's own headline, where it says the same as the title. */
  headline = null;

  constructor(id, article, { labels, answerOf }) {
    this.id = id;
    this.segments = article.segments;
    this.#labels = labels;
    this.scroller = element("div", "scroller");
    this.scroller.tabIndex = 0;
    this.scroller.setAttribute("role", "region");
    this.scroller.setAttribute("aria-label", "Article");
    this.#content = element("div", "column");
    if (article.segments.length > MANY) this.#content.classList.add("is-long");
    this.#build(article.segments);
    const headline = article.segments.find(
      ({ kind, text }) => kind === "headline" && sameWords(text, article.title ?? ""),
    );
    this.headline = headline ? this.#segments.get(headline.id).text : null;
    for (const segment of article.segments) {
      const answer = answerOf(segment.id);
      if (answer) this.setAnswer(segment.id, answer);
    }
    this.scroller.append(this.#content);
  }

  #build(segments) {
    let block = null;
    let before = null;
    for (const segment of segments) {
      if (!block || segment.gap === "paragraph" || startsBlock(before, segment)) {
        block = this.#block(segment);
        this.#content.append(block);
      } else if (segment.gap === "line") {
        block.append(document.createElement("br"));
      } else if (segment.gap === "space") {
        block.append(" ");
      }
      block.append(this.#segment(segment));
      before = segment;
    }
  }

  #block(segment) {
    const block = element(HEADINGS[segment.kind] ?? "p", `block is-${segment.kind}`);
    block.dir = "auto";
    if (!segment.queued && segment.kind !== "body") {
      block.append(ours("span", "kind", KINDS[segment.kind] ?? segment.kind), " ");
    }
    return block;
  }

  #segment(segment) {
    const outer = element("span", segment.queued ? "segment" : "segment is-aside");
    // Only where white space is more than one blank: preserved blanks at a line's end are painted.
    const isSpaced = /\s{2}|[^\S ]|^\s|\s$/.test(segment.text);
    const text = element("span", isSpaced ? "text is-spaced" : "text");
    text.append(...written(segment.text));
    outer.dataset.segment = segment.id;
    outer.append(text);
    this.#segments.set(segment.id, { outer, text, tag: null, said: null, index: this.#segments.size });
    return outer;
  }

  has(sentence) {
    return this.#segments.has(sentence);
  }

  setCurrent(sentence, isCurrent) {
    const segment = this.#segments.get(sentence);
    if (!segment) return;
    segment.outer.classList.toggle("is-current", isCurrent);
    if (isCurrent) {
      segment.text.dataset.testid = "sentence";
      segment.outer.setAttribute("aria-current", "true");
    } else {
      delete segment.text.dataset.testid;
      segment.outer.removeAttribute("aria-current");
    }
  }

  /** Show an answer as marks: underlines in the text, letters in the margin. */
  setAnswer(sentence, answer) {
    const segment = this.#segments.get(sentence);
    if (!segment) return;
    const isDecided = Boolean(answer) && answer.status !== "open";
    this.#underline(segment, isDecided ? answer.labels : []);
    segment.outer.classList.toggle("is-decided", isDecided);
    segment.outer.classList.toggle("is-skipped", answer?.status === "skipped");
    segment.tag?.remove();
    segment.said?.remove();
    segment.tag = this.#tag(answer);
    segment.said = segment.tag && ours("span", "said", `Yours: ${this.#inWords(answer)}. `);
    if (!segment.tag) return;
    segment.outer.prepend(segment.said, segment.tag);
    this.#unsettled.add(segment.outer.parentElement);
  }

  /** The draft of the current sentence: underlines only, the margin tells what is stored. */
  setDraft(sentence, keys) {
    const segment = this.#segments.get(sentence);
    if (segment) this.#underline(segment, keys);
  }

  #underline({ outer, text }, keys) {
    let inner = text;
    const wrappers = chosen(keys, this.#labels).map((label) =>
      mark(element("span", "underline"), label, this.#labels),
    );
    for (const wrapper of wrappers) {
      wrapper.append(inner);
      inner = wrapper;
    }
    const old = [...outer.querySelectorAll(":scope > .underline, :scope > .text")];
    outer.append(inner);
    for (const wrapper of old) if (wrapper !== inner) wrapper.remove();
  }

  #tag(answer) {
    const isDecided = answer && answer.status !== "open";
    if (!isDecided && !answer?.flagged && !answer?.comment && !answer?.isBegun) return null;
    const tag = ours("span", "tag");
    tag.setAttribute("aria-hidden", "true");
    if (answer.status === "labelled") tag.append(letters(answer.labels, this.#labels));
    else if (answer.status === "skipped") tag.append(element("b", "letter is-none", "×"));
    if (answer.isBegun) tag.append(element("b", "letter is-begun", "…"));
    if (answer.flagged) tag.append(element("b", "letter is-flag", "⚑"));
    if (answer.comment) tag.append(element("b", "letter is-note", "“"));
    return tag;
  }

  /** What the letters in the margin mean, for those who do not see them. */
  #inWords(answer) {
    const words = answer.status === "open" ? [] : [answerInWords(answer, this.#labels)];
    if (answer.isBegun) words.push("begun, not saved yet");
    if (answer.flagged) words.push("flagged");
    if (answer.comment) words.push("with a comment");
    return words.join(", ");
  }

  /** Two short sentences may begin on one line: then the first one's letters move outwards. */
  settleTags() {
    for (const block of this.#unsettled) {
      const tags = [...(block?.querySelectorAll(".tag") ?? [])].reverse();
      const tops = tags.map((tag) => tag.offsetTop);
      const widths = tags.map((tag) => tag.offsetWidth);
      let shift = 0;
      tags.forEach((tag, i) => {
        const isCrowded = i > 0 && Math.abs(tops[i] - tops[i - 1]) < 4;
        shift = isCrowded ? shift + widths[i - 1] + 6 : 0;
        tag.classList.toggle("is-crowded", isCrowded);
        tag.style.setProperty("--shift", `${shift}px`);
      });
    }
    this.#unsettled.clear();
  }

  /** Whether a sentence begins in sight without scrolling: right after one that ends well in sight. */
  followsInSight(sentence, before) {
    const [from, to] = [this.#segments.get(before), this.#segments.get(sentence)];
    if (!from || !to || this.#last?.sentence !== before) return false;
    const isNext = to.index > from.index && to.index - from.index <= 2;
    return isNext && this.#last.bottom < 0.75 && this.scroller.scrollTop === this.#last.scrollTop;
  }

  /** Whether a sentence is where the reviewer scrolled to, some lines of it in sight. */
  isReadOn(sentence, sight) {
    const { scroller } = this;
    if (this.#last?.sentence !== sentence || this.#last.width !== scroller.clientWidth) return false;
    if (Math.abs(scroller.scrollTop - this.#last.scrollTop) <= 1) return false;
    return this.#lines(sentence, sight).includes(true);
  }

  /** Whether all of a sentence is in sight. */
  isInSight(sentence, sight) {
    return !this.#lines(sentence, sight).includes(false);
  }

  /** Of each line of a sentence, whether it is in sight. */
  #lines(sentence, sight) {
    const box = this.scroller.getBoundingClientRect();
    const end = box.top + sight.room(box);
    const boxes = this.#segments.get(sentence)?.text.getClientRects() ?? [];
    return [...boxes].map(({ top, bottom }) => top > box.top - 2 && bottom < end + 2);
  }

  /** Bring a sentence to the upper third. The jump is at once; only its picture glides. */
  place(sentence, { glide = false, sight = null } = {}) {
    const segment = this.#segments.get(sentence);
    this.#glide?.cancel();
    this.#glide = null;
    if (!segment) return;
    const { scroller } = this;
    const boxes = segment.text.getClientRects();
    if (!boxes.length) return;
    const before = scroller.scrollTop;
    const height = scroller.clientHeight;
    const box = scroller.getBoundingClientRect();
    const origin = box.top - before;
    const room = sight?.room(box) ?? height;
    const [top, end] = [boxes[0].top - origin, boxes[boxes.length - 1].bottom - origin];
    scroller.scrollTop = Math.max(0, Math.round(top - Sight.above(height * 0.3, room, end - top)));
    const scrollTop = scroller.scrollTop;
    const bottom = room ? (end - scrollTop) / room : Infinity;
    this.#last = { sentence, scrollTop, bottom, width: scroller.clientWidth };
    const shift = box.top - scrollTop;
    sight?.reveal(top + shift, end + shift);
    const moved = scrollTop - before;
    if (!glide || !moved || Math.abs(moved) > height) return;
    this.#glide = this.#content.animate(
      [{ transform: `translateY(${moved}px)` }, { transform: "none" }],
      { duration: 130, easing: "cubic-bezier(.2, .7, .3, 1)" },
    );
  }
}

/** Words of ours amid the article's: they must not decide which way the article's run. */
function ours(name, className, words) {
  const made = element(name, className, words);
  made.dir = "ltr";
  return made;
}

const sameWords = (a, b) => a.replace(/\s+/g, " ").trim() === b.replace(/\s+/g, " ").trim();

function startsBlock(before, segment) {
  const isBlock = (kind) => kind in HEADINGS;
  return before !== null && before.kind !== segment.kind && (isBlock(before.kind) || isBlock(segment.kind));
}
