// Carries the outbox to the server: one request in flight, oldest first, and again and again
// until there is an answer. It outlives the component, so that leaving the page strands nothing.

import { changesNothing } from "./answers.js";

const SHORTEST_WAIT = 500;
const LONGEST_WAIT = 8000;
const BATCH = 50;

export class Sender {
  #outbox;
  #post;
  #timers;
  #random;
  #lock;
  #busy = false;
  #timer = null;
  #failures = 0;
  #batchSize = BATCH;
  host = null;
  state = { kind: "idle", words: null };

  constructor({ outbox, post, timers = globalThis, random = Math.random, lock = (work) => work() }) {
    this.#outbox = outbox;
    this.#post = post;
    this.#timers = timers;
    this.#random = random;
    this.#lock = lock;
  }

  get busy() {
    return this.#busy;
  }

  /** Send what waits, unless a request is out or a pause is being kept. */
  kick() {
    if (this.#timer === null) void this.#run();
  }

  /** There is reason to think it would work now: end the pause. */
  wake() {
    this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
    this.#failures = 0;
    void this.#run();
  }

  async #run() {
    if (this.#busy) return;
    if (!this.#outbox.size && !this.host?.ask()) return;
    this.#busy = true;
    let again = false;
    try {
      again = await this.#lock(() => this.#exchange());
    } catch {
      this.#fail("offline", null);
    } finally {
      this.#busy = false;
    }
    this.host?.changed();
    if (again) this.kick();
  }

  async #exchange() {
    const batch = this.#outbox.batch(this.#batchSize);
    const ask = this.host?.ask() ?? null;
    if (!batch.length && !ask) return false;
    const project = batch[0]?.project ?? ask.project;
    const asked = ask && ask.project === project ? ask : null;
    const { status, body } = await this.#post({
      project,
      ops: batch.map((record) => record.op),
      after: asked?.after ?? this.host?.cursor(project) ?? "",
      want: asked?.want ?? 0,
      have: asked?.have ?? [],
      articles: asked?.articles ?? [],
      rules: this.host?.rules?.() ?? null,
    });
    if (status !== 200) {
      this.#refusedAsAWhole(status, body, batch);
      return false;
    }
    return this.#answered(body, batch, asked, project);
  }

  #answered(body, batch, asked, project) {
    const acks = new Map((body.acks ?? []).map((ack) => [ack.op_id, ack]));
    let moved = !batch.length;
    for (const { op } of batch) {
      const ack = acks.get(op.op_id);
      if (!ack) continue;
      moved = true;
      this.#take(op, ack);
    }
    if (!moved) {
      this.#fail("server", "The server did not answer for these labels.");
      return false;
    }
    this.#failures = 0;
    this.#batchSize = BATCH;
    this.state = { kind: "idle", words: null };
    this.host?.answered(body, { asked, project });
    return true;
  }

  #take(op, ack) {
    if (ack.status === "applied" || ack.status === "replayed") {
      if (ack.reason && this.#outbox.remark(op.op_id, ack.reason)) this.host?.remarked?.();
      if (ack.version === op.base_version) {
        this.#outbox.settleUnchanged(op.op_id);
        this.host?.unchanged(op, ack.current ?? null, ack.version);
        return;
      }
      this.#outbox.settle(op.op_id);
      const current = ack.current ?? null;
      this.host?.stored(op, current?.version >= op.base_version + 1 ? current : null);
      return;
    }
    if (ack.status === "conflict" && this.#isTheSame(op, ack.current)) {
      this.#outbox.settle(op.op_id);
      this.host?.unchanged(op, ack.current, ack.version);
      return;
    }
    const kind = ack.status === "conflict" ? "conflict" : "refused";
    const { reason = null, current = null, version = 0 } = ack;
    const held = this.#outbox.hold(op.op_id, { kind, reason, current, version });
    if (held) this.host?.held(held);
  }

  /** What is stored says the same, and nothing else about it is on its way: there is no choice. */
  #isTheSame(op, current) {
    return current && this.#outbox.of(op.sentence).length === 1 && changesNothing(current, op);
  }

  #refusedAsAWhole(status, body, batch) {
    const words = typeof body?.error === "string" ? body.error : null;
    if (status === 401) return this.#fail("signed-out", words);
    if (status === 507) return this.#fail("not-saved", words ?? "Not saved: the disk is full.");
    if (status >= 500 || status === 408 || status === 429) return this.#fail("server", words);
    if ([400, 413, 422].includes(status) && batch.length) {
      if (batch.length > 1) {
        this.#batchSize = 1; // one of them is at fault: find it, so that the others go through
      } else if (status !== 413 || words) {
        const reason = words ?? `The server answered ${status}.`;
        const held = this.#outbox.hold(batch[0].op.op_id, { kind: "refused", reason });
        if (held) this.host?.held(held);
      }
    }
    return this.#fail("error", words ?? `The server answered ${status}.`);
  }

  #fail(kind, words) {
    const wait = Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** this.#failures);
    this.#failures += 1;
    this.state = { kind, words };
    this.#timers.clearTimeout(this.#timer);
    this.#timer = this.#timers.setTimeout(() => {
      this.#timer = null;
      void this.#run();
    }, wait * (1 + this.#random() / 4)); // jitter: a restarted server is not met by all at once
  }
}
