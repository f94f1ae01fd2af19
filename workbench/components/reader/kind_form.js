// The kind of a piece, its place in or out of the queue, and for how many of its like.

import { element, number } from "./borrowed.js";
import { checkbox, sentenceCase } from "./builders.js";

const NO_GROUP = new Set(["", "Changed by hand."]);

export function kindForm(segment, data, onChange) {
  const form = element("form", "form");
  const kind = element("select");
  for (const { key, name } of data.kinds) kind.append(new Option(sentenceCase(name), key));
  kind.value = segment.kind;
  const queued = checkbox("In the queue", segment.queued);
  queued.input.setAttribute("role", "switch");
  const group = data.segments.filter(({ reason }) => reason === segment.reason).length;
  const all = checkbox(`All ${number(group)} with this reason`, false);
  const save = element("button", "change", "Change");
  save.type = "submit";
  const check = () => {
    save.disabled = kind.value === segment.kind && queued.input.checked === segment.queued;
  };
  kind.addEventListener("change", () => {
    queued.input.checked = data.kinds.find(({ key }) => key === kind.value).queued;
    check();
  });
  queued.input.addEventListener("change", check);
  check();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onChange({
      act: all.input.checked ? "set_kind_of_reason" : "set_kind",
      sentence: segment.id,
      kind: kind.value,
      queued: queued.input.checked,
    });
  });
  const named = element("label", "field");
  named.append(element("span", "", "Kind"), kind);
  form.append(named, queued.label);
  if (group > 1 && !NO_GROUP.has(segment.reason)) form.append(all.label);
  form.append(save);
  return form;
}
