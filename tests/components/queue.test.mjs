import assert from "node:assert/strict";
import { test } from "node:test";

import { Queue } from "../../workbench/components/annotator/queue.js";
import { Stock } from "../../workbench/components/annotator/stock.js";
import { makeDesk, mine } from "./fakes.mjs";

const item = (id, changes = {}) => ({ id, article: "a1", version: 0, kind: "body", mine: null, ...changes });

function makeArticle(n, answered = {}) {
  const segments = Array.from({ length: n }, (_, i) => ({
    id: `s${i + 1}`,
    text: `Sentence ${i + 1}.`,
    kind: "body",
    queued: true,
    gap: i ? "space" : "paragraph",
    mine: answered[`s${i + 1}`] ?? null,
  }));
  return { title: "T", outlet: null, author: null, published: null, source: "t.txt", segments };
}

function makeLine(...ids) {
  const done = new Set();
  const queue = new Queue((id) => !done.has(id));
  queue.merge(ids.map((id) => item(id)));
  queue.current = ids[0] ?? null;
  return { queue, done };
}

function makeStock(n, data = {}) {
  const desk = makeDesk();
  const stock = new Stock(desk.answers);
  const articles = { a1: makeArticle(n, data.answered) };
  stock.seed({ articles, cursor: "c1", window: [], ...data });
  return { ...desk, stock, articles };
}

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => item(`s${from + i}`));

test("a window that comes again adds nothing", () => {
  const { queue } = makeLine("s1", "s2");
  assert.equal(queue.merge([item("s1"), item("s2"), item("s3")]), 1);
  assert.deepEqual(queue.line, ["s1", "s2", "s3"]);
});

test("looking back and forth stops at the first open sentence", () => {
  const { queue, done } = makeLine("s1", "s2", "s3", "s4");
  done.add("s1").add("s2");
  queue.current = "s3";
  assert.deepEqual(queue.forward(), { to: null, end: false });
  assert.equal(queue.back(), "s2");
  queue.current = "s1";
  assert.equal(queue.back(), null);
  assert.equal(queue.forward().to, "s2");
});

test("past the last answer of an empty line lies its end, and back leads in again", () => {
  const { queue, done } = makeLine("s1", "s2");
  done.add("s1").add("s2");
  queue.current = "s2";
  assert.deepEqual(queue.forward(), { to: null, end: true });
  queue.current = null;
  assert.equal(queue.back(), "s2");
});

test("a sentence taken back is the next one again", () => {
  const { queue, done } = makeLine("s1", "s2", "s3");
  done.add("s1").add("s2");
  done.delete("s1");
  assert.equal(queue.firstOpen(), "s1");
});

test("a long day forgets its oldest answers and no open sentence", () => {
  const done = new Set(["s1", "s2"]);
  const queue = new Queue((id) => !done.has(id));
  done.delete("s1");
  queue.merge(Array.from({ length: 1100 }, (_, i) => item(`s${i + 1}`)));
  for (let i = 10; i < 900; i += 1) done.add(`s${i}`);
  queue.merge([item("new")]);
  assert.equal(queue.line.length, 1000);
  assert.equal(queue.firstOpen(), "s1");
});

test("nothing is asked for while fifteen are left, and then the shortfall up to forty", () => {
  const { stock, give } = makeStock(60, { window: range(1, 16) });
  give("s1");
  assert.equal(stock.ask("p"), null);
  give("s2");
  assert.deepEqual(stock.ask("p"), { project: "p", after: "c1", want: 26, have: ["a1"] });
});

test("what is on its way does not come back into the line", () => {
  const { stock, give, articles } = makeStock(60, { window: range(1, 3) });
  for (const id of ["s1", "s2", "s3"]) give(id);
  const { added } = stock.take({ window: range(1, 4), articles });
  assert.equal(added, 1);
  assert.equal(stock.queue.firstOpen(), "s4");
});

test("an empty line is asked for from the start once, before it is called empty", () => {
  const { stock, give } = makeStock(60, { window: range(1, 1) });
  stock.answered({ window: [], cursor: "c1" }, stock.ask("p"));
  assert.equal(stock.ask("p"), null);
  give("s1");
  assert.equal(stock.isEmpty, false);
  const asked = stock.ask("p");
  assert.equal(asked.after, "");
  stock.answered({ window: [], cursor: "c1" }, asked);
  assert.equal(stock.isEmpty, true);
  assert.equal(stock.ask("p"), null);
  stock.poll();
  assert.equal(stock.ask("p").after, "");
});

test("a sentence that is open again is shown again", () => {
  const { stock, answers, articles } = makeStock(3, {
    answered: { s1: mine(1) },
    window: range(2, 2),
  });
  assert.equal(answers.isOpen("s1"), false);
  const open = mine(2, { status: "open" });
  stock.take({ articles, window: [item("s1", { version: 2, mine: open })] });
  assert.equal(stock.queue.firstOpen(), "s1");
});

test("earlier answers of the first article can be looked back to", () => {
  const { stock } = makeStock(4, { answered: { s1: mine(1), s2: mine(1) }, window: range(3, 4) });
  assert.deepEqual(stock.queue.line, ["s1", "s2", "s3", "s4"]);
  stock.queue.current = "s3";
  assert.equal(stock.queue.back(), "s2");
});

test("what another tab answered is passed over, but never taken from under the eyes", () => {
  const { stock } = makeStock(4, { window: range(1, 3) });
  stock.queue.current = "s1";
  stock.answeredElsewhere("s1");
  stock.answeredElsewhere("s2");
  assert.equal(stock.queue.firstOpen(), "s1");
  stock.queue.current = "s3";
  assert.equal(stock.queue.firstOpen(), "s3");
});

test("a sentence whose article is not here is not shown", () => {
  const { stock } = makeStock(2, { window: [item("elsewhere")] });
  assert.equal(stock.queue.firstOpen(), null);
});

test("a quotation's sentences are those of the queue, and the rest of them those without an answer", () => {
  const { stock, articles, give } = makeStock(6, { window: range(1, 2) });
  const group = { s2: 0, s3: 0, s4: 0, s5: 0, s6: 1 };
  const segments = articles.a1.segments.map((one) => ({ ...one, group: group[one.id] ?? null, queued: one.id !== "s4" }));
  stock.take({ articles: { a1: { ...articles.a1, segments } } });
  assert.deepEqual(stock.group("s3"), ["s2", "s3", "s5"]);
  assert.deepEqual(["s1", "s4", "s6", null].map((id) => stock.group(id)), [["s1"], ["s4"], ["s6"], [null]]);
  assert.deepEqual(stock.rest("s2"), ["s3", "s5"]);
  give("s3");
  stock.answeredElsewhere("s5");
  assert.deepEqual([stock.rest("s2"), stock.rest("s3"), stock.rest(null)], [[], ["s2"], []]);
});

test("a repaired article takes the place of the one held: parts in line, the old sentence gone", () => {
  const { stock, articles, give } = makeStock(5, { window: range(1, 4) });
  stock.queue.current = "s2";
  give("s1");
  const parts = articles.a1.segments.flatMap((one) => {
    if (one.id === "s1") return [];
    return one.id === "s3" ? [{ ...one, id: "s3a" }, { ...one, id: "s3b" }] : [one];
  });
  const repaired = { ...articles.a1, segments: parts };
  stock.take({ articles: { a1: repaired }, window: [item("s3a"), item("s3b"), item("s4")] }, { isLater: true });
  assert.deepEqual(stock.queue.line, ["s1", "s2", "s3a", "s3b", "s4"]);
  assert.deepEqual([stock.place("s3b").number, stock.place("s3b").total], [3, 5]);
  assert.equal(stock.place("s1").article.segments.length, 5);
  assert.equal(stock.place("s4").segment.id, "s4");
});

test("a sentence that was split while it was read stays until it is answered", () => {
  const { stock, articles, give } = makeStock(3, { window: range(1, 3) });
  stock.queue.current = "s1";
  const parts = [{ ...articles.a1.segments[0], id: "s1a" }, ...articles.a1.segments.slice(1)];
  stock.take({ articles: { a1: { ...articles.a1, segments: parts } }, window: [item("s1a")] }, { isLater: true });
  assert.equal(stock.place("s1").segment.id, "s1");
  assert.equal(stock.queue.firstOpen(), "s1");
  give("s1");
  assert.equal(stock.queue.firstOpen(), "s1a");
});

test("the same article again is the same page, with what was answered since", () => {
  const { stock, articles, answers } = makeStock(3, { window: range(1, 3) });
  const before = stock.place("s2").article.segments;
  const segments = makeArticle(3, { s2: mine(4) }).segments;
  const { changed } = stock.take({ articles: { a1: { ...articles.a1, title: "New", segments } } });
  assert.equal(stock.place("s2").article.segments, before);
  assert.equal(stock.place("s2").article.title, "New");
  assert.deepEqual([[...changed], answers.base("s2")], [["s2"], 4]);
});

test("a copy answered a moment ago is offered too, and what it has now", () => {
  const told = { id: "s9", labels: ["dispute"], article_title: "Far" };
  const copies = { n: 2, mine: told, sentences: ["s1", "s9"] };
  const { stock, give } = makeStock(3, { window: [item("s1"), item("s2", { copies }), item("s3")] });
  const answer = (sentence, changes) => {
    give(sentence, changes);
    stock.given(sentence);
  };
  assert.equal(stock.place("s2").offer, told);
  answer("s1");
  assert.deepEqual(stock.place("s2").offer, { id: "s1", labels: ["claim"], article_title: "T" });
  answer("s1", { labels: [] });
  assert.deepEqual(stock.place("s2").offer.labels, []);
  answer("s1", { act: "clear" });
  assert.equal(stock.place("s2").offer, told);
  answer("s9", { act: "clear" });
  assert.equal(stock.place("s2").offer, null);
});

test("what was given a copy is offered while the sentence is open, and to no other", () => {
  const given = { labels: ["claim"], article_title: "Flood" };
  const window = [item("s1", { copies: { n: 2, mine: given } }), item("s2", { copies: { n: 1, mine: null } })];
  const { stock, give } = makeStock(3, { window: [...window, item("s3", { copies: null })] });
  const offers = () => ["s1", "s2", "s3"].map((id) => stock.place(id).offer);
  assert.deepEqual(offers(), [given, null, null]);
  assert.equal(stock.offer, null);
  stock.queue.current = "s1";
  assert.equal(stock.offer, given);
  give("s1");
  assert.deepEqual(offers(), [null, null, null]);
  assert.equal(stock.offer, null);
});
