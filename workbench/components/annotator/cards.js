// Decisions that the server did not take as they were given. Each waits, on the device too, until
// the reviewer has chosen.

import { element, written } from "./marks.js";
import { answerInWords, count } from "./text.js";
import { fold } from "./answers.js";

/** What a held record would have made of the sentence. */
export const givenHere = (held) =>
  (held.ops ?? [held.op]).reduce(fold, held.current ? { ...held.current } : null);

const REMARKED = 3; // sentences quoted of those that one remark is about

export function drawCards(part, helds, { labels, keepStored, useMine, dismiss, sendAgain, gotIt }) {
  const remarks = byReason(helds.filter(isRemark));
  part.replaceChildren(
    ...helds.filter((held) => !isRemark(held)).map((held) =>
      held.kind === "conflict"
        ? conflictCard(held, { labels, keepStored, useMine })
        : refusedCard(held, { labels, dismiss, sendAgain }),
    ),
    ...[...remarks].map(([reason, about]) => remarkCard(reason, about, gotIt)),
  );
  part.hidden = !helds.length;
}

export const isRemark = ({ kind }) => kind === "remark";

/** What the cards come to, for those who listen: remarks are read out, choices are counted. */
export function cardsInWords(helds) {
  const n = helds.filter((held) => !isRemark(held)).length;
  const reasons = new Set(helds.filter(isRemark).map(({ reason }) => reason));
  return [...(n ? [`Waiting for your choice: ${count(n, "decision")}`] : []), ...reasons].join(". ");
}

/** Stored, but not quite as it looked: said once for all that it goes for. */
function remarkCard(reason, helds, gotIt) {
  const card = element("article", "card is-notice");
  card.append(element("h2", "", `Saved, with a remark: ${count(helds.length, "answer")}`));
  for (const held of helds.slice(0, REMARKED)) card.append(quoted(held));
  const more = helds.length - REMARKED;
  if (more > 0) card.append(element("p", "note", `and ${count(more, "more", "more")}`));
  card.append(element("p", "", reason), choices(["Got it", () => gotIt(helds)]));
  return card;
}

function conflictCard(held, { labels, keepStored, useMine }) {
  const card = bare(held, "Two answers for one sentence");
  const rows = element("dl", "two");
  for (const [name, answer] of [
    ["Kept on the server", held.current],
    ["Given here", givenHere(held)],
  ]) {
    const row = element("div");
    row.append(element("dt", "", name), long("dd", withNotes(answer, labels)));
    rows.append(row);
  }
  card.append(
    rows,
    choices(["Keep the stored one", () => keepStored(held)], ["Use mine", () => useMine(held)]),
  );
  return card;
}

function refusedCard(held, { labels, dismiss, sendAgain }) {
  const card = bare(held, "Not taken by the server");
  const reason = held.reason ?? "No reason was given.";
  const given = `Given here: ${withNotes(givenHere(held), labels)}`;
  card.append(
    element("p", "reason-given", reason),
    long("p", given),
    choices(["Dismiss", () => dismiss(held)], ["Send again", () => sendAgain(held)]),
  );
  return card;
}

function bare(held, title) {
  const card = element("article", "card");
  card.dataset.held = held.op.op_id;
  card.append(element("h2", "", title));
  card.append(quoted(held));
  return card;
}

function quoted({ text, op }) {
  const quote = element("blockquote");
  quote.append(...written(text || op.sentence));
  quote.dir = "auto";
  return quote;
}

/** Words that may be a whole comment long: scrolled where they stand, by keys too. */
function long(name, words) {
  const part = element(name, "given", words);
  part.tabIndex = 0;
  return part;
}

function choices(...buttons) {
  const row = element("div", "choices");
  for (const [name, act] of buttons) {
    const button = element("button", "none", name);
    button.type = "button";
    button.addEventListener("click", act);
    row.append(button);
  }
  return row;
}

function withNotes(answer, labels) {
  const words = [answerInWords(answer, labels)];
  if (answer?.flagged) words.push("flagged");
  if (answer?.comment) words.push(`comment “${answer.comment}”`);
  return words.join(" · ");
}

function byReason(helds) {
  const found = new Map();
  for (const held of helds) found.set(held.reason, [...(found.get(held.reason) ?? []), held]);
  return found;
}
