// The instrument on the right: what can be done with the sentence on the screen. Built once; on a
// press only states change, so that nothing in it ever moves.

import { ignoreDoubleClicks } from "./double_click.js";
import { chosen, element, letters, mark, signed } from "./marks.js";
import { listed, offerWords } from "./text.js";

const WORTH = ["nothing to check", "background", "consequential"];

const ACTS = [
  { act: "skip", name: "Skip", key: "S" },
  { act: "not-a-sentence", name: "Not a sentence", key: "X" },
  { act: "flag", name: "Flag", key: "F", isToggle: true },
  { act: "comment", name: "Comment", key: "M" },
  { act: "undo", name: "Undo", key: "Z" },
  { act: "back", name: "Back", key: "ArrowLeft", cap: "←", isStep: true },
  { act: "forward", name: "Forward", key: "ArrowRight", cap: "→", isStep: true },
  { act: "guideline", name: "Guideline", key: "G" },
  { act: "keys", name: "All keys", key: "?" },
];

export class Panel {
  #root;
  #labels;
  #perform;
  #toggles = new Map();
  #worth = [];
  #save;
  #acts = new Map();
  #offer;
  #keyed = [];

  constructor(root, { labels, presets, perform }) {
    this.#root = root;
    this.#labels = labels;
    this.#perform = perform;
    ignoreDoubleClicks(root.closest(".annotator"));
    for (const part of [root, this.#part("offer")]) keepFocus(part);
    this.#buildToggles(this.#part("toggles"));
    this.#buildPresets(this.#part("presets"), presets);
    this.#buildWorth(this.#part("worth"));
    this.#buildDecide(this.#part("decide"));
    this.#buildActs(this.#part("acts"));
    this.#buildOffer(this.#part("offer"));
  }

  #part(name) {
    return this.#root.closest(".annotator").querySelector(`.${name}`);
  }

  #button(className, act, key) {
    const button = element("button", className);
    button.type = "button";
    button.addEventListener("click", () => this.#perform(act));
    if (key) this.#keyed.push([button, key]);
    return button;
  }

  #buildToggles(part) {
    this.#labels.forEach((label, i) => {
      const button = this.#button("toggle", { act: "toggle", label: label.key }, label.shortcut);
      mark(button, label, this.#labels);
      const name = element("span", "name", label.name);
      const meaning = element("span", "meaning", label.meaning);
      name.id = `label-${i}`;
      meaning.id = `meaning-${i}`;
      button.setAttribute("aria-labelledby", name.id);
      button.setAttribute("aria-describedby", meaning.id);
      button.append(cap(label.shortcut), name, meaning, element("span", "tick"));
      this.#toggles.set(label.key, button);
      part.append(button);
    });
  }

  #buildPresets(part, presets) {
    for (const preset of presets) {
      const button = this.#button("preset", { act: "preset", labels: preset.labels }, preset.key);
      const names = chosen(preset.labels, this.#labels).map(({ name }) => name.toLowerCase());
      button.setAttribute("aria-label", `${preset.key}: ${listed(names) || "none"}, save and go on`);
      button.title = `Save ${listed(names) || "none"} and go on`;
      button.append(cap(preset.key), letters(preset.labels, this.#labels));
      part.append(button);
    }
    part.hidden = !presets.length;
  }

  #buildWorth(part) {
    const row = element("div", "segments");
    WORTH.forEach((meaning, worth) => {
      const button = this.#button("segment-button", { act: "worth", worth });
      button.append(element("b", "", String(worth)), " ", element("span", "", meaning));
      this.#worth.push(button);
      row.append(button);
    });
    const next = this.#button("quiet worth-next", { act: "worth" }, "W");
    next.append("Check-worthiness ", cap("W"));
    next.title = "Goes through 0, 1, 2 and not given";
    part.append(next, row);
  }

  #buildDecide(part) {
    this.#save = this.#button("save", { act: "save" }, "Enter");
    this.#save.append(element("span", "save-name", "Save"), letters([], this.#labels), cap("Enter"));
    this.#save.setAttribute("aria-label", "Save");
    const none = this.#button("none", { act: "none" }, "N");
    none.append("None ", cap("N"));
    part.append(this.#save, none);
  }

  #buildActs(part) {
    for (const { act, name, key, cap: sign = key, isToggle, isStep } of ACTS) {
      const button = this.#button("quiet", { act }, key);
      button.append(element("span", "", name), " ", cap(sign));
      if (isToggle) button.setAttribute("aria-pressed", "false");
      if (isStep) button.dataset.steps = "";
      this.#acts.set(act, button);
      part.append(button);
    }
    const keys = this.#button("quiet shortcuts", { act: "shortcuts" });
    keys.setAttribute("role", "switch");
    keys.append(element("span", "", "Single-key shortcuts"), element("span", "switch"));
    this.#acts.set("shortcuts", keys);
    part.append(keys);
  }

  #buildOffer(part) {
    this.#offer = this.#button("quiet", { act: "copy" }, "V");
    part.append(this.#offer);
  }

  /** What was given a copy of the sentence: one quiet line at the article's foot, which moves nothing. */
  #setOffer(offer) {
    const part = this.#part("offer");
    part.hidden = !offer;
    if (!offer) return;
    const { words, press } = offerWords(offer, this.#labels);
    this.#offer.setAttribute("aria-label", `${words}. ${press}`);
    const title = element("bdi");
    title.append(...signed(offer.article_title));
    const said = element("span", "", "You labelled a copy of this in ");
    said.append(title, ":");
    const given = letters(offer.labels, this.#labels);
    this.#offer.replaceChildren(said, given, element("span", "press", press), cap("V"));
  }

  /** Whether single keys work: said by the switch, and by each button to a screen reader. */
  setShortcuts(isOn) {
    this.#acts.get("shortcuts").setAttribute("aria-checked", String(isOn));
    this.#root.classList.toggle("has-no-keys", !isOn);
    for (const [button, key] of this.#keyed) {
      if (isOn) button.setAttribute("aria-keyshortcuts", key);
      else button.removeAttribute("aria-keyshortcuts");
    }
  }

  setDraft({ labels, worth }) {
    for (const [key, button] of this.#toggles) {
      setPressed(button, labels.includes(key));
    }
    this.#worth.forEach((button, i) => setPressed(button, worth === i));
    const old = this.#save.querySelector(".letters");
    const keys = labels.join(" ");
    if (old.dataset.keys !== keys) {
      const row = labels.length ? letters(labels, this.#labels) : element("span", "letters", "none");
      row.setAttribute("aria-hidden", "true");
      row.dataset.keys = keys;
      old.replaceWith(row);
    }
  }

  setSentence({ hasSentence, flagged, hasComment, notes, offer, canUndo, canGoBack, canGoForward }) {
    setPressed(this.#acts.get("flag"), flagged);
    this.#acts.get("comment").classList.toggle("is-on", hasComment);
    setDisabled(this.#acts.get("undo"), !canUndo);
    setDisabled(this.#acts.get("back"), !canGoBack);
    setDisabled(this.#acts.get("forward"), !canGoForward);
    const onSentence = [...this.#toggles.values(), ...this.#worth, this.#save];
    if (this.#save.disabled === hasSentence) {
      for (const button of this.#root.querySelectorAll(".preset, .none, .worth-next")) {
        onSentence.push(button);
      }
      for (const act of ["skip", "not-a-sentence", "flag", "comment"]) {
        onSentence.push(this.#acts.get(act));
      }
      for (const button of onSentence) button.disabled = !hasSentence;
    }
    const words = notes.join(" · ");
    const part = this.#part("notes");
    if (part.textContent !== words) part.textContent = words;
    this.#setOffer(offer);
  }

  describedAct(act) {
    return this.#acts.get(act) ?? null;
  }
}

/** A mouse click must not leave the focus on a button: the next Enter would press it again. */
export function keepFocus(part) {
  part.addEventListener("mousedown", (event) => {
    if (event.target.closest("button")) event.preventDefault();
  });
}

function setPressed(button, isPressed) {
  const value = String(Boolean(isPressed));
  if (button.getAttribute("aria-pressed") !== value) button.setAttribute("aria-pressed", value);
}

function setDisabled(button, isDisabled) {
  if (button.disabled !== isDisabled) button.disabled = isDisabled;
}

/** A key as it is printed on the keyboard; buttons name it by aria-keyshortcuts. */
export function cap(key) {
  const made = element("kbd", "cap", key);
  made.setAttribute("aria-hidden", "true");
  return made;
}
