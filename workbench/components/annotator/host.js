// What is done when word comes: the server's answers to decisions, and what another tab of this
// reviewer did.

/**
 * Whom the sender talks to.
 *
 * `desk` is what there is to work with: answers, rules, stock and undo; `does` is what
 * follows from the word: on the screen, and for the reviewer.
 */
export function hostOf({ answers, rules, stock, undo }, does) {
  const stored = (op, current) => {
    answers.settled(op, current);
    does.drawAnswer(op.sentence);
  };
  return {
    ask() {
      const project = does.project();
      const asked = stock.ask(project);
      const articles = undo.wanted();
      if (!articles.length) return asked;
      return { ...(asked ?? { project, after: stock.cursor, want: 0, have: [] }), articles };
    },
    rules: () => rules.stamp,
    cursor: (project) => (project === does.project() ? stock.cursor : ""),
    stored,
    unchanged(op, current, version) {
      answers.correct(op.sentence, current, version);
      does.drawAnswer(op.sentence);
    },
    held(held) {
      for (const op of held.ops) undo.drop(op.op_id);
      if (held.kind === "refused") stock.refused(held.op.sentence);
      if (held.kind === "conflict") answers.correct(held.op.sentence, held.current, held.version);
      does.settledByHand(held);
    },
    remarked: () => does.drawCards(),
    heard({ what, op }) {
      if (what === "elsewhere") stock.answeredElsewhere(op.sentence);
      if (what === "settled") answers.settled(op);
      if (what === "held") does.drawCards();
      does.drawState();
    },
    answered(body, { asked, project }) {
      if (project !== does.project()) return;
      const { changed } = stock.answered(body, asked?.want ? asked : null);
      if (asked?.articles) undo.looked(asked.articles);
      does.progress(body.progress);
      does.talk(body.talk);
      if (rules.isNews(body.notice)) does.notice(body.notice);
      does.afterTaking(changed);
      if (asked?.articles) does.drawPanel();
    },
    changed: () => does.drawState(),
  };
}
