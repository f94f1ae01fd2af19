// The reader: what the server knows of an article, what was asked for since, and the two views.

import { Aside, kindName } from "./aside.js";
import { Changes } from "./changes.js";
import { Page } from "./page.js";

const BY_HAND = "Changed by hand.";

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
  #drawn = "";

  constructor(root) {
    this.#root = root;
    this.#tip = root.querySelector(".tip");
    this.#live = root.querySelector(".live");
    this.#changes = new Changes({ onLost: () => this.#say("Not saved: no answer. Reload the page.") });
    this.#aside = new Aside(root.querySelector(".aside"), {
      onClose: () => this.#choose(null),
      onChange: (change) => this.#change(change),
    });
    this.#page = new Page(root.querySelector(".column"), {
      describe: (segment) => this.#describe(segment),
      onChoose: (id, how) => this.#choose(id, how),
      onPoint: (button) => this.#point(button),
    });
  }

  update(data, send) {
    this.#data = data;
    this.#changes.send = send;
    const isAnswer = this.#changes.answered(data.ack);
    this.#draw();
    if (isAnswer) this.#say(data.ack.error || "Saved.");
  }

  /** The server's segments, with what was asked for but not answered yet laid over them. */
  #draw() {
    let segments = this.#data.segments;
    for (const change of this.#changes.open.filter(({ takeBack }) => !takeBack)) {
      const { reason } = segments.find(({ id }) => id === change.sentence) ?? {};
      const isMeant = (it) => it.id === change.sentence || (change.all && it.reason === reason);
      segments = segments.map((it) =>
        isMeant(it) ? { ...it, kind: change.kind, queued: change.queued, reason: BY_HAND } : it,
      );
    }
    this.#segments = segments;
    const drawn = JSON.stringify([segments, this.#data.labels]);
    if (drawn !== this.#drawn) this.#page.draw(segments, this.#data.labels);
    this.#drawn = drawn;
    this.#drawAside();
  }

  #drawAside(note = "") {
    const segment = this.#segments.find(({ id }) => id === this.#chosen);
    const data = { ...this.#data, segments: this.#segments };
    if (segment) this.#aside.show(segment, data, { note });
    else this.#aside.rest(data);
  }

  #choose(id, { byKey = false } = {}) {
    const hadFocus = this.#chosen !== null && id === null;
    this.#chosen = id === this.#chosen && !byKey ? null : id;
    this.#page.choose(this.#chosen);
    this.#point(null);
    this.#drawAside();
    if (byKey) this.#aside.focus();
    else if (hadFocus) this.#page.focus();
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

  #describe(segment) {
    const name = kindName(segment.kind, this.#data);
    const state = segment.queued ? "in the queue" : "not in the queue";
    return [`${name}, ${state}.`, segment.reason].filter(Boolean).join(" ");
  }

  /** A word about what is under the pointer or the focus, where it is not asked about. */
  #point(button) {
    const segment = button && this.#segments.find(({ id }) => id === button.dataset.segment);
    this.#tip.hidden = !segment || segment.queued || segment.id === this.#chosen;
    if (this.#tip.hidden) return;
    this.#tip.textContent = this.#describe(segment);
    const box = button.getClientRects()[0];
    const frame = this.#root.getBoundingClientRect();
    this.#tip.style.left = `${Math.max(0, Math.min(box.left - frame.left, frame.width - 300))}px`;
    this.#tip.style.top = `${box.top - frame.top - 6}px`;
  }

  dispose() {
    this.#changes.dispose();
  }
}
