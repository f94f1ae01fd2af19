// Words and numbers as the screen says them.

const THIN_SPACE = "\u2009";

/** A way within the workbench, in the project that this page's address names. */
export function inProject(way) {
  const project = new URLSearchParams(location.search).get("project");
  if (!project) return way;
  return `${way}${way.includes("?") ? "&" : "?"}project=${encodeURIComponent(project)}`;
}

/** 41, 1204, 12 345: grouped from 10,000 on. */
export function number(n) {
  const digits = String(n);
  return n < 10_000 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

export const count = (n, one, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;

/** What decisions come to that are not sent yet: "2 labels and 1 other change". */
export function keptInWords({ labels, others }) {
  if (!labels) return count(others, "change");
  return listed([count(labels, "label"), ...(others ? [count(others, "other change")] : [])]);
}

export function timeLeft(left, secondsPerSentence) {
  if (!left || !secondsPerSentence) return null;
  const minutes = Math.round((left * secondsPerSentence) / 60);
  if (minutes < 1) return "less than a minute left";
  if (minutes < 60) return `about ${count(minutes, "minute")} left`;
  const hours = Math.round(minutes / 30) / 2;
  return `about ${hours === 1 ? "1 hour" : `${hours} hours`} left`;
}

/** The reviewer's own date format would differ from machine to machine; this one does not. */
export function day(iso) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? "");
  if (!parts) return iso || null;
  const months = "January February March April May June July August September October November December";
  const month = months.split(" ")[Number(parts[2]) - 1];
  return month ? `${Number(parts[3])} ${month} ${parts[1]}` : iso;
}

export const KINDS = {
  headline: "headline",
  standfirst: "standfirst",
  subhead: "subhead",
  caption: "caption",
  credit: "credit",
  byline: "byline",
  dateline: "dateline",
  boilerplate: "boilerplate",
};

export function listed(words, last = "and") {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}

/** "claim and attribution", "none", "skipped: unclear", "not decided" */
export function answerInWords(answer, labels) {
  if (!answer || answer.status === "open") return "not decided";
  if (answer.status === "skipped") {
    return answer.reason ? `skipped: ${answer.reason.replaceAll("_", " ")}` : "skipped";
  }
  const names = labels.filter(({ key }) => answer.labels.includes(key)).map(({ name }) => name);
  const words = listed(names).toLowerCase() || "none";
  const worth = answer.check_worthiness;
  return worth === null || worth === undefined ? words : `${words}, check-worthiness ${worth}`;
}

/** "You labelled a copy of this in Flood: claim", and what a press does. */
export function offerWords({ labels, article_title: title }, known) {
  const given = answerInWords({ status: "labelled", labels }, known);
  return { words: `You labelled a copy of this in ${title}: ${given}`, press: "Give the same" };
}

// Invisible, or able to turn the order of what is seen: named beside the sentence.
const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

// Those that turn round all that follows; the others act on the letters beside them.
const TURNING = /[\u202a-\u202e\u2066-\u2069]/gu;

/** A text cut at such characters: pieces of `words`, and a `sign` with the code of each. */
export const pieces = (text) => cut(text, UNSEEN).map(({ words, sign }) => (sign ? { sign } : { words }));

/** The same, cut only where a `character` would turn round what follows. */
export const turns = (text) => cut(text, TURNING);

function cut(text, wanted) {
  const found = [];
  let last = 0;
  for (const match of text.matchAll(wanted)) {
    if (match.index > last) found.push({ words: text.slice(last, match.index) });
    found.push({ sign: codeOf(match[0]), character: match[0] });
    last = match.index + match[0].length;
  }
  if (last < text.length) found.push({ words: text.slice(last) });
  return found;
}

const codeOf = (character) => `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

export function oddities(text) {
  const found = new Map();
  for (const [character] of text.matchAll(UNSEEN)) {
    found.set(character, (found.get(character) ?? 0) + 1);
  }
  const notes = [];
  if (found.size) {
    const named = [...found].map(([character, times]) => {
      return times > 1 ? `${codeOf(character)} ×${times}` : codeOf(character);
    });
    notes.push(`Contains invisible characters: ${named.join(", ")}`);
  }
  const damaged = text.split("\ufffd").length - 1;
  if (damaged) notes.push(`Damaged characters: ${damaged}`);
  return notes;
}

/** How long a quotation a sentence is part of, and the piece that names its speaker: elsewhere or here. */
export function quotation({ id, group = null, speaker = null }, segments) {
  if (group === null) return { words: "", naming: null, isNamedHere: false };
  const n = segments.filter((other) => other.group === group).length;
  const naming = segments.find((other) => other.id === speaker && speaker !== id) ?? null;
  return { words: `in a quotation of ${number(n)}`, naming, isNamedHere: speaker === id };
}

/** Said of a sentence whose speaker another one names. */
export const whoSpeaks = ({ text }) => `Who speaks: ${text}`;

/** A section's source as plain blocks: paragraphs and lists, emphasis marks taken off. */
export function blocks(source) {
  const found = [];
  for (const chunk of (source ?? "").split(/\n\s*\n/)) {
    let list = null;
    let paragraph = [];
    const close = () => {
      const source = paragraph.join(" ");
      const isStrong = /^\*\*[^*]+\*\*$/.test(source);
      if (source) found.push({ kind: "paragraph", text: plain(source), isStrong });
      paragraph = [];
    };
    for (const line of chunk.split("\n")) {
      const heading = /^#{1,6}\s+(.*)$/.exec(line);
      const bullet = /^\s*[-*]\s+(.*)$/.exec(line);
      if (heading) {
        close();
        list = null;
        found.push({ kind: "heading", text: plain(heading[1]) });
      } else if (bullet) {
        close();
        if (!list) found.push((list = { kind: "list", items: [] }));
        list.items.push(plain(bullet[1]));
      } else if (list && line.trim()) {
        list.items[list.items.length - 1] += ` ${plain(line.trim())}`;
      } else if (line.trim()) {
        paragraph.push(line.trim());
      }
    }
    close();
  }
  return found;
}

const plain = (text) =>
  text
    .replace(/(\*\*|__)(.+?)\1/g, "$2")
    .replace(/(^|[\s(])[*_]([^*_\s][^*_]*)[*_](?=[\s).,;:!?]|$)/g, "$1$2")
    .replace(/`([^`]*)`/g, "$1");
