// Everything that is seen and pressed. It knows no rules: it shows what it is told and passes on
// what the reviewer does.

import { ArticleView } from "./article_view.js";
import { Bar } from "./bar.js";
import { cardsInWords, drawCards } from "./cards.js";
import { actOf, isTheirs, keyOf } from "./keys.js";
import { LostConnection } from "./lost_connection.js";
import { Empty } from "./empty.js";
import { Focus } from "./focus.js";
import { Header } from "./header.js";
import { Hint } from "./hint.js";
import { element } from "./marks.js";
import { MentionMark } from "./mention.js";
import { Panel } from "./panel.js";
import { Quoted } from "./quoted.js";
import { Sheets } from "./sheets.js";
import { changeInWords, offerInWords, pressInWords, sentenceInWords, Speaker } from "./speaker.js";
import { Talk } from "./talk.js";
import { oddities } from "./text.js";

export class Screen {
  #root;
  #data;
  #does;
  #device;
  #parts = {};
  #bar;
  #view;
  #panel;
  #quoted;
  #sheets;
  #header;
  #hint;
  #empty;
  #speaker;
  #focus;
  #beside = {};
  #talk;
  #hasShortcuts;
  #place = null;
  #answer = null;
  #preparing = null;
  #helds = [];
  #notice = null;
  #ended = new AbortController();
  #lost = new LostConnection();
  mention;

  constructor(root, data, does) {
    this.#root = root;
    this.#data = data;
    this.#does = does;
    this.#device = does.device;
    this.#build();
    this.#listen();
    this.#setShortcuts(data.shortcuts !== false && this.#setting("shortcuts") !== "off");
    const setting = {
      get: () => this.#setting("hint"),
      set: (value) => this.#device.set(this.#settingKey("hint"), value),
    };
    const { labels, presets } = data;
    this.#hint = new Hint(this.#parts.hint, { labels, presets, setting, isOn: this.#hasShortcuts });
  }

  #build() {
    const root = this.#root;
    root.querySelector(".skeleton").hidden = true;
    root.append(root.querySelector("template").content.cloneNode(true));
    for (const name of ["stage", "empty", "cards", "hint", "panel", "over", "beside", "live"]) {
      this.#parts[name] = root.querySelector(`.${name}`);
    }
    const { labels, presets, guideline } = this.#data;
    this.#bar = new Bar(root);
    this.#header = new Header(root, labels);
    this.#empty = new Empty(this.#parts.empty);
    this.#speaker = new Speaker(this.#parts.live);
    this.#view = new ArticleView(this.#parts.stage, {
      labels,
      answerOf: this.#does.answerOf,
      onHeadline: (isInSight) => this.#header.setHeadlineInSight(isInSight),
    });
    this.#panel = new Panel(this.#parts.panel, { labels, presets, perform: this.#does.perform });
    this.#quoted = new Quoted(root.querySelector(".quoted"), this.#does.perform);
    this.#talk = new Talk(root, this.#does.perform);
    this.#talk.take(this.#data.talk);
    this.mention = new MentionMark(root);
    const onClose = () => {
      this.#view.keep();
      this.mention.show(this.#answer?.mention);
      queueMicrotask(() => this.#focus.check()); // unless another sheet takes it
    };
    const { over, beside, panel } = this.#parts;
    const sheets = { root, panel, sheet: over, beside };
    this.#sheets = new Sheets(sheets, { labels, presets, guideline, onClose });
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
    this.#focus = new Focus(this.#root, () => this.#home, signal);
  }

  #key(event) {
    if (!this.#root.isConnected || isTheirs(event, document)) return;
    if (event.key === "Escape") {
      if (!this.#sheets.name && !this.#quoted.isForAll) return;
      this.#swallow(event);
      if (this.#sheets.name) this.#sheets.cancel();
      else this.#does.perform({ act: "together" });
      return;
    }
    if (!this.#hasShortcuts) return;
    const isForSheet = !event.repeat && this.#sheets.press(keyOf(event));
    const act = isForSheet ? null : actOf(event, this.#data);
    if (!isForSheet && !act) return;
    this.#swallow(event);
    // A held key must not label thirty sentences, nor any key one whose reason is just being given.
    if (act && !event.repeat && !this.#sheets.isAsking) this.#does.perform(act);
    this.#focus.check();
  }

  /** Where the focus goes when what had it is no more. */
  get #home() {
    const { empty, stage } = this.#parts;
    return empty.hidden ? stage.querySelector(".scroller:not(.is-waiting)") : empty.querySelector("h2");
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
    this.#quoted.setShortcuts(isOn);
  }

  // --- Showing ----------------------------------------------------------------------------------

  setData(data) {
    this.#data = { ...this.#data, ...data };
    this.#sheets.setGuideline(data.guideline);
    this.setTalk(data.talk);
  }

  setTalk(talk) {
    this.#speaker.say("state", this.#talk.take(talk), "replies");
  }

  show(sentence, place) {
    this.#place = place;
    if (place) this.#view.show(sentence, place.articleId, place.article, performance.now());
    else this.#view.clear();
  }

  /** The one measurement of a press, after everything has been written. */
  settle() {
    if (this.#place) this.#view.settle();
    this.#focus.check();
  }

  setAnswer(sentence, answer) {
    this.#view.setAnswer(sentence, answer);
  }

  setDraft(sentence, draft) {
    this.#panel.setDraft(draft);
    this.#header.setAnswer(this.#answer, draft.isTouched ? draft : null);
    if (sentence !== null) this.#view.setDraft(sentence, draft.labels);
  }

  setSentence({ sentence, place, answer, draft, begun, quotation, canUndo, canGoBack, canGoForward }) {
    const notes = place ? oddities(place.segment.text) : [];
    const isCommentBegun = begun.comment !== undefined;
    this.#answer = answer;
    this.#talk.show(sentence);
    this.#beside = { isCommentBegun, oddities: notes, offer: place?.offer ?? null };
    if (this.#sheets.name !== "comment") this.mention.show(answer?.mention);
    this.#panel.setSentence({
      hasSentence: place !== null,
      flagged: answer?.flagged ?? false,
      hasComment: Boolean(answer?.comment),
      notes: isCommentBegun ? [...notes, "Comment not saved yet"] : notes,
      offer: place?.offer ?? null,
      canUndo,
      canGoBack,
      canGoForward,
    });
    this.#header.show(place);
    this.#quoted.show(place, quotation);
    this.#header.setAnswer(answer, draft.isTouched ? draft : null);
  }

  setState({ hasSentence, ...told }) {
    this.#bar.setProgress(told);
    const isNews = this.#bar.setSaving(told);
    if (isNews) this.#speaker.say("state", this.#bar.savingText);
    this.#setEmpty({ hasSentence, ...told });
  }

  #setEmpty({ hasSentence, ...state }) {
    const { empty, stage } = this.#parts;
    if (empty.hidden !== hasSentence) {
      empty.hidden = hasSentence;
      stage.classList.toggle("is-away", !hasSentence);
    }
    if (hasSentence) return;
    this.#parts.hint.hidden = true;
    this.#speaker.say("sentence", this.#empty.show(state));
  }

  setCards(helds) {
    this.#helds = helds;
    this.#drawCards();
    this.#speaker.withdraw("cards", "held");
    this.#speaker.say("cards", cardsInWords(helds), "held");
  }

  setNotice(notice) {
    this.#notice = notice;
    this.#drawCards();
    if (notice) this.#speaker.say("cards", noticeInWords(notice).join(". "), "notice");
  }

  #drawCards() {
    const { cards } = this.#parts;
    drawCards(cards, this.#helds, { labels: this.#data.labels, ...this.#does.cards });
    if (this.#notice) {
      cards.prepend(noticeCard(this.#notice, () => this.setNotice(null)));
      cards.hidden = false;
    }
    this.#focus.check();
  }

  // --- Asking -----------------------------------------------------------------------------------

  askReason(asked) {
    this.#sheets.skip(asked);
  }

  askComment(asked) {
    this.#sheets.comment({ ...asked, thread: this.#talk.thread(asked.sentence) });
  }

  /** The sentence is about to change: what belongs to it closes, the guideline stays open. */
  leave() {
    if (["comment", "skip"].includes(this.#sheets.name)) this.#sheets.close();
  }

  // --- Saying, and idle work --------------------------------------------------------------------

  /** A decision was given: what it was, and one more reason not to explain the first keys. */
  decided(op, { isUndo, n }) {
    const isAnswer = !["comment", "flag"].includes(op.act);
    if (isAnswer) this.#speaker.withdraw("begun");
    this.#speaker.say("given", pressInWords(op, { isUndo, n }, this.#data.labels), isAnswer ? "" : op.act);
    if (!isUndo && ["label", "skip"].includes(op.act)) this.#hint.decided();
  }

  /** The next answer goes to a whole quotation, or no longer does. */
  sayForAll() {
    this.#speaker.say("begun", this.#quoted.words, "quotation");
  }

  /** Labels or check-worthiness were changed and are not saved yet. */
  changed(before, after) {
    const [words, about] = changeInWords(before, after, this.#data.labels);
    this.#speaker.say("begun", words, about);
  }

  /** What was being written is put off: kept, and not saved. */
  sayNotSaved(what) {
    this.#speaker.say("given", `${what} not saved yet`, "put off");
  }

  /** Another sentence is on the screen. */
  sayPlace(answer, draft) {
    if (!this.#place) return;
    const { labels } = this.#data;
    const { isCommentBegun, oddities: odd, offer } = this.#beside;
    const notes = [...odd, offerInWords(offer, labels, this.#hasShortcuts), this.#talk.said];
    const begun = draft.isTouched ? draft : null;
    this.#speaker.say("sentence", sentenceInWords(this.#place, answer, { begun, isCommentBegun, notes }, labels));
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
    this.mention.show(null);
    this.#speaker.dispose();
    this.#sheets.dispose();
    this.#lost.dispose();
    this.#view.dispose();
    this.#bar.dispose();
    for (const child of [...this.#root.children]) {
      if (!child.matches("template, .skeleton")) child.remove();
    }
    this.#root.querySelector(".skeleton").hidden = false;
  }
}

const noticeInWords = ({ kind }) => [
  kind === "label_set" ? "The labels have changed" : "The guideline has changed",
  "Load the page again to work with the new version. What you have given is kept.",
];

function noticeCard(notice, later) {
  const [what, words] = noticeInWords(notice);
  const card = element("article", "card is-notice");
  card.append(element("h2", "", what), element("p", "note", words));
  const row = element("div", "choices");
  const reload = element("button", "none", "Load again");
  reload.addEventListener("click", () => location.reload());
  const wait = element("button", "quiet", "Later");
  wait.addEventListener("click", later);
  row.append(reload, wait);
  card.append(row);
  return card;
}
