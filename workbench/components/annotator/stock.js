// What the tab holds to work on: articles, the line of sentences, and whether to ask for more.

import { Queue } from "./queue.js";

const REMEMBERED = 500; // sentences decided here
const BARREN = 5; // answers in a row with nothing new after which the end is taken for the end

export class Stock {
  #answers;
  #articles = new Map();
  #places = new Map();
  #gone = new Map(); // sentences that are no more, each with the article as it was with them
  #given = [];
  #elsewhere = new Set();
  #lost = new Set();
  #cursor = "";
  #isAtEnd = false;
  #barren = 0;
  #hasAskedFromStart = false;
  #isPollDue = false;
  #leases;
  queue;

  constructor(answers, leases = null) {
    this.#answers = answers;
    this.#leases = leases;
    this.queue = new Queue(
      (id) =>
        answers.isOpen(id) &&
        !(this.#leases?.isOn && this.#lost.has(id)) &&
        (!this.#elsewhere.has(id) || id === this.queue.current),
    );
  }

  get cursor() {
    return this.#cursor;
  }

  article(id) {
    return this.#articles.get(id) ?? null;
  }

  has(sentence) {
    return this.#places.has(sentence);
  }

  /** Where a sentence stands: its article, its segment, and its number among the queued. */
  place(sentence) {
    const place = this.#places.get(sentence);
    if (!place) return null;
    const { articleId, index, number } = place;
    const article = this.#gone.get(sentence) ?? this.#articles.get(articleId);
    const segment = article.segments[index];
    const why = this.#answers.isOpen(sentence) ? this.queue.item(sentence)?.why : null;
    const offer = this.#offer(sentence);
    return { articleId, article, segment, number, total: article.total, offer, why };
  }

  /** The sentences of the quotation that a sentence is part of, in order; itself at least. */
  group(sentence) {
    const place = this.place(sentence);
    const group = place?.segment.group ?? null;
    if (group === null) return [sentence];
    const parts = place.article.segments.filter((part) => part.group === group && part.queued);
    return parts.some(({ id }) => id === sentence) ? parts.map(({ id }) => id) : [sentence];
  }

  /** Those of them, beside itself, that wait for an answer: for this reviewer's, where it is leased. */
  rest(sentence) {
    const isMine = (id) => !this.#leases?.isOn || this.queue.item(id) !== null;
    return this.group(sentence).filter(
      (id) => id !== sentence && this.queue.isWaiting(id) && isMine(id),
    );
  }

  /** What the reviewer gave a copy of a sentence that is open, or null. */
  #offer(sentence) {
    const copies = this.queue.item(sentence)?.copies;
    if (!copies || !this.#answers.isOpen(sentence)) return null;
    const { mine, sentences = [] } = copies;
    const here = this.#given.findLast((id) => sentences.includes(id) && this.#labels(id));
    if (here) {
      const { title, source } = this.place(here).article;
      return { id: here, labels: this.#labels(here), article_title: title || source };
    }
    return mine && this.#given.includes(mine.id) ? null : mine;
  }

  /** The labels that a sentence has here and now, or null. */
  #labels(sentence) {
    const answer = this.#answers.value(sentence);
    return answer?.status === "labelled" && this.#places.has(sentence) ? answer.labels : null;
  }

  /** The reviewer has decided a sentence here: what they gave it goes before what the server told. */
  given(sentence) {
    this.#given = [...this.#given.filter((id) => id !== sentence), sentence].slice(-REMEMBERED);
  }

  /** The same for the sentence on the screen. */
  get offer() {
    return this.queue.current === null ? null : this.#offer(this.queue.current);
  }

  /** Another tab of this reviewer has answered it: no reason to show it here again. */
  answeredElsewhere(sentence) {
    this.#elsewhere.add(sentence);
  }

  /** An answer was refused: where sentences are leased, this one and others may be somebody else's. */
  refused(sentence) {
    this.#lost.add(sentence);
    if (this.#leases?.isOn) this.poll();
  }

  /** Take articles and sentences; returns how many were new, and what changed of the old. */
  take({ window = [], articles = {}, whole = false, lease_seconds }, { isLater = false } = {}) {
    const changed = new Set();
    const now = performance.now();
    if (this.#leases?.told(lease_seconds, now)) this.#startOver();
    this.#leases?.take(window, { isWhole: whole, now });
    for (const [id, article] of Object.entries(articles)) this.#takeArticle(id, article, changed);
    const known = window.filter(({ id }) => this.#places.has(id));
    for (const item of known) {
      if (this.#answers.learn(item.id, item.mine, item.version)) {
        changed.add(item.id);
        this.#elsewhere.delete(item.id);
      }
    }
    if (whole && isLater) this.#dropAllBut(window);
    for (const { id, fence } of window) if (fence) this.#lost.delete(id); // it is theirs again
    // What comes later stands where it belongs: a repair may have put it among those in the line.
    return { added: this.queue.merge(known, isLater ? (id) => this.#next(id) : undefined), changed };
  }

  /** Sentences are given out from now on, or no more: another line than the one that is here. */
  #startOver() {
    this.#cursor = "";
    this.poll();
  }

  /** What ran out and went to others is no longer asked about; what is on the screen stays there. */
  #dropAllBut(window) {
    const held = new Set(window.map(({ id }) => id));
    const isLost = (id) => !held.has(id) && !this.#answers.isPending(id);
    this.queue.drop(this.queue.line.filter(isLost));
  }

  /** The sentence in the line that comes next in the article, or null. */
  #next(sentence) {
    const { articleId, index } = this.#places.get(sentence);
    const after = this.#articles.get(articleId).segments.slice(index + 1);
    return after.find(({ id }) => this.queue.item(id))?.id ?? null;
  }

  #takeArticle(id, article, changed) {
    const old = this.#articles.get(id);
    const segments = old && isSame(old.segments, article.segments) ? old.segments : article.segments;
    let number = 0;
    segments.forEach((segment, index) => {
      if (segment.queued) number += 1;
      this.#places.set(segment.id, { articleId: id, index, number: segment.queued ? number : null });
      this.#gone.delete(segment.id);
    });
    for (const { id, mine } of article.segments) if (this.#answers.learn(id, mine)) changed.add(id);
    this.#articles.set(id, { ...article, segments, total: number });
    if (old && old.segments !== segments) this.#leaveBehind(old, segments);
  }

  /** What is no more of a changed article: nobody is asked about it, but it can be looked at. */
  #leaveBehind(old, segments) {
    const now = new Set(segments.map(({ id }) => id));
    const gone = old.segments.map(({ id }) => id).filter((id) => !now.has(id));
    for (const id of gone) this.#gone.set(id, old);
    this.queue.drop(gone);
  }

  /** The first data of a mount: what lies before the line can be looked back to. */
  seed(data) {
    this.take(data);
    this.#cursor = data.cursor ?? "";
    const first = this.queue.line[0];
    const at = first && this.#places.get(first);
    if (!at) return;
    const before = this.#articles.get(at.articleId).segments.slice(0, at.index);
    for (const segment of before) {
      if (segment.queued && !this.#answers.isOpen(segment.id)) this.bring(segment.id, first);
    }
  }

  /** Put a sentence of a held article into the line, so that it can be shown. */
  bring(sentence, before = this.queue.current ?? undefined) {
    const place = this.place(sentence);
    if (!place) return false;
    const { articleId, segment } = place;
    this.queue.insert({ id: sentence, article: articleId, kind: segment.kind }, before);
    return true;
  }

  /** What to ask the server for, or null. */
  ask(project) {
    const open = this.queue.openCount();
    const have = [...this.#articles.keys()].slice(-200);
    if (open > 0) {
      this.#hasAskedFromStart = false;
      const want = this.queue.shortfall() || (this.#isPollDue ? 1 : 0);
      return want && (this.#isPollDue || !this.#isAtEnd) ? { project, after: this.#cursor, want, have } : null;
    }
    if (this.#hasAskedFromStart && !this.#isPollDue) return null;
    // From the start: some may be open again, and what was changed since is not told by any cursor.
    return { project, after: "", want: this.queue.shortfall(), have: [] };
  }

  /** The next sentence that stands in another article than the one on the screen, or null. */
  nextArticle() {
    const { current } = this.queue;
    const here = current && this.place(current).articleId;
    for (const sentence of this.queue.upcoming()) {
      const place = this.place(sentence);
      if (place.articleId !== here) return { id: place.articleId, article: place.article, sentence };
    }
    return null;
  }

  get isEmpty() {
    return this.#hasAskedFromStart && this.queue.openCount() === 0;
  }

  /** Ask again: whether there is something, or for what is held, which is a reviewer's for a time. */
  poll() {
    this.#isPollDue = true;
  }

  answered(body, asked) {
    const before = this.#cursor;
    const taken = this.take(body, { isLater: true });
    if (!asked) return taken;
    this.#cursor = body.cursor ?? before;
    this.#isPollDue = false;
    this.#barren = taken.added ? 0 : this.#barren + 1;
    if (asked.after === "") {
      this.#hasAskedFromStart = true;
      this.#isAtEnd = false;
    } else {
      const isDry = !body.window?.length || this.#cursor === before || this.#barren >= BARREN;
      this.#isAtEnd = !taken.added && isDry;
    }
    return taken;
  }
}

/** Whether an article's pieces are still the same, whatever was answered. */
const isSame = (a, b) =>
  a.length === b.length &&
  a.every(({ id, kind, queued, group }, i) => {
    const other = b[i];
    return id === other.id && kind === other.kind && queued === other.queued && group === other.group;
  });
