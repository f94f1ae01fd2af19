// What Streamlit calls: at mount, at every rerun that brings other data, and at a change of theme.

import { Annotator } from "./annotator.js";
import { Front } from "./front.js";
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

const front = new Front({
  make(root, data) {
    root.classList.remove("is-replaced");
    // Whoever has chosen a project goes on by keys, which the field of the choice would swallow.
    const focused = document.activeElement;
    if (focused?.closest(".st-key-project-in-force")) focused.blur();
    return new Annotator(root, data);
  },
  hide: (root) => root.classList.add("is-replaced"),
});

export default function annotator({ data, parentElement }) {
  return front.give(parentElement.querySelector(".annotator"), data);
}
