// Decisions that the server did not take as they were given. Each waits, on the device too, until
// the reviewer has chosen.

import { element } from "./marks.js";
import { answerInWords } from "./text.js";
import { fold } from "./answers.js";

/** What a held record would have made of the sentence. */
export const givenHere = (held) =>
  (held.ops ?? [held.op]).reduce(fold, held.current ? { ...held.current } : null);

export function drawCards(part, helds, { labels, keepStored, useMine, dismiss, sendAgain }) {
  part.replaceChildren(
    ...helds.map((held) =>
      held.kind === "conflict"
        ? conflictCard(held, { labels, keepStored, useMine })
        : refusedCard(held, { labels, dismiss, sendAgain }),
    ),
  );
  part.hidden = !helds.length;
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
  const quoted = element("blockquote", "", held.text || held.op.sentence);
  quoted.dir = "auto";
  card.append(quoted);
  return card;
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
