// The top edge: how far, how long still, and whether everything is saved, in words.

import { keptInWords, number, timeLeft } from "./text.js";

const TITLE_AFTER = 100; // ms: the tab's title is dear to set, and nobody reads it in that time

export class Bar {
  #progress;
  #done;
  #saving;
  #last = "";
  #title = "";
  #timer = null;
  #isGone = false;

  constructor(root) {
    this.#progress = root.querySelector(".progress");
    this.#done = root.querySelector(".done");
    this.#saving = root.querySelector(".saving");
  }

  setProgress({ done, left, seconds }) {
    const total = done + left;
    const words = [`${number(done)} of ${number(total)}`, timeLeft(left, seconds)];
    this.#progress.max = Math.max(1, total);
    this.#progress.value = done;
    this.#done.textContent = words.filter(Boolean).join(" · ");
    this.#title = `${number(done)} of ${number(total)} · Annotate`;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (!this.#isGone) document.title = this.#title;
    }, TITLE_AFTER);
  }

  setSaving(told) {
    const { state, words, link } = savingWords(told);
    const drawn = `${state}|${words}|${link ?? ""}`;
    if (drawn === this.#last) return false;
    const wasState = this.#last.split("|")[0];
    this.#last = drawn;
    this.#saving.dataset.state = state;
    this.#saving.textContent = words;
    if (link) {
      const anchor = Object.assign(document.createElement("a"), {
        href: link,
        target: "_blank",
        rel: "noopener",
        textContent: "Sign in",
      });
      this.#saving.append(" ", anchor);
    }
    const isExpected = state === "saved" && ["", "saving"].includes(wasState);
    return state !== wasState && state !== "saving" && !isExpected;
  }

  dispose() {
    this.#isGone = true;
  }

  get savingText() {
    return this.#saving.textContent;
  }
}

/**
 * The saving state in words; "Saved" only when the server has answered for everything. `kept` is
 * what the decisions that wait come to, told wherever it is said.
 */
export function savingWords({ pending, kept: waiting, inTab, sender }) {
  const kept = waiting ? `${keptInWords(waiting)} kept ${inTab ? "in this tab only" : "on this device"}` : "";
  const also = pending ? `: ${kept}` : "";
  switch (sender.kind) {
    case "signed-out":
      return { state: "stopped", words: `Signed out${also}`, link: "/signin" };
    case "not-saved":
      return { state: "stopped", words: [sender.words, pending ? kept : ""].filter(Boolean).join(" · ") };
    case "offline":
      return { state: "waiting", words: `Not connected${also}` };
    case "server":
      return { state: "waiting", words: `${sender.words ?? "The server is away"}${also}`.replace(/\.:/, ":") };
    case "error":
      return { state: "stopped", words: `${sender.words}${also}`.replace(/\.:/, ":") };
    default:
      if (!pending) return { state: "saved", words: "Saved" };
      return { state: "saving", words: inTab ? kept : `Saving ${number(pending)}…` };
  }
}
