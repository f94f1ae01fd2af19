// The loop itself: a key, the next sentence on the screen, the decision on its way.

import { Address } from "./address.js";
import { Again } from "./again.js";
import { Answers, decision, fold, isOpen, restoring, sameDecision, UNTOUCHED } from "./answers.js";
import { ActiveClock } from "./clock.js";
import { Commenting } from "./commenting.js";
import { connect } from "./connection.js";
import { Drafts, isAsAnswered, toggled, worthAfter } from "./drafts.js";
import { Presses } from "./presses.js";
import { hostOf } from "./host.js";
import { progressAfter } from "./leases.js";
import { Rules } from "./rules.js";
import { Screen } from "./screen.js";
import { Stock } from "./stock.js";
import { tally } from "./tally.js";
import { standing, UndoStack } from "./undo.js";
import { verdicts } from "./verdicts.js";

const POLL = 30_000;

export class Annotator {
  #root;
  #data;
  #connection;
  #answers;
  #drafts;
  #stock;
  #undo;
  #presses;
  #commenting;
  #screen;
  #clock = new ActiveClock();
  #draft = { labels: [], worth: null, isTouched: false };
  #isForAll = false;
  #shownAt = null;
  #progress;
  #started = null;
  #again = new Again();
  #address = new Address();
  #rules;
  #poll;
  #host;

  constructor(root, data) {
    this.#root = root;
    this.#data = data;
    this.#rules = new Rules(data);
    this.#progress = data.progress;
    this.#connection = connect(data.reviewer, data.url);
    this.#answers = new Answers(this.#connection.outbox);
    const { leases } = this.#connection;
    leases.begin(data, (id) => this.#answers.isOpen(id), performance.now());
    this.#stock = new Stock(this.#answers, leases);
    this.#stock.seed(data);
    this.#drafts = new Drafts(this.#connection.device, data);
    const { records } = this.#connection.outbox;
    this.#undo = new UndoStack(standing(data, records, this.#answers), (id) => this.#stock.has(id));
    this.#presses = new Presses({ ...this.#desk, drafts: this.#drafts });
    this.#screen = new Screen(root, data, {
      device: this.#connection.device,
      answerOf: (sentence) => this.#seen(sentence),
      perform: (act) => this.perform(act),
      onActivity: (now) => this.#clock.touch(now),
      onVisible: (isVisible) => this.#visible(isVisible),
      cards: this.#verdicts(),
    });
    this.#commenting = new Commenting({ ...this.#desk, drafts: this.#drafts }, this.#screen, {
      note: (changes, sentence) => this.#note("comment", changes, sentence),
      drawn: (sentence) => this.#begun(sentence),
    });
    this.#connection.sender.host = this.#host = this.#asHost();
    this.#poll = setInterval(() => this.#askAgain(), POLL);
    this.#open(data.start);
    this.#screen.setCards(this.#connection.outbox.held);
    this.#connection.sender.kick();
  }

  /** What there is to work with. */
  get #desk() {
    const { outbox } = this.#connection;
    return { outbox, answers: this.#answers, rules: this.#rules, stock: this.#stock, undo: this.#undo };
  }

  get #queue() {
    return this.#stock.queue;
  }

  // --- What comes from outside ------------------------------------------------------------

  /** A rerun: take what is new, and leave the reviewer where they are. */
  update(given) {
    const data = (this.#data = this.#rules.keep(given));
    this.#screen.setData(data);
    const { changed } = this.#stock.take(data);
    if (!this.#connection.outbox.size) this.#progress = data.progress;
    this.#afterTaking(changed);
    const isAsked = data.start && data.start !== this.#started && !this.#address.wrote(data.start);
    if (isAsked) this.#open(data.start);
    this.#connection.sender.kick();
  }

  #open(start) {
    if (start && this.#stock.place(start)?.segment.queued) {
      this.#started = start;
      const again = [start, ...(this.#data.again ?? [])];
      this.#again.begin(again.filter((id) => this.#stock.bring(id, this.#queue.firstOpen())));
      if (this.#again.has(start)) return this.#go(start);
    }
    this.#go(this.#queue.firstOpen());
  }

  #asHost() {
    return hostOf(this.#desk, {
      project: () => this.#data.project,
      progress: (told) => (this.#progress = progressAfter(this.#progress, told)),
      notice: (notice) => this.#screen.setNotice(notice),
      talk: (talk) => this.#screen.setTalk(talk),
      afterTaking: (changed) => this.#afterTaking(changed),
      settledByHand: (held) => this.#settledByHand(held),
      drawAnswer: (sentence) => this.#drawAnswer(sentence),
      drawCards: () => this.#screen.setCards(this.#connection.outbox.held),
      drawPanel: () => this.#drawPanel(),
      drawState: () => this.#drawState(),
    });
  }

  #afterTaking(changed) {
    for (const sentence of changed) this.#drawAnswer(sentence);
    if (this.#queue.current === null && this.#queue.firstOpen()) this.#go(this.#queue.firstOpen());
    else this.#drawState();
    this.#screen.prepareSoon(() => this.#stock.nextArticle());
  }

  #verdicts() {
    const { outbox } = this.#connection;
    return verdicts({
      outbox,
      answers: this.#answers,
      record: (sentence, decided) => this.#press([[sentence, decided]]),
      done: (held) => {
        this.#settledByHand(held);
        this.#send();
      },
    });
  }

  #settledByHand({ op: { sentence } }) {
    this.#drawAnswer(sentence);
    this.#screen.setCards(this.#connection.outbox.held);
    this.#drawPanel();
    this.#drawState();
  }

  #visible(isVisible) {
    const now = performance.now();
    if (!isVisible) return this.#clock.hide(now);
    this.#clock.show(now);
    if (this.#connection.sender.state.kind !== "idle") this.#connection.sender.wake();
    this.#askAgain();
  }

  #askAgain() {
    if (document.visibilityState === "hidden") return;
    if (!this.#stock.isEmpty && !this.#connection.leases.isDue(performance.now(), this.#clock)) return;
    this.#stock.poll();
    this.#connection.sender.kick();
  }

  // --- Acts ---------------------------------------------------------------------------------

  perform({ act, label, labels, worth, sentence }) {
    if (this.#screen.performed(act)) return;
    switch (act) {
      case "back":
        return this.#goIf(this.#queue.back());
      case "forward": {
        const { to, end } = this.#queue.forward();
        return end ? this.#go(null) : this.#goIf(to);
      }
      case "undo":
        return this.#takeBack();
      case "visit":
        return this.#visit(sentence);
    }
    if (this.#queue.current === null) return;
    switch (act) {
      case "toggle":
        return this.#change({ labels: toggled(this.#draft.labels, label) });
      case "worth":
        return this.#change({ worth: worthAfter(this.#draft.worth, worth) });
      case "save":
        return this.#save(this.#draft.labels, { isAsShown: !this.#draft.isTouched });
      case "none":
        return this.#save([]);
      case "preset":
        return this.#save(labels);
      case "together":
        return this.#together();
      case "copy":
        return this.#stock.offer && this.#save(this.#stock.offer.labels, this.#stock.offer);
      case "not-a-sentence":
        return this.#skip("not_a_sentence");
      case "skip": {
        const asked = this.#queue.current;
        return this.#screen.askReason({
          begun: this.#drafts.of(asked).reason ?? null,
          keep: (reason) => this.#drafts.keep(asked, { reason }),
          putOff: () => this.#drafts.of(asked).reason && this.#screen.sayNotSaved("Reason"),
          save: (reason) => this.#queue.current === asked && this.#skip(reason),
        });
      }
      case "flag":
        return this.#note("flag", { flagged: !this.#answers.value(this.#queue.current)?.flagged });
      case "comment":
        return this.#commenting.open(this.#queue.current);
    }
  }

  #change(changes) {
    const sentence = this.#queue.current;
    const before = this.#draft;
    const { labels, worth } = { ...before, ...changes };
    const isTouched = !isAsAnswered({ labels, worth }, this.#answers.value(sentence));
    const after = (this.#draft = { labels, worth, isTouched });
    this.#drafts.keep(sentence, { answer: isTouched ? { labels, worth } : null });
    if (before.isTouched !== after.isTouched) this.#drawAnswer(sentence);
    this.#screen.setDraft(sentence, after);
    this.#screen.changed(before, after);
  }

  #save(chosen, { isAsShown = false, id: copied_from, isForAll = this.#isForAll } = {}) {
    const sentence = this.#queue.current;
    const before = this.#answers.value(sentence);
    const labels = this.#data.labels.map(({ key }) => key).filter((key) => chosen.includes(key));
    const given = { labels, check_worthiness: this.#draft.worth, reason: null };
    const op = decision("label", before, { ...given, copied_from });
    const isDecided = !isOpen(before);
    const isSame = isDecided && sameDecision(before, fold(before, { ...op, base_version: 0 }));
    // Opened by its address it is looked at again: saved as it is, it holds under the new labels.
    const isNews = this.#again.has(sentence) || (!isSame && !(isDecided && isAsShown));
    const answered = new Map(isNews ? [[sentence, op]] : []);
    for (const other of isForAll ? this.#rest(sentence) : []) {
      answered.set(other, decision("label", this.#answers.value(other), given));
    }
    const inOrder = this.#stock.group(sentence).filter((id) => answered.has(id));
    this.#press(inOrder.map((id) => [id, answered.get(id)]), { isTimed: true });
    this.#go(this.#again.after(sentence) ?? this.#queue.firstOpen());
  }

  #skip(reason) {
    const sentence = this.#queue.current;
    const before = this.#answers.value(sentence);
    const op = decision("skip", before, { labels: [], check_worthiness: null, reason });
    this.#press([[sentence, op]], { isTimed: true });
    this.#go(this.#again.after(sentence) ?? this.#queue.firstOpen());
  }

  /** The sentences of a quotation that wait for an answer beside this one, and have none begun. */
  #rest(sentence) {
    return this.#stock.rest(sentence).filter((id) => !this.#drafts.of(id).answer);
  }

  /** The whole quotation gets what is chosen; where nothing is, what is given next. */
  #together() {
    const sentence = this.#queue.current;
    if (!this.#rest(sentence).length) return;
    const { labels, isTouched } = this.#draft;
    if (labels.length || this.#answers.value(sentence)?.status === "labelled") {
      return this.#save(labels, { isAsShown: !isTouched, isForAll: true });
    }
    this.#isForAll = !this.#isForAll;
    this.#drawPanel();
    this.#screen.sayForAll();
  }

  /** A flag or a comment: stored at once, and the sentence stays. */
  #note(act, changes, sentence = this.#queue.current) {
    this.#press([[sentence, decision(act, this.#answers.value(sentence), changes)]]);
    this.#drawPanel();
    this.#drawState();
  }

  /** A comment is begun, or no longer is. */
  #begun(sentence) {
    this.#drawAnswer(sentence);
    this.#screen.setDraft(sentence, this.#draft);
    this.#drawPanel();
  }

  /** What one press decides: the device first; the screen and the server follow. */
  #press(given, { isTimed = false, undoes = [] } = {}) {
    if (!given.length) return;
    this.#presses.record(given, {
      project: this.#data.project,
      ms: isTimed ? this.#clock.read(performance.now()) : 0,
      shownAt: (sentence) => (isTimed || sentence === this.#queue.current ? this.#shownAt : null),
      undoes,
    });
    for (const [sentence] of given) this.#drawAnswer(sentence);
    this.#screen.decided(given[0][1], { isUndo: undoes.length > 0, n: given.length });
    this.#send();
  }

  /** After this task: the next sentence is on the screen before the network is thought of. */
  #send() {
    setTimeout(() => this.#connection.sender.kick(), 0);
  }

  #takeBack() {
    const acts = this.#undo.popPress();
    if (!acts.length) return;
    const given = acts.map(({ sentence, act, before }) => {
      return [sentence, restoring(act, before, this.#answers.value(sentence) ?? UNTOUCHED)];
    });
    this.#press(given, { undoes: acts.map(({ op_id }) => op_id) });
    const { sentence } = acts.at(-1);
    this.#stock.bring(sentence);
    this.#go(sentence);
  }

  #visit(sentence) {
    if (sentence === this.#queue.current) return;
    const isKnown = this.#queue.item(sentence) || !this.#answers.isOpen(sentence);
    if (isKnown && this.#stock.bring(sentence)) this.#go(sentence);
  }

  // --- The screen -------------------------------------------------------------------------------

  #goIf(sentence) {
    if (sentence !== null) this.#go(sentence);
  }

  #go(sentence) {
    this.#screen.leave();
    const old = this.#queue.current;
    if (old !== null && this.#draft.isTouched) this.#drawAnswer(old);
    this.#queue.current = sentence;
    this.#isForAll = false;
    this.#root.dataset.sentence = sentence ?? "";
    this.#shownAt = new Date().toISOString();
    this.#clock.start(performance.now(), document.visibilityState !== "hidden");
    const answer = sentence === null ? null : this.#answers.value(sentence);
    this.#draft = this.#drafts.begin(sentence, answer, this.#data.labels);
    const place = sentence === null ? null : this.#stock.place(sentence);
    this.#screen.show(sentence, place);
    this.#root.dataset.testid = "annotator"; // from here on a key is heard; not while it loads
    this.#screen.setDraft(sentence, this.#draft);
    this.#drawPanel();
    this.#drawState();
    this.#screen.settle();
    this.#address.show(this.#queue.isLookingBack ? sentence : null);
    this.#screen.sayPlace(answer, this.#draft);
    this.#screen.prepareSoon(() => this.#stock.nextArticle());
  }

  /** An answer as the article shows it: with a sign where something is begun. */
  #seen(sentence) {
    const answer = this.#answers.value(sentence);
    return this.#drafts.has(sentence) ? { ...(answer ?? UNTOUCHED), isBegun: true } : answer;
  }

  #drawAnswer(sentence) {
    this.#screen.setAnswer(sentence, this.#seen(sentence));
  }

  #drawPanel() {
    const sentence = this.#queue.current;
    const forward = this.#queue.forward();
    this.#screen.setSentence({
      sentence,
      place: sentence === null ? null : this.#stock.place(sentence),
      answer: sentence === null ? null : this.#answers.value(sentence),
      draft: this.#draft,
      begun: sentence === null ? {} : this.#drafts.of(sentence),
      quotation: { n: this.#rest(sentence).length, isForAll: this.#isForAll },
      canUndo: this.#undo.canUndo,
      canGoBack: this.#queue.back() !== null,
      canGoForward: forward.to !== null || forward.end,
    });
  }

  #drawState() {
    const told = tally(this.#connection, this.#answers, this.#progress);
    this.#root.dataset.pending = String(told.pending);
    const hasSentence = this.#queue.current !== null;
    this.#screen.setState({ ...told, isEmpty: this.#stock.isEmpty, hasSentence });
  }

  dispose() {
    delete this.#root.dataset.testid;
    this.#screen.leave();
    clearInterval(this.#poll);
    if (this.#connection.sender.host === this.#host) this.#connection.sender.host = null;
    this.#address.dispose();
    this.#screen.dispose();
  }
}
