import assert from "node:assert/strict";
import { test } from "node:test";

import { Sender } from "../../workbench/components/annotator/sender.js";
import { makeDesk, mine } from "./fakes.mjs";

/** A server that answers as the test says, timers that wait for the test, and a host that listens. */
function makeLine(answer) {
  const desk = makeDesk();
  const posted = [];
  const waiting = [];
  const told = { stored: [], held: [], remarked: [], answered: [], unchanged: [] };
  const timers = {
    setTimeout: (work, ms) => waiting.push({ work, ms }),
    clearTimeout: () => waiting.splice(0),
  };
  const sender = new Sender({
    outbox: desk.outbox,
    post: async (batch) => {
      posted.push(batch);
      return answer(batch, posted.length);
    },
    timers,
    random: () => 0,
  });
  sender.host = {
    ask: () => null,
    cursor: () => "c",
    stored: (op) => told.stored.push(op.sentence),
    held: (held) => told.held.push(held),
    unchanged: (op) => told.unchanged.push(op.sentence),
    remarked: () => told.remarked.push(...desk.outbox.held.map(({ kind, reason }) => `${kind}: ${reason}`)),
    answered: (body) => told.answered.push(body),
    changed: () => {},
  };
  return { ...desk, sender, posted, waiting, told };
}

const settle = () => new Promise((done) => setTimeout(done, 5));
const ok = (batch) => ({
  status: 200,
  body: { acks: batch.ops.map(({ op_id }) => ({ op_id, status: "applied" })), window: [] },
});

for (const status of ["applied", "replayed"]) {
  test(`what the server remarks on an op that it ${status} is kept until it is seen`, async () => {
    const reason = "The sentence was split.";
    const line = makeLine(({ ops }) => ({
      status: 200,
      body: { acks: ops.map(({ op_id }) => ({ op_id, status, version: 1, reason })), window: [] },
    }));
    const op = line.give("s1");
    line.sender.kick();
    await settle();
    assert.deepEqual([line.told.remarked, line.told.stored], [[`remark: ${reason}`], ["s1"]]);
    const again = makeDesk({ storage: line.storage });
    assert.equal(again.outbox.size, 0);
    assert.deepEqual(again.outbox.held.map((held) => held.op.op_id), [op.op_id]);
    again.outbox.release(op.op_id);
    assert.deepEqual(makeDesk({ storage: line.storage }).outbox.held, []);
  });
}

test("another tab learns of a decision that came with a remark like of any other", async () => {
  const line = makeLine(({ ops }) => ({
    status: 200,
    body: { acks: ops.map(({ op_id }) => ({ op_id, status: "applied", version: 1, reason: "Old." })) },
  }));
  const op = line.give("s1");
  const other = makeDesk({ storage: line.storage });
  line.sender.kick();
  await settle();
  const key = `wb:r1:held:${op.op_id}`;
  assert.equal(other.outbox.heard({ key, newValue: line.storage.getItem(key) }).what, "held");
  const heard = other.outbox.heard({ key: `wb:r1:${op.op_id}`, newValue: null });
  assert.deepEqual([heard.what, heard.op.sentence, other.outbox.size], ["settled", "s1", 0]);
});

test("what waits is sent in order, one request at a time, and leaves with its answer", async () => {
  let open = 0;
  const line = makeLine(async (batch) => {
    open += 1;
    assert.equal(open, 1);
    await settle();
    open -= 1;
    return ok(batch);
  });
  line.give("s1");
  line.sender.kick();
  line.give("s2");
  line.sender.kick();
  line.sender.kick();
  await settle();
  await settle();
  await settle();
  assert.deepEqual(line.posted.map(({ ops }) => ops.map((op) => op.sentence)), [["s1"], ["s2"]]);
  assert.equal(line.outbox.size, 0);
  assert.equal(line.storage.length, 0);
});

test("without an answer all is kept, and tried again after 0.5, 1, 2, 4, 8, 8 s", async () => {
  const line = makeLine(() => Promise.reject(new Error("no network")));
  line.give("s1");
  const waits = [];
  line.sender.kick();
  for (let i = 0; i < 6; i += 1) {
    await settle();
    const [{ work, ms }] = line.waiting.splice(0);
    waits.push(ms);
    work();
  }
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 8000]);
  assert.equal(line.outbox.size, 1);
  assert.equal(line.sender.state.kind, "offline");
});

test("a new decision does not cut a pause short, coming online does", async () => {
  const line = makeLine((batch, n) => (n === 1 ? { status: 503, body: null } : ok(batch)));
  line.give("s1");
  line.sender.kick();
  await settle();
  line.give("s2");
  line.sender.kick();
  await settle();
  assert.equal(line.posted.length, 1);
  line.sender.wake();
  await settle();
  assert.equal(line.outbox.size, 0);
});

for (const [status, kind] of [
  [401, "signed-out"],
  [403, "error"],
  [503, "server"],
  [507, "not-saved"],
]) {
  test(`after ${status} nothing is lost and the words are kept`, async () => {
    const line = makeLine(() => ({ status, body: { error: "In words." } }));
    line.give("s1");
    line.sender.kick();
    await settle();
    assert.deepEqual(line.sender.state, { kind, words: "In words." });
    assert.equal(line.outbox.size, 1);
  });
}

test("a refused op is set apart with its reason and the others go through", async () => {
  const line = makeLine((batch) => ({
    status: 200,
    body: {
      acks: batch.ops.map(({ op_id, sentence }) =>
        sentence === "s1" ? { op_id, status: "refused", reason: "No." } : { op_id, status: "applied" },
      ),
    },
  }));
  line.give("s1");
  line.give("s2");
  line.sender.kick();
  await settle();
  assert.deepEqual([line.told.held[0].reason, line.told.stored], ["No.", ["s2"]]);
  assert.equal(line.outbox.size, 0);
});

test("after a conflict the second op on the sentence is not sent over the other tab's", async () => {
  const line = makeLine((batch) => ({
    status: 200,
    body: {
      acks: batch.ops.map(({ op_id }) => ({ op_id, status: "conflict", version: 1, current: mine(1) })),
    },
  }));
  line.give("s1");
  line.give("s1", { act: "flag", flagged: true });
  line.sender.kick();
  await settle();
  assert.equal(line.posted.length, 1);
  assert.equal(line.told.held[0].ops.length, 2);
});

test("where the other tab gave the same answer there is nothing to choose", async () => {
  const line = makeLine((batch) => ({
    status: 200,
    body: {
      acks: batch.ops.map(({ op_id, sentence, labels }) => ({
        op_id,
        status: "conflict",
        version: 1,
        current: { ...mine(1), labels: sentence === "s1" ? labels : ["dispute"] },
      })),
    },
  }));
  line.give("s1");
  line.give("s2");
  line.sender.kick();
  await settle();
  assert.deepEqual(line.told.held.map(({ op }) => op.sentence), ["s2"]);
  assert.deepEqual(line.told.unchanged, ["s1"]);
  assert.equal(line.outbox.size, 0);
});

test("one unreadable op is found and set apart; the rest get through", async () => {
  const line = makeLine((batch) =>
    batch.ops.some(({ sentence }) => sentence === "bad")
      ? { status: 400, body: { error: "Unreadable." } }
      : ok(batch),
  );
  for (const sentence of ["s1", "bad", "s2"]) line.give(sentence);
  line.sender.kick();
  for (let i = 0; i < 6; i += 1) {
    await settle();
    for (const { work } of line.waiting.splice(0)) work();
  }
  assert.deepEqual(line.told.stored, ["s1", "s2"]);
  assert.deepEqual(line.told.held.map(({ op, reason }) => [op.sentence, reason]), [["bad", "Unreadable."]]);
});

test("an answer that names none of the ops sent is not hammered at", async () => {
  const line = makeLine(() => ({ status: 200, body: { acks: [] } }));
  line.give("s1");
  line.sender.kick();
  await settle();
  assert.equal(line.posted.length, 1);
  assert.equal(line.waiting.length, 1);
  assert.equal(line.outbox.size, 1);
});

test("after the page is left the outbox still empties, and then nothing is asked", async () => {
  const line = makeLine(ok);
  line.sender.host = null;
  line.give("s1");
  line.sender.kick();
  await settle();
  assert.equal(line.outbox.size, 0);
  assert.equal(line.posted.length, 1);
});

test("an op that left nothing is not counted on by those that follow", async () => {
  const line = makeLine((batch) => ({
    status: 200,
    body: { acks: batch.ops.map(({ op_id, act }) => ({ op_id, status: "applied", version: act === "clear" ? 0 : 1 })) },
  }));
  const unchanged = [];
  line.sender.host.unchanged = (op, current, version) => {
    unchanged.push([op.act, current, version]);
    line.answers.correct(op.sentence, current, version);
  };
  line.give("s1", { act: "clear", labels: [] });
  line.give("s1");
  line.sender.kick();
  await settle();
  await settle();
  assert.deepEqual(unchanged, [["clear", null, 0]]);
  assert.deepEqual(line.posted.map(({ ops }) => ops[0].base_version), [0, 0]);
  assert.deepEqual(line.told.stored, ["s1"]);
  assert.equal(line.outbox.size, 0);
});
