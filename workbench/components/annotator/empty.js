// What stands in the article's place when there is no sentence to show, and what to do then.

import { element } from "./marks.js";
import { count, inProject, keptInWords } from "./text.js";

const ARTICLES = ["See the articles", "/articles"];
const EXPORT = ["Export the labels", "/export"];

export class Empty {
  #part;
  #drawn = "";

  constructor(part) {
    this.#part = part;
  }

  /** Draw it; the words, if they are new. */
  show(state) {
    const { title, words, links } = emptyWords(state);
    const drawn = JSON.stringify([title, words]);
    if (drawn === this.#drawn) return null;
    this.#drawn = drawn;
    this.#part.querySelector("h2").textContent = title;
    this.#part.querySelector("p").textContent = words;
    this.#part
      .querySelector("nav")
      .replaceChildren(
        ...links.map(([name, href]) => Object.assign(element("a", "none", name), { href: inProject(href) })),
      );
    return [title, words].filter(Boolean).join(". ");
  }
}

export function emptyWords({ done, isEmpty, pending, kept, inTab, sender, ...rest }) {
  if (!isEmpty && sender.kind === "idle") {
    return { title: "Looking for more sentences…", words: "", links: [] };
  }
  if (!isEmpty) {
    const isOne = kept.labels + kept.others === 1;
    const told = `${keptInWords(kept)} ${isOne ? "is" : "are"} kept ${
      inTab ? "in this tab only" : "on this device"
    }`;
    const isOut = sender.kind === "signed-out";
    const title = isOut ? "Sign in for more sentences" : "More sentences need the connection";
    const when = isOut ? "once you are signed in" : "when the connection is back";
    const words = pending
      ? `${told}. ${isOne ? "It is" : "They are"} sent, and the next sentences come, ${when}.`
      : `Everything is saved. The next sentences come ${when}.`;
    return { title, words, links: isOut ? [["Sign in", "/signin"]] : [] };
  }
  const { with_others: withOthers = 0, not_for_you: notForYou = 0 } = rest;
  if (withOthers) {
    const them = withOthers === 1 ? "The last sentence is" : `The last ${count(withOthers, "sentence")} are`;
    const words = `${them} with other reviewers. What they leave comes here by itself.`;
    return { title: "Nothing for you at the moment", words, links: [ARTICLES] };
  }
  if (notForYou) {
    const words = "The sentences that are left are given to other reviewers by name.";
    return { title: "Nothing left for you", words, links: [ARTICLES] };
  }
  if (!done) {
    return { title: "Nothing to label yet", words: "No sentence is waiting for you.", links: [ARTICLES] };
  }
  return {
    title: "All done",
    words: `You have answered ${count(done, "sentence")}; none is left for you. New ones appear here by themselves.`,
    links: [ARTICLES, EXPORT],
  };
}
