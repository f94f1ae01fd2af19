// Decisions on their way. Each lies under a key of its own, so that two tabs never overwrite
// each other's list, and leaves the device only when the server has answered for it.

const OP_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function newOpId(crypto = globalThis.crypto) {
  if (crypto.randomUUID) return crypto.randomUUID(); // HTTPS and localhost only
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export class Outbox {
  #device;
  #prefix;
  #now;
  #records = [];
  #bySentence = new Map();
  #held = new Map();
  #lastSeq = 0;

  constructor({ device, reviewer, now = Date.now }) {
    this.#device = device;
    this.#prefix = `wb:${reviewer}:`;
    this.#now = now;
    this.#load();
  }

  #load() {
    for (const key of this.#device.keys(this.#prefix)) {
      const rest = key.slice(this.#prefix.length);
      const isHeld = rest.startsWith("held:");
      if (!OP_ID.test(isHeld ? rest.slice(5) : rest)) continue;
      const record = parse(this.#device.get(key));
      if (!record) continue;
      this.#lastSeq = Math.max(this.#lastSeq, record.seq);
      if (isHeld) this.#held.set(record.op.op_id, record);
      else this.#records.push(record);
    }
    this.#records.sort((a, b) => a.seq - b.seq || (a.op.op_id < b.op.op_id ? -1 : 1));
    this.#index();
  }

  #index() {
    this.#bySentence.clear();
    for (const record of this.#records) {
      const list = this.#bySentence.get(record.op.sentence);
      if (list) list.push(record);
      else this.#bySentence.set(record.op.sentence, [record]);
    }
  }

  /** Time, but always growing: order survives a reload and a clock set back. */
  #nextSeq() {
    this.#lastSeq = Math.max(this.#lastSeq + 1, this.#now() * 1000);
    return this.#lastSeq;
  }

  get size() {
    return this.#records.length;
  }

  get records() {
    return this.#records;
  }

  get held() {
    return [...this.#held.values()].sort((a, b) => a.seq - b.seq);
  }

  get inTabOnly() {
    return this.#records.some((record) => record.inTab);
  }

  of(sentence) {
    return this.#bySentence.get(sentence) ?? [];
  }

  has(opId) {
    return this.#records.some((record) => record.op.op_id === opId);
  }

  sentences() {
    return this.#bySentence.keys();
  }

  add({ project, text, op }) {
    const record = { seq: this.#nextSeq(), project, text, op };
    this.#write(record);
    this.#records.push(record);
    this.#index();
    return record;
  }

  #write(record) {
    const { inTab: _, ...stored } = record;
    record.inTab = !this.#device.set(this.#prefix + record.op.op_id, JSON.stringify(stored));
  }

  /**
   * The next ops to send, oldest first. Stops before a second op on one sentence: were the first
   * in conflict, the second might fit the other tab's version and overwrite it unseen.
   */
  batch(limit = 50) {
    const taken = [];
    const sentences = new Set();
    for (const record of this.#records) {
      if (taken.length === limit || sentences.has(record.op.sentence)) break;
      if (record.project !== this.#records[0].project) break;
      sentences.add(record.op.sentence);
      taken.push(record);
    }
    return taken;
  }

  #take(opId) {
    const at = this.#records.findIndex((record) => record.op.op_id === opId);
    if (at < 0) return null;
    const [record] = this.#records.splice(at, 1);
    this.#index();
    return record;
  }

  /** The server has it. */
  settle(opId) {
    const record = this.#take(opId);
    this.#device.remove(this.#prefix + opId);
    return record;
  }

  /** The server has it, and it changed nothing: what was counted on top of it moves down. */
  settleUnchanged(opId) {
    const record = this.settle(opId);
    if (record) this.#rebase(record.op);
    return record;
  }

  /** Another tab has had the answer and removed the key; forget it here too. */
  forget(opId) {
    return this.#take(opId);
  }

  /**
   * Set an op apart until the reviewer has seen why it was not taken. Of a conflict, later ops on
   * the sentence go with it: one card, with the last value given here.
   */
  hold(opId, { kind, reason = null, current = null, version = 0 }) {
    const first = this.#take(opId);
    if (!first) return null;
    const later = kind === "conflict" ? [...this.of(first.op.sentence)] : [];
    const ops = [first, ...later].map((record) => record.op);
    const { seq, project, text, op } = first;
    const held = { seq, project, text, op, ops, kind, reason, current, version };
    // Written before anything is removed: a crash in between shows the card twice, never not at all.
    this.#device.set(`${this.#prefix}held:${held.op.op_id}`, JSON.stringify(held));
    this.#held.set(held.op.op_id, held);
    for (const { op_id } of ops) this.settle(op_id);
    if (kind === "refused") this.#rebase(first.op);
    return held;
  }

  /** The server has it, and has something to say of it: kept until the reviewer has seen that. */
  remark(opId, reason) {
    const record = this.#records.find(({ op }) => op.op_id === opId);
    if (!record) return null;
    const { seq, project, text, op } = record;
    const held = { seq, project, text, op, ops: [op], kind: "remark", reason };
    // Written first: a crash in between sends the op again, which stores it no second time.
    this.#device.set(`${this.#prefix}held:${opId}`, JSON.stringify(held));
    this.#held.set(opId, held);
    return held;
  }

  /** An op that left the version where it was; what was counted on top of it moves down. */
  #rebase(spent) {
    this.of(spent.sentence).forEach((record, i) => {
      record.op = { ...record.op, base_version: spent.base_version + i };
      this.#write(record);
    });
  }

  release(opId) {
    const held = this.#held.get(opId) ?? null;
    this.#held.delete(opId);
    this.#device.remove(`${this.#prefix}held:${opId}`);
    return held;
  }

  /** What another tab did, told by a `storage` event. Returns what it meant here, if anything. */
  heard({ key, newValue }) {
    if (!key?.startsWith(this.#prefix)) return null;
    const rest = key.slice(this.#prefix.length);
    if (rest.startsWith("held:")) {
      const opId = rest.slice(5);
      const record = newValue === null ? null : parse(newValue);
      if (record) this.#held.set(opId, record);
      else this.#held.delete(opId);
      return { what: "held" };
    }
    if (!OP_ID.test(rest)) return null;
    if (newValue !== null) {
      const record = parse(newValue);
      return record && !this.has(rest) ? { what: "elsewhere", op: record.op } : null;
    }
    if (this.#held.has(rest) && this.#held.get(rest).kind !== "remark") {
      this.forget(rest);
      return { what: "held" };
    }
    const record = this.forget(rest);
    return record ? { what: "settled", op: record.op } : null;
  }
}

function parse(json) {
  try {
    const record = JSON.parse(json);
    return record?.op?.op_id && record.op.sentence ? record : null;
  } catch {
    return null; // not ours, or cut short by a full disk: left where it is
  }
}
