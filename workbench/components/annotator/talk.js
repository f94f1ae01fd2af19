// What was replied to this reviewer's questions: how much is new, and the replies about the
// sentence on the screen.

import { element } from "./marks.js";
import { cap, keepFocus } from "./panel.js";
import { count, day, inProject } from "./text.js";

const SHORT = 90;

/** "2 new replies", nothing where there is none. */
export const newInWords = (n) => (n ? `${count(n, "new reply", "new replies")}` : "");

/** The last reply that is not the reviewer's own, in one line; null where there is none. */
export function lastReply({ remarks = [] } = {}) {
  const last = remarks.findLast(({ by }) => by);
  if (!last) return null;
  const words = last.text.replace(/\s+/g, " ");
  const short = [...words].length > SHORT ? `${[...words].slice(0, SHORT).join("").trimEnd()}…` : words;
  return { by: last.by, words: short };
}

export class Talk {
  #threads = {};
  #news;
  #part;
  #button = element("button", "quiet");
  #sentence = null;
  #drawn = "";

  constructor(root, perform) {
    this.#news = root.querySelector(".replies");
    this.#part = root.querySelector(".talk");
    this.#button.type = "button";
    this.#button.addEventListener("click", () => perform({ act: "comment" }));
    this.#part.append(this.#button);
    keepFocus(this.#part);
  }

  /** What was replied, for those who listen. */
  get said() {
    const reply = lastReply(this.#threads[this.#sentence]);
    return reply ? `${reply.by} replied: ${reply.words}` : "";
  }

  /** What the server tells; nothing leaves things as they are. Returns how much is new, if it changed. */
  take(told) {
    if (!told) return "";
    this.#threads = told.threads;
    const words = newInWords(told.n_new);
    const isNews = this.#news.textContent !== words;
    if (this.#news.textContent !== words) this.#news.textContent = words;
    this.#news.hidden = !words;
    this.show(this.#sentence);
    return isNews ? words : "";
  }

  /** One quiet line at the article's foot, for a sentence of which something was said. */
  show(sentence) {
    this.#sentence = sentence;
    const reply = lastReply(this.#threads[sentence]);
    const drawn = reply ? `${reply.by}|${reply.words}` : "";
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#part.hidden = !reply;
    if (!reply) return;
    const who = element("bdi", "", reply.by);
    const words = element("bdi", "talk-words", reply.words);
    const said = element("span", "");
    said.append(who, " replied: ");
    this.#button.setAttribute("aria-label", `${reply.by} replied: ${reply.words}. Read it`);
    this.#button.replaceChildren(said, words, element("span", "press", "Read it"), cap("M"));
  }

  /** All that was said about a sentence, for the sheet of its comment; null where nothing was. */
  thread(sentence) {
    const { remarks = [], state } = this.#threads[sentence] ?? {};
    if (!remarks.length) return null;
    const list = element("ol", "thread");
    list.setAttribute("aria-label", "What was said about this sentence");
    for (const remark of remarks) list.append(line(remark));
    const foot = element("p", "note", state === "closed" ? "This discussion is closed. " : "");
    const link = element("a", "", state === "closed" ? "See it" : "Write back");
    link.href = inProject("/discussion");
    foot.append(link, " on the discussion page.");
    const part = element("div", "said-before");
    part.append(list, foot);
    return part;
  }
}

function line({ by, text, section, at }) {
  const made = element("li");
  const head = element("p", "note");
  head.append(element("bdi", "", by || "You"), ` · ${day(at)}`);
  const words = element("p", "thread-text", text);
  words.dir = "auto";
  made.append(head, words);
  if (section) made.append(element("p", "note", `Guideline: ${section}`));
  return made;
}
