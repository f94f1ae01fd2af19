// Writing a comment: what is begun stays on the device, with the words that it is about.

import { MentionField, sameMention } from "./mention.js";

export class Commenting {
  #desk;
  #screen;
  #does;

  /** `note` stores a comment; `drawn` follows where one is begun, or no longer is. */
  constructor({ answers, drafts, stock }, screen, does) {
    this.#desk = { answers, drafts, stock };
    this.#screen = screen;
    this.#does = does;
  }

  open(sentence) {
    const { answers, drafts, stock } = this.#desk;
    const answer = answers.value(sentence);
    const begun = drafts.of(sentence);
    const stored = answer?.mention ?? null;
    const about = new MentionField({
      text: stock.place(sentence).segment.text,
      mention: begun.comment === undefined ? stored : begun.mention,
      mark: this.#screen.mention,
    });
    this.#screen.askComment({
      sentence,
      text: answer?.comment ?? "",
      begun: begun.comment ?? null,
      about,
      isAboutSame: () => sameMention(about.value, stored),
      keep: (comment) => this.#keep(sentence, comment, about.value),
      putOff: () => drafts.of(sentence).comment !== undefined && this.#screen.sayNotSaved("Comment"),
      save: (comment) => this.#does.note({ comment: comment ?? "", mention: about.value }, sentence),
    });
  }

  #keep(sentence, comment, mention) {
    const { drafts } = this.#desk;
    const isNews = (drafts.of(sentence).comment === undefined) !== (comment === null);
    drafts.keep(sentence, { comment, mention: comment === null ? null : mention });
    if (isNews) this.#does.drawn(sentence);
  }
}
