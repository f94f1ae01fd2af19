// The stage on which articles stand: the shown one, and its neighbours already laid out but not
// painted, so that passing to the next article costs no more than passing to the next sentence.

import { ArticleSheet } from "./article_sheet.js";
import { Sight } from "./sight.js";

const KEPT = 3;
const SCROLLS = { PageDown: 0.85, PageUp: -0.85, ArrowDown: 0.15, ArrowUp: -0.15 }; // of what is in sight
const BURST = 140; // presses closer together than this jump, as a glide would trail behind

export class ArticleView {
  #stage;
  #sheets = new Map();
  #shown = null;
  #current = null;
  #options;
  #lastMove = 0;
  #move = {};
  #watch = null;
  #sight;
  #ended = new AbortController();
  #calm = globalThis.matchMedia("(prefers-reduced-motion: reduce)");

  constructor(stage, options) {
    this.#stage = stage;
    this.#options = options;
    this.#sight = new Sight(stage, (what) => this.#seenAnew(what));
    const { signal } = this.#ended;
    document.addEventListener("keydown", (event) => this.#scrolled(event), { signal });
  }

  /** Another size, or other things over the article: the sentence stays in sight. */
  #seenAnew({ isStage, isSheet }) {
    if (!this.#current) return;
    if (isStage || isSheet || !this.#shown.isInSight(this.#current, this.#sight)) this.keep();
  }

  /** Bring the sentence to its place, but not away from the line to which the reviewer scrolled. */
  keep() {
    if (this.#current && !this.#shown.isReadOn(this.#current, this.#sight)) this.place();
  }

  /** The keys that scroll a page scroll the article, as long as nothing else has the focus. */
  #scrolled(event) {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const share = SCROLLS[key];
    if (!share || ctrlKey || metaKey || altKey || shiftKey || !this.#current) return;
    if (event.defaultPrevented || event.composedPath()[0] !== document.body) return;
    event.preventDefault();
    const { scroller } = this.#shown;
    const top = share * this.#sight.room(scroller.getBoundingClientRect());
    scroller.scrollBy({ top, behavior: this.#calm.matches || event.repeat ? "instant" : "smooth" });
  }

  #sheet(id, article) {
    let sheet = this.#sheets.get(id);
    if (sheet && article && sheet.segments !== article.segments) {
      sheet.scroller.remove(); // its sentences were split, merged or otherwise changed: built again
      sheet = null;
    }
    if (!sheet) {
      sheet = new ArticleSheet(id, article, this.#options);
      sheet.scroller.classList.add("is-waiting");
      this.#stage.append(sheet.scroller);
    }
    this.#sheets.delete(id); // the map's order is that of use
    this.#sheets.set(id, sheet);
    return sheet;
  }

  /** Make a sentence the current one; everything that is written is written before it is measured. */
  show(sentence, articleId, article, now) {
    const sheet = this.#sheet(articleId, article);
    const isInSight = sheet === this.#shown && sheet.followsInSight(sentence, this.#current);
    if (this.#current) this.#shown.setCurrent(this.#current, false);
    const isSame = sheet === this.#shown;
    if (!isSame) {
      this.#shown?.scroller.classList.add("is-waiting");
      sheet.scroller.classList.remove("is-waiting");
      this.#shown = sheet;
      this.#watchHeadline(sheet);
    }
    this.#current = sentence;
    sheet.setCurrent(sentence, true);
    const inBurst = now - this.#lastMove < BURST;
    this.#lastMove = now;
    const glide = isSame && !inBurst && !this.#calm.matches;
    this.#move = { glide, canWait: glide && isInSight };
  }

  /** Whether the shown article's own headline is in sight, told whenever that changes. */
  #watchHeadline({ headline, scroller }) {
    this.#watch?.disconnect();
    this.#watch = null;
    if (!headline) return this.#options.onHeadline(false);
    this.#watch = new IntersectionObserver(
      (seen) => this.#options.onHeadline(seen.at(-1).isIntersecting),
      { root: scroller, rootMargin: "-12px 0px 0px", threshold: 0.5 },
    );
    this.#watch.observe(headline);
  }

  /** Move to the current sentence: at once, or, if it is in sight already, after it is painted. */
  settle() {
    const { glide, canWait } = this.#move;
    const sentence = this.#current;
    if (!canWait) return this.place({ glide });
    afterPaint(() => {
      if (this.#current === sentence) this.place({ glide });
    });
  }

  place(options) {
    if (this.#current) this.#shown.place(this.#current, { ...options, sight: this.#sight });
  }

  clear() {
    if (this.#current) this.#shown.setCurrent(this.#current, false);
    this.#current = null;
  }

  setAnswer(sentence, answer) {
    for (const sheet of this.#sheets.values()) {
      if (sheet.has(sentence)) return sheet.setAnswer(sentence, answer);
    }
  }

  setDraft(sentence, keys) {
    this.#shown?.setDraft(sentence, keys);
  }

  /** Idle work: the next article's layout, and letters that would lie on each other. */
  prepare(next) {
    for (const sheet of this.#sheets.values()) sheet.settleTags();
    if (!next) return;
    const isNew = !this.#sheets.has(next.id);
    const sheet = this.#sheet(next.id, next.article);
    if (isNew) sheet.place(next.sentence);
    if (this.#shown) this.#sheet(this.#shown.id);
    for (const [id, old] of this.#sheets) {
      if (this.#sheets.size <= KEPT) break;
      if (old === this.#shown || id === next.id) continue;
      old.scroller.remove();
      this.#sheets.delete(id);
    }
  }

  dispose() {
    this.#ended.abort();
    this.#sight.dispose();
    this.#watch?.disconnect();
  }
}

function afterPaint(work) {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = work;
    port2.postMessage(null);
  });
}
