import assert from "node:assert/strict";
import { test } from "node:test";

import { emptyWords } from "../../workbench/components/annotator/empty.js";
import { Leases, progressAfter, Tabs } from "../../workbench/components/annotator/leases.js";
import { Stock } from "../../workbench/components/annotator/stock.js";
import { makeDesk } from "./fakes.mjs";

/** Channels that hear each other, as those of tabs do: at once, but never themselves. */
function makeChannels(n) {
  const all = Array.from({ length: n }, () => ({ heard: [] }));
  for (const channel of all) {
    channel.addEventListener = (_, hear) => channel.heard.push(hear);
    channel.postMessage = (data) => {
      for (const other of all) if (other !== channel) for (const hear of other.heard) hear({ data });
    };
  }
  return all;
}

const atWork = { isAtWork: () => true };
const item = (id, fence = 1) => ({ id, article: "a1", version: 0, kind: "body", mine: null, fence, why: "First look" });
const data = { project: "p", lease_seconds: 600 };

function makeLeases(undecided = () => true, tabs = new Tabs(null, "me")) {
  const leases = new Leases(tabs);
  leases.begin(data, undecided, 0);
  leases.take([item("s1"), item("s2", 4)], { isWhole: true, now: 0 });
  return leases;
}

test("a tab that goes hands back what is undecided, under the fence it had it", () => {
  assert.deepEqual(makeLeases((id) => id !== "s1").leave(), { project: "p", release: { s2: 4 } });
});

test("nothing is handed back while another tab of the reviewer is open", () => {
  const [one, two] = makeChannels(2);
  const mine = new Tabs(one, "one");
  const other = new Tabs(two, "two");
  const leases = makeLeases(() => true, mine);
  assert.equal(leases.leave(), null);
  assert.equal(other.isAlone, true);
});

test("once the other tab has gone, what is left is handed back", () => {
  const [one, two] = makeChannels(2);
  const mine = new Tabs(one, "one");
  new Tabs(two, "two").leave();
  assert.deepEqual(makeLeases(() => true, mine).leave().release, { s1: 1, s2: 4 });
});

test("where every sentence is everybody's there is nothing to hand back or to renew", () => {
  const leases = new Leases(new Tabs(null, "me"));
  leases.begin({ project: "p", lease_seconds: null }, () => true, 0);
  leases.take([item("s1")], { isWhole: true, now: 0 });
  assert.equal(leases.leave(), null);
  assert.equal(leases.isDue(Infinity, atWork), false);
});

test("what is held is asked for again after half of its time, while somebody is at work", () => {
  const leases = makeLeases();
  assert.equal(leases.isDue(299_000, atWork), false);
  assert.equal(leases.isDue(301_000, atWork), true);
  assert.equal(leases.isDue(301_000, { isAtWork: () => false }), false);
  leases.take([item("s1")], { isWhole: true, now: 301_000 });
  assert.equal(leases.isDue(302_000, atWork), false);
});

test("what is left goes down by what was done, until the server counts it again", () => {
  const known = { done: 4, left: 10, seconds_per_sentence: null, with_others: 3 };
  assert.equal(progressAfter(known, { done: 6, left: null }).left, 8);
  assert.equal(progressAfter(known, { done: 5, left: 2 }).with_others, undefined);
});

test("what was taken back is left again, so that both together stay the same", () => {
  const known = { done: 4, left: 10, seconds_per_sentence: null };
  assert.equal(progressAfter(known, { done: 2, left: null }).left, 12);
});

function makeStock(n) {
  const desk = makeDesk();
  const leases = makeLeases();
  const stock = new Stock(desk.answers, leases);
  const ids = Array.from({ length: n }, (_, i) => `s${i + 1}`);
  const segments = ids.map((id) => ({ id, text: id, kind: "body", queued: true, gap: "space", group: 1, mine: null }));
  const articles = { a1: { title: "T", outlet: null, author: null, published: null, source: "t", segments } };
  stock.seed({ articles, window: ids.slice(0, 4).map((id) => item(id)), cursor: "0-1" });
  stock.queue.current = "s1";
  return { ...desk, stock, leases };
}

test("what went to others leaves the line, but not from under the reviewer's eyes", () => {
  const { stock } = makeStock(4);
  const asked = { after: "0-1", want: 25 };
  stock.answered({ window: [item("s3")], whole: true, cursor: "0-1" }, asked);
  assert.deepEqual(stock.queue.line, ["s1", "s3"]);
});

test("a sentence whose answer was refused is not asked about again, unless it is given again", () => {
  const { stock } = makeStock(4);
  stock.refused("s2");
  assert.equal(stock.ask("p").after, "0-1");
  stock.queue.current = "s3";
  assert.equal(stock.queue.firstOpen(), "s1");
  assert.deepEqual(stock.queue.upcoming(), ["s1", "s4"]);
  const again = ["s1", "s2", "s3", "s4"].map((id) => item(id, 5));
  stock.answered({ window: again, whole: true, cursor: "0-1" }, { after: "0-1", want: 1 });
  assert.deepEqual(stock.queue.upcoming(), ["s1", "s2", "s4"]);
});

function makeTurned({ seconds, before }) {
  const { stock, leases } = makeStock(4);
  leases.told(before, 0);
  stock.refused("s1");
  stock.answered({ lease_seconds: seconds }, null);
  return { stock, leases };
}

test("a page that is open when sentences begin to be given out asks what is its own, and for no lost one", () => {
  const { stock, leases } = makeTurned({ before: null, seconds: 60 });
  assert.equal(leases.isOn, true);
  assert.deepEqual([stock.ask("p").after, stock.ask("p").want > 0], ["", true]);
  assert.equal(stock.queue.firstOpen(), "s2");
});

test("a page that is open when every sentence becomes everybody's asks again about what it had lost", () => {
  const { stock, leases } = makeTurned({ before: 60, seconds: null });
  assert.equal(leases.isOn, false);
  assert.equal(leases.isDue(Infinity, atWork), false);
  assert.equal(stock.queue.firstOpen(), "s1");
});

test("an answer that is silent about leases changes nothing", () => {
  const { stock, leases } = makeStock(4);
  stock.answered({ window: [], cursor: "0-1" }, { after: "0-1", want: 25 });
  assert.equal(leases.isOn, true);
  assert.equal(leases.leave().release.s1, 1);
});

test("a newer fence and another reason take the place of those before", () => {
  const { stock } = makeStock(4);
  const again = { ...item("s2", 7), why: "Needs a second reviewer" };
  stock.answered({ window: [again], whole: true, cursor: "0-1" }, { after: "0-1", want: 25 });
  assert.equal(stock.queue.item("s2").fence, 7);
  assert.equal(stock.place("s2").why, "Needs a second reviewer");
});

test("a whole quotation takes none of the sentences that others have", () => {
  const { stock } = makeStock(6);
  assert.deepEqual(stock.rest("s1"), ["s2", "s3", "s4"]);
});

test("a renewal is asked for however many sentences are in the line", () => {
  const { stock } = makeStock(4);
  stock.answered({ window: [], cursor: "0-1" }, { after: "0-1", want: 25 });
  assert.equal(stock.ask("p"), null);
  stock.poll();
  assert.equal(stock.ask("p").after, "0-1");
});

const idle = { pending: 0, inTab: false, sender: { kind: "idle" }, isEmpty: true };

test("nobody is told that all is done while others hold sentences", () => {
  const { title, words } = emptyWords({ ...idle, done: 3, with_others: 12 });
  assert.equal(title, "Nothing for you at the moment");
  assert.match(words, /^The last 12 sentences are with other reviewers/);
  assert.match(emptyWords({ ...idle, done: 3, with_others: 1 }).words, /^The last sentence is with/);
});

test("what is given to others by name is told as that", () => {
  assert.equal(emptyWords({ ...idle, done: 3, not_for_you: 4 }).title, "Nothing left for you");
  assert.equal(emptyWords({ ...idle, done: 3 }).title, "All done");
});
