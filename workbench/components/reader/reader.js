// The reader: what the server knows of an article, what was asked for since, and the two views.

import { Aside, said } from "./aside.js";
import { kindName, sentenceCase } from "./builders.js";
import { Changes } from "./changes.js";
import { Cut } from "./cut.js";
import { codePoints } from "./cutting.js";
import { Page } from "./page.js";
import { Sight } from "./sight.js";

const BY_HAND = "Changed by hand.";
const KINDS = new Set(["set_kind", "set_kind_of_reason"]);

export class Reader {
  #root;
  #tip;
  #live;
  #page;
  #aside;
  #changes;
  #data = null;
  #segments = [];
  #chosen = null;
  #cut = null;
  #drawn = "";
  #started = null;
  #sight = null;
  #sheet;

  constructor(root) {
    this.#root = root;
    this.#sheet = root.querySelector(".aside");
    new ResizeObserver(() => this.#cover()).observe(this.#sheet);
    this.#tip = root.querySelector(".tip");
    this.#live = root.querySelector(".live");
    this.#changes = new Changes({ onLost: () => this.#say("No answer yet. Reload the page to see whether it is saved.") });
    this.#aside = new Aside(this.#sheet, {
      onClose: () => (this.#cut ? this.#endCut() : this.#choose(null)),
      onChange: (change) => this.#change(change),
      onCut: () => this.#beginCut(),
      onMerge: () => this.#merge(),
      onMove: (by) => this.#cut?.move(by),
      onSplit: () => this.#split(),
      onCancel: () => this.#endCut(),
    });
    this.#page = new Page(root.querySelector(".column"), {
      name: (segment) => this.#name(segment),
      onChoose: (id, how) => this.#choose(id, how),
      onPoint: (button) => this.#point(button),
      onPress: (target, x) => this.#cut?.press(target, x) ?? null,
      onKey: (event) => this.#key(event),
    });
  }

  update(data, send) {
    this.#data = data;
    this.#changes.send = send;
    const isAnswer = this.#changes.answered(data.ack);
    if (isAnswer && data.ack.chosen) this.#chosen = data.ack.chosen;
    this.#draw();
    this.#open(data.start);
    if (!isAnswer) return;
    this.#say(data.ack.error || "Saved.");
    if (data.ack.chosen) this.#page.goTo(data.ack.chosen, { isFocused: true });
  }

  /** The address names a piece: it is chosen and brought to sight, once. */
  #open(start) {
    if (!start || start === this.#started) return;
    this.#started = start;
    this.#choose(start, { byKey: true });
    const around = this.#root.getRootNode().host?.closest("[data-testid=stMainBlockContainer]");
    this.#sight?.end();
    const elements = [around, this.#root, this.#sheet].filter(Boolean);
    this.#sight = new Sight(() => this.#page.goTo(start), elements);
  }

  /** On a narrow screen what is said of a piece rises as a sheet; whether it covers anything. */
  #cover() {
    const isSheet = getComputedStyle(this.#sheet).position === "fixed";
    this.#page.cover(isSheet ? this.#sheet.getBoundingClientRect().height : 0);
    return isSheet;
  }

  /** The server's segments, with what was asked for but not answered yet laid over them. */
  #draw() {
    let segments = this.#data.segments;
    for (const change of this.#changes.open.filter(({ act }) => KINDS.has(act))) {
      const { reason } = segments.find(({ id }) => id === change.sentence) ?? {};
      const isForAll = change.act === "set_kind_of_reason";
      const isMeant = (it) => it.id === change.sentence || (isForAll && it.reason === reason);
      segments = segments.map((it) =>
        isMeant(it) ? { ...it, kind: change.kind, queued: change.queued, reason: BY_HAND } : it,
      );
    }
    this.#segments = segments;
    const drawn = JSON.stringify([segments, this.#data.labels]);
    if (drawn !== this.#drawn) {
      this.#cut = null;
      this.#page.draw(segments, this.#data.labels);
      this.#page.choose(this.#chosen);
    }
    this.#drawn = drawn;
    this.#drawAside();
  }

  get #segment() {
    return this.#segments.find(({ id }) => id === this.#chosen);
  }

  #drawAside(note = "") {
    const data = { ...this.#data, segments: this.#segments };
    if (this.#segment) this.#aside.show(this.#segment, data, { note, cut: this.#cut });
    else this.#aside.rest(data, { note });
  }

  #choose(id, { byKey = false } = {}) {
    if (this.#cut) this.#endCut();
    const hadFocus = this.#chosen !== null && id === null;
    this.#chosen = id === this.#chosen && !byKey ? null : id;
    this.#page.choose(this.#chosen);
    this.#point(null);
    this.#drawAside();
    if (this.#cover()) this.#page.goTo(this.#chosen);
    if (byKey) this.#aside.focus();
    else if (hadFocus) this.#page.focus();
  }

  /** S and M work on the piece that has the focus; while a place is looked for, so do the arrows. */
  #key(event) {
    if (!this.#data.editable) return false;
    const { id } = { id: event.target.dataset.segment };
    const act = this.#cut
      ? {
          ArrowLeft: () => this.#cut.move(this.#isRtl ? 1 : -1, { byCharacter: event.shiftKey }),
          ArrowRight: () => this.#cut.move(this.#isRtl ? -1 : 1, { byCharacter: event.shiftKey }),
          Enter: () => this.#split(),
          Escape: () => this.#endCut(),
        }[event.key]
      : { s: () => this.#beginCut(id), m: () => this.#merge(id) }[event.key.toLowerCase()];
    if (!act) return this.#cut !== null && event.key.startsWith("Arrow");
    act();
    return true;
  }

  get #isRtl() {
    return getComputedStyle(this.#page.button(this.#chosen)).direction === "rtl";
  }

  #beginCut(id = this.#chosen) {
    if (this.#changes.isBusy) return;
    this.#chosen = id;
    this.#page.choose(id);
    this.#cut = Cut.begin(this.#page.button(id), this.#segment.text, {
      language: this.#data.language,
      onMove: () => this.#sayCut(),
    });
    if (!this.#cut) {
      this.#say("One word cannot be split.");
      return;
    }
    this.#page.button(id).focus();
    this.#sayCut();
  }

  #sayCut() {
    const [, second] = this.#cut.parts;
    this.#live.textContent = `The second part begins: ${second.slice(0, 60)}`;
    this.#drawAside();
  }

  #endCut() {
    this.#cut = null;
    this.#page.draw(this.#segments, this.#data.labels);
    this.#page.choose(this.#chosen);
    this.#drawAside();
    this.#page.goTo(this.#chosen, { isFocused: true });
  }

  #split() {
    const { id, text } = this.#segment;
    const start = Number(id.slice(id.lastIndexOf(":") + 1).split("-")[0]);
    const at = start + codePoints(text, this.#cut.at);
    this.#endCut();
    this.#change({ act: "split", sentence: id, at });
  }

  #merge(id = this.#chosen) {
    if (this.#changes.isBusy) return;
    this.#chosen = id;
    this.#change({ act: "merge_with_next", sentence: id });
  }

  #change(change) {
    this.#changes.add(change);
    this.#draw();
    this.#drawAside("Saving …");
  }

  #say(words) {
    if (!this.#changes.isBusy) this.#draw();
    this.#live.textContent = words;
    this.#drawAside(words);
  }

  /** What a screen reader says of a piece: what it is, its words, what was said of it. */
  #name(segment) {
    const kind = sentenceCase(kindName(segment.kind, this.#data));
    const state = segment.queued ? "" : ", not in the queue";
    const isDecided = segment.mine && segment.mine.status !== "open";
    const mine = isDecided ? ` ${said(segment.mine, this.#data)}` : "";
    return { label: `${kind}${state}: ${segment.text}${mine}`, why: segment.reason };
  }

  /** A word about what is under the pointer or the focus, where it is not asked about. */
  #point(button) {
    const segment = button && this.#segments.find(({ id }) => id === button.dataset.segment);
    this.#tip.hidden = !segment || segment.queued || segment.id === this.#chosen;
    if (this.#tip.hidden) return;
    const kind = kindName(segment.kind, this.#data);
    this.#tip.textContent = [`${kind}, not in the queue.`, segment.reason].filter(Boolean).join(" ");
    const box = button.getClientRects()[0];
    const frame = this.#root.getBoundingClientRect();
    this.#tip.style.left = `${Math.max(0, Math.min(box.left - frame.left, frame.width - 300))}px`;
    this.#tip.style.top = `${box.top - frame.top - 6}px`;
  }

  dispose() {
    this.#sight?.end();
    this.#changes.dispose();
  }
}
