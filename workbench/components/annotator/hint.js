// The first keys, told to a new reviewer until they have decided three sentences.

const ENOUGH = 3;

export class Hint {
  #part;
  #setting;
  #decided;

  /** `setting` reads and writes what this device remembers. */
  constructor(part, { labels, presets, setting, isOn }) {
    this.#part = part;
    this.#setting = setting;
    const kept = setting.get();
    this.#decided = kept === "seen" ? ENOUGH : Number(kept) || 0;
    part.querySelector(".hint-words").textContent = hintWords(labels, presets);
    part.querySelector("button").addEventListener("click", () => this.dismiss());
    part.hidden = !isOn || this.#decided >= ENOUGH;
  }

  decided() {
    if (this.#decided >= ENOUGH) return;
    this.#decided += 1;
    if (this.#decided >= ENOUGH) this.dismiss();
    else this.#setting.set(String(this.#decided));
  }

  dismiss() {
    this.#decided = ENOUGH;
    this.#part.hidden = true;
    this.#setting.set("seen");
  }
}

export function hintWords(labels, presets) {
  const giving = presets.filter((preset) => preset.labels.length).map(({ key }) => key);
  const none = [...presets.filter((preset) => !preset.labels.length).map(({ key }) => key), "N"];
  const range = giving.length > 1 ? `${giving[0]}–${giving.at(-1)}` : giving.join("");
  const words = [
    range && `${range} for labels`,
    `${none.join(" or ")} for none`,
    `or ${labels.map(({ shortcut }) => shortcut).join(" ")} and then Enter`,
  ];
  return `Press ${words.filter(Boolean).join(", ")}. ? shows all keys.`;
}
