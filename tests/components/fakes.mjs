// What the modules meet in a browser, in a form a test can hold still.

import { Answers } from "../../workbench/components/annotator/answers.js";
import { Device } from "../../workbench/components/annotator/device.js";
import { Outbox } from "../../workbench/components/annotator/outbox.js";

export class FakeStorage {
  constructor() {
    this.map = new Map();
    this.isFull = false;
  }

  get length() {
    return this.map.size;
  }

  key(i) {
    return [...this.map.keys()][i] ?? null;
  }

  getItem(key) {
    return this.map.get(key) ?? null;
  }

  setItem(key, value) {
    if (this.isFull) throw new DOMException("full", "QuotaExceededError");
    this.map.set(key, value);
  }

  removeItem(key) {
    this.map.delete(key);
  }
}

let made = 0;

export function opId() {
  made += 1;
  return `00000000-0000-4000-8000-${String(made).padStart(12, "0")}`;
}

export function makeOp(sentence, base_version, changes = {}) {
  return {
    op_id: opId(),
    sentence,
    base_version,
    act: "label",
    labels: ["claim"],
    check_worthiness: null,
    reason: null,
    comment: null,
    flagged: false,
    ...changes,
  };
}

export function makeDesk({ storage = new FakeStorage(), reviewer = "r1", now = () => 1000 } = {}) {
  const device = new Device(storage);
  const outbox = new Outbox({ device, reviewer, now });
  const answers = new Answers(outbox);
  const give = (sentence, changes) => {
    const op = makeOp(sentence, answers.base(sentence), changes);
    outbox.add({ project: "p", text: sentence, op });
    return op;
  };
  return { storage, device, outbox, answers, give };
}

export const mine = (version, changes = {}) => ({
  version,
  status: "labelled",
  labels: [],
  check_worthiness: null,
  comment: null,
  flagged: false,
  reason: null,
  ...changes,
});
