// Everything that is seen and pressed. It knows no rules: it shows what it is told and passes on
// what the reviewer does.

import { ArticleView } from "./article_view.js";
import { Bar } from "./bar.js";
import { drawCards } from "./cards.js";
import { actOf, isTheirs, keyOf } from "./keys.js";
import { LostConnection } from "./lost_connection.js";
import { element, letters } from "./marks.js";
import { Panel } from "./panel.js";
import { Sheets } from "./sheets.js";
import { answerInWords, count, day, number, oddities } from "./text.js";

const SAY_AFTER = 120; // ms: in a burst only the sentence one stops at is read out

export class Screen {
  #root;
  #data;
  #does;
  #device;
  #parts = {};
  #bar;
  #view;
  #panel;
  #sheets;
  #hasShortcuts;
  #place = null;
  #saying = null;
  #preparing = null;
  #helds = [];
  #notice = null;
  #ended = new AbortController();
  #lost = new LostConnection();

  constructor(root, data, does) {
    this.#root = root;
    this.#data = data;
    this.#does = does;
    this.#device = does.device;
    this.#build();
    this.#listen();
    this.#setShortcuts(data.shortcuts !== false && this.#setting("shortcuts") !== "off");
    this.#offerHint();
  }

  #build() {
    const root = this.#root;
    root.querySelector(".skeleton").hidden = true;
    root.append(root.querySelector("template").content.cloneNode(true));
    for (const name of ["title", "meta", "stage", "empty", "cards", "hint", "panel", "sheet", "live"]) {
      this.#parts[name] = root.querySelector(`.${name}`);
    }
    const { labels, presets, guideline } = this.#data;
    this.#bar = new Bar(root);
    this.#view = new ArticleView(this.#parts.stage, { labels, answerOf: this.#does.answerOf });
    this.#panel = new Panel(this.#parts.panel, { labels, presets, perform: this.#does.perform });
    const onClose = () => this.#view.place();
    this.#sheets = new Sheets(this.#parts.sheet, { labels, presets, guideline, onClose });
  }

  // --- Listening --------------------------------------------------------------------------------

  #listen() {
    const { signal } = this.#ended;
    const touch = () => this.#does.onActivity(performance.now());
    // Capture, on the document: before Streamlit's own C and R, and wherever the focus is.
    document.addEventListener("keydown", (event) => this.#key(event), { capture: true, signal });
    for (const name of ["pointermove", "pointerdown", "wheel", "touchmove", "keydown"]) {
      document.addEventListener(name, touch, { passive: true, capture: true, signal });
    }
    const visible = () => this.#does.onVisible(document.visibilityState !== "hidden");
    document.addEventListener("visibilitychange", visible, { signal });
    globalThis.addEventListener("focus", visible, { signal });
    this.#parts.stage.addEventListener("click", (event) => this.#click(event), { signal });
    this.#parts.hint.querySelector("button").addEventListener("click", () => this.#hideHint(), {
      signal,
    });
  }

  #key(event) {
    if (!this.#root.isConnected || isTheirs(event, document)) return;
    if (event.key === "Escape") {
      if (!this.#sheets.name) return;
      this.#swallow(event);
      return this.#sheets.cancel();
    }
    if (!this.#hasShortcuts) return;
    const isForSheet = !event.repeat && this.#sheets.press(keyOf(event));
    const act = isForSheet ? null : actOf(event, this.#data);
    if (!isForSheet && !act) return;
    this.#swallow(event);
    if (act && !event.repeat) this.#does.perform(act); // a held key must not label thirty sentences
  }

  #swallow(event) {
    event.preventDefault();
    event.stopImmediatePropagation(); // or Streamlit's C (clear cache) and R would fire too
  }

  #click(event) {
    const segment = event.target.closest(".segment:not(.is-aside, .is-current)");
    const selection = this.#root.getRootNode().getSelection?.() ?? getSelection();
    if (!segment || selection?.type === "Range") return;
    this.#does.perform({ act: "visit", sentence: segment.dataset.segment });
  }

  /** Acts that only the screen is concerned with. True when this was one. */
  performed(act) {
    switch (act) {
      case "guideline":
      case "keys":
        if (this.#sheets.name === act) this.#sheets.close();
        else this.#sheets[act]();
        return true;
      case "shortcuts":
        this.#setShortcuts(!this.#hasShortcuts);
        this.#device.set(this.#settingKey("shortcuts"), this.#hasShortcuts ? "on" : "off");
        return true;
      default:
        return act === "escape";
    }
  }

  #settingKey(name) {
    return `wb:${this.#data.reviewer}:set:${name}`;
  }

  #setting(name) {
    return this.#device.get(this.#settingKey(name));
  }

  #setShortcuts(isOn) {
    this.#hasShortcuts = isOn;
    this.#panel.setShortcuts(isOn);
  }

  #offerHint() {
    const { hint } = this.#parts;
    hint.hidden = this.#setting("hint") === "seen" || !this.#hasShortcuts;
    const digits = this.#data.presets.map(({ key }) => key).filter((key) => key !== "0");
    const keys = this.#data.labels.map(({ shortcut }) => shortcut).join(" ");
    const range = digits.length > 1 ? `${digits[0]}–${digits.at(-1)} or ` : "";
    hint.querySelector(".hint-words").textContent =
      `Press ${range}${keys}, then Enter. ? shows all keys.`;
  }

  #hideHint() {
    this.#parts.hint.hidden = true;
    this.#device.set(this.#settingKey("hint"), "seen");
  }

  // --- Showing ----------------------------------------------------------------------------------

  setData(data) {
    this.#data = { ...this.#data, ...data };
    this.#sheets.setGuideline(data.guideline);
  }

  show(sentence, place) {
    this.#place = place;
    if (place) this.#view.show(sentence, place.articleId, place.article, performance.now());
    else this.#view.clear();
    this.#sayLater(place);
  }

  /** The one measurement of a press, after everything has been written. */
  settle() {
    if (this.#place) this.#view.settle();
  }

  setAnswer(sentence, answer) {
    this.#view.setAnswer(sentence, answer);
  }

  setDraft(sentence, draft) {
    this.#panel.setDraft(draft);
    if (sentence !== null) this.#view.setDraft(sentence, draft.labels);
  }

  setSentence({ place, answer, canUndo, canGoBack, canGoForward }) {
    this.#panel.setSentence({
      hasSentence: place !== null,
      flagged: answer?.flagged ?? false,
      hasComment: Boolean(answer?.comment),
      notes: place ? oddities(place.segment.text) : [],
      offer: place?.offer ?? null,
      canUndo,
      canGoBack,
      canGoForward,
    });
    this.#setHeader(place, answer);
  }

  #setHeader(place, answer) {
    const { title, meta } = this.#parts;
    if (!place) {
      title.textContent = "";
      meta.replaceChildren();
      return;
    }
    const { article, number: at, total } = place;
    const words = article.title || article.source;
    if (title.textContent !== words) {
      title.textContent = words;
      title.title = words;
      title.dir = "auto";
    }
    const facts = [article.outlet, article.author, day(article.published), article.source];
    const known = facts.filter((fact) => fact && fact !== words);
    const decided = answer && answer.status !== "open";
    const where = at ? `${number(at)} of ${number(total)} in this article` : "";
    const mine = decided ? `yours: ${answerInWords(answer, this.#data.labels)}` : "";
    meta.replaceChildren(
      element("span", "where", where),
      element("span", "facts", known.join(" · ")),
      element("span", "mine", mine),
    );
  }

  setState({ done, left, seconds, pending, inTab, sender, isEmpty, hasSentence }) {
    this.#bar.setProgress({ done, left, seconds });
    const isNews = this.#bar.setSaving({ pending, inTab, sender });
    if (isNews) this.#say(this.#bar.savingText);
    this.#setEmpty({ done, isEmpty, hasSentence });
  }

  #setEmpty({ done, isEmpty, hasSentence }) {
    const { empty, stage } = this.#parts;
    if (empty.hidden !== hasSentence) {
      empty.hidden = hasSentence;
      stage.classList.toggle("is-away", !hasSentence);
    }
    if (hasSentence) return;
    const [title, words, links] = emptyWords(done, isEmpty);
    if (empty.querySelector("h2").textContent === title && empty.dataset.done === String(done)) return;
    empty.dataset.done = String(done);
    this.#parts.hint.hidden = true;
    empty.querySelector("h2").textContent = title;
    empty.querySelector("p").textContent = words;
    empty.querySelector("nav").replaceChildren(
      ...links.map(([name, href]) => Object.assign(element("a", "none", name), { href })),
    );
    this.#say(`${title}. ${words}`);
  }

  setCards(helds) {
    this.#helds = helds;
    this.#drawCards();
    if (helds.length) this.#say(`Waiting for your choice: ${count(helds.length, "decision")}`);
  }

  setNotice(notice) {
    this.#notice = notice;
    this.#drawCards();
  }

  #drawCards() {
    const { cards } = this.#parts;
    drawCards(cards, this.#helds, { labels: this.#data.labels, ...this.#does.cards });
    if (!this.#notice) return;
    const later = () => this.setNotice(null);
    cards.prepend(noticeCard(this.#notice, later));
    cards.hidden = false;
  }

  // --- Asking -----------------------------------------------------------------------------------

  askReason(save) {
    this.#sheets.skip({ save });
  }

  askComment({ text, save }) {
    this.#sheets.comment({ text, save });
  }

  /** The sentence is about to change: what belongs to it closes, the guideline stays open. */
  leave() {
    if (["comment", "skip"].includes(this.#sheets.name)) this.#sheets.close();
  }

  // --- Saying, and idle work --------------------------------------------------------------------

  #say(words) {
    this.#parts.live.textContent = words;
  }

  #sayLater(place) {
    clearTimeout(this.#saying);
    if (!place) return;
    this.#saying = setTimeout(() => {
      const { number: at, total, segment } = place;
      this.#say(`${at ? `${at} of ${total}: ` : ""}${segment.text}`);
    }, SAY_AFTER);
  }

  prepareSoon(next) {
    if (this.#preparing !== null) return;
    const idle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 60));
    this.#preparing = idle(
      () => {
        this.#preparing = null;
        if (!this.#ended.signal.aborted) this.#view.prepare(next());
      },
      { timeout: 1000 },
    );
  }

  dispose() {
    this.#ended.abort();
    clearTimeout(this.#saying);
    this.#sheets.close();
    this.#lost.dispose();
    this.#view.dispose();
    this.#bar.dispose();
    for (const child of [...this.#root.children]) {
      if (!child.matches("template, .skeleton")) child.remove();
    }
    this.#root.querySelector(".skeleton").hidden = false;
  }
}

function emptyWords(done, isEmpty) {
  if (!isEmpty) return ["Looking for more sentences…", "", []];
  const links = [
    ["See the articles", "/articles"],
    ["Export the labels", "/export"],
  ];
  if (!done) return ["Nothing to label yet", "No sentence is waiting for you.", links.slice(0, 1)];
  const words = `You have answered ${count(done, "sentence")}; none is left for you. New ones appear here by themselves.`;
  return ["All done", words, links];
}

function noticeCard({ kind }, later) {
  const what = kind === "label_set" ? "The labels have changed" : "The guideline has changed";
  const card = element("article", "card is-notice");
  card.append(element("h2", "", what));
  card.append(element("p", "note", "Load the page again to work with the new version. What you have given is kept."));
  const row = element("div", "choices");
  const reload = element("button", "none", "Load again");
  reload.addEventListener("click", () => location.reload());
  const wait = element("button", "quiet", "Later");
  wait.addEventListener("click", later);
  row.append(reload, wait);
  card.append(row);
  return card;
}
