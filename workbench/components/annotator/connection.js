// One outbox and one sender for each reviewer and page load. They belong to the module, not to
// the component: a reviewer who goes to another page leaves nothing behind unsent.

import { Device, localStorageOrNone } from "./device.js";
import { channelOf, Leases, Tabs } from "./leases.js";
import { Outbox } from "./outbox.js";
import { Sender } from "./sender.js";

const TIMEOUT = 8000;
const KEEPALIVE_LIMIT = 60_000; // browsers allow 64 KiB of bodies that outlive their page
const connections = new Map();

export function connect(reviewer, url) {
  const name = `${reviewer} ${url}`;
  if (!connections.has(name)) connections.set(name, open(reviewer, url));
  return connections.get(name);
}

function open(reviewer, url) {
  const device = new Device(localStorageOrNone());
  const outbox = new Outbox({ device, reviewer });
  const sender = new Sender({
    outbox,
    post: (batch) => post(url, { project: batch.project, reviewer, ...batch }),
    lock: (work) => oneTabAtATime(`wb-outbox:${reviewer}`, work),
  });
  const leases = new Leases(new Tabs(channelOf(reviewer)));
  globalThis.addEventListener("pagehide", () => {
    const given = leases.leave();
    if (given) void post(url, { ...given, reviewer, ops: [] }).catch(() => null); // or it runs out
  });
  globalThis.addEventListener("pageshow", ({ persisted }) => persisted && leases.comeBack());
  globalThis.addEventListener("online", () => sender.wake());
  globalThis.addEventListener("storage", (event) => {
    const heard = outbox.heard(event);
    if (heard) sender.host?.heard(heard);
  });
  return { device, outbox, sender, leases };
}

async function post(url, batch) {
  const body = new TextEncoder().encode(JSON.stringify(batch));
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-workbench": "1" },
    body,
    keepalive: body.length < KEEPALIVE_LIMIT,
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (response.status === 200) return { status: 200, body: await response.json() };
  return { status: response.status, body: await response.json().catch(() => null) };
}

/** Where there are Web Locks (HTTPS and localhost), two tabs take turns. */
async function oneTabAtATime(name, work) {
  if (!globalThis.navigator?.locks) return work();
  let begun = false;
  try {
    const options = { signal: AbortSignal.timeout(TIMEOUT + 2000) };
    return await navigator.locks.request(name, options, () => {
      begun = true;
      return work();
    });
  } catch (error) {
    if (begun) throw error;
    return work(); // the other tab hangs; sending twice is harmless, not sending is not
  }
}
