// What Streamlit calls: at mount, at every rerun that brings other data, and at a change of theme.

import { Annotator } from "./annotator.js";
// Named here too, so that the browser fetches all files at once and not one after the other.
import "./address.js";
import "./again.js";
import "./answers.js";
import "./article_sheet.js";
import "./article_view.js";
import "./bar.js";
import "./cards.js";
import "./clock.js";
import "./commenting.js";
import "./connection.js";
import "./device.js";
import "./double_click.js";
import "./drafts.js";
import "./empty.js";
import "./focus.js";
import "./header.js";
import "./hint.js";
import "./host.js";
import "./keys.js";
import "./leases.js";
import "./lost_connection.js";
import "./marks.js";
import "./mention.js";
import "./outbox.js";
import "./panel.js";
import "./presses.js";
import "./queue.js";
import "./quoted.js";
import "./rules.js";
import "./screen.js";
import "./sender.js";
import "./sheets.js";
import "./sight.js";
import "./speaker.js";
import "./stock.js";
import "./talk.js";
import "./tally.js";
import "./text.js";
import "./undo.js";
import "./verdicts.js";

const mounted = new WeakMap();
let inFront = null; // the root that hears keys

/** After a change of project Streamlit keeps the old annotator beside the new one for a moment. */
function takeOver(root) {
  const old = inFront;
  inFront = root;
  root.classList.remove("is-replaced");
  if (!old || old === root) return;
  mounted.get(old)?.annotator.dispose();
  mounted.delete(old);
  old.classList.add("is-replaced");
}

export default function annotator({ data, parentElement }) {
  const root = parentElement.querySelector(".annotator");
  const before = mounted.get(root);
  if (!before) takeOver(root);
  const live = { annotator: before?.annotator ?? new Annotator(root, data) };
  if (before) live.annotator.update(data);
  mounted.set(root, live);
  return () => {
    // A call that a newer one has overtaken is cleaned up late; it must not end the newer one.
    if (mounted.get(root) !== live) return;
    mounted.delete(root);
    live.annotator.dispose();
    if (inFront === root) inFront = null;
  };
}
