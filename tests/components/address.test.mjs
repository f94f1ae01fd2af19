import assert from "node:assert/strict";
import { test } from "node:test";

import { Address, naming } from "../../workbench/components/annotator/address.js";

/** A window of which only the address and the clicks are looked at. */
function makePage(href) {
  const page = Object.assign(new EventTarget(), { location: { href }, replaced: [] });
  page.history = {
    state: { kept: true },
    replaceState(state, _, next) {
      page.replaced.push(state);
      page.location.href = next;
    },
  };
  return page;
}

test("a sentence is named beside what else an address says", () => {
  const named = naming("http://here/annotate?project=demo", "a1:0-4");
  assert.equal(named, "http://here/annotate?project=demo&sentence=a1%3A0-4");
  assert.equal(naming(named, null), "http://here/annotate?project=demo");
});

test("of many sentences that are gone through the last one is named, once", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const page = makePage("http://here/");
  const address = new Address(page);
  for (const sentence of ["a:0-1", "b:0-1", "c:0-1"]) address.show(sentence);
  assert.equal(page.location.href, "http://here/");
  context.mock.timers.tick(1000);
  assert.equal(page.location.href, "http://here/?sentence=c%3A0-1");
  assert.deepEqual(page.replaced, [{ kept: true }]);
  assert.deepEqual([address.wrote("c:0-1"), address.wrote("b:0-1")], [true, false]);
  address.show(null);
  context.mock.timers.tick(1000);
  assert.equal(page.location.href, "http://here/");
});

test("before a link is followed the address is right, and after the end nothing is written", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const page = makePage("http://here/");
  const address = new Address(page);
  address.show("a:0-1");
  page.dispatchEvent(new Event("click"));
  assert.equal(page.location.href, "http://here/?sentence=a%3A0-1");
  address.show(null);
  address.dispose();
  context.mock.timers.tick(1000);
  page.dispatchEvent(new Event("click"));
  assert.equal(page.location.href, "http://here/?sentence=a%3A0-1");
});
