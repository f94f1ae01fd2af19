// What Streamlit calls: at mount, at every rerun that brings other data, and at a change of theme.

import * as marks from "../workbench.annotator/marks.js";
import * as text from "../workbench.annotator/text.js";
import { borrow } from "./borrowed.js";
import { Reader } from "./reader.js";
// Named here too, so that the browser fetches all files at once and not one after the other.
import "./aside.js";
import "./builders.js";
import "./changes.js";
import "./cut.js";
import "./cutting.js";
import "./kind_form.js";
import "./page.js";
import "./repair.js";

borrow(marks, text);

const mounted = new WeakMap();

export default function reader({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".reader");
  const before = mounted.get(root);
  // The page keeps its scroll position from the list, where it may have been far down.
  if (!before) root.getRootNode().host?.closest("[data-testid=stMain]")?.scrollTo(0, 0);
  const live = { reader: before?.reader ?? new Reader(root) };
  mounted.set(root, live);
  live.reader.update(data, (change) => setTriggerValue("change", change));
  return () => {
    // A call that a newer one has overtaken is cleaned up late; it must not end the newer one.
    if (mounted.get(root) !== live) return;
    mounted.delete(root);
    live.reader.dispose();
  };
}
