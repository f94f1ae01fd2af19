// Where a sentence can be split. Pure: knows no page. Places are UTF-16 offsets into its text;
// only `codePoints` says what the server counts.

const BREAKS = /[.!?\u2026\u3002\uff01\uff1f\u0964\u061f\u06d4][\p{Pe}\p{Pf}"'\u201d\u2019]*$/u;
const CLOSES = /^[\p{Pe}\p{Pf}\p{Po}\p{M}\u2019-]/u;
const SPACE = /\s/;
const GLUED = /[.!?\u2026][\p{Pe}\p{Pf}"'\u201d\u2019]*(?=[\p{Lu}\p{Pi}\p{Ps}"])/gu;

/** The places in front of words: the second part of a split may begin at each of them. */
export function places(text, language) {
  const found = Array.from(text.matchAll(GLUED), ({ 0: { length }, index }) => index + length);
  const hasSpaces = SPACE.test(text.trim());
  for (const { segment, index, isWordLike } of words(text, language)) {
    const before = text[index - 1] ?? "";
    const isApart = SPACE.test(before) && !isOnlyClosing(segment);
    const isBehindWord = isWordLike && !hasSpaces && /[\p{L}\u3002]/u.test(before);
    if (isApart || isBehindWord) found.push(index);
  }
  return [...new Set(found)].filter(inside(text)).sort((a, b) => a - b);
}

/** Whether a place leaves something on both sides of it. */
function inside(text) {
  const first = text.length - text.trimStart().length;
  const last = text.trimEnd().length;
  return (at) => first < at && at < last;
}

const isOnlyClosing = (segment) =>
  !segment.trim() ||
  (!/["'\u2018\u201c\u00ab\u201e\u00bf\u00a1#@]/u.test(segment) && CLOSES.test(segment));

/** Where a person most likely wants it: behind the first full stop, else in the middle. */
export function likeliest(text, found) {
  const stop = found.find((at) => BREAKS.test(text.slice(Math.max(0, at - 8), at).trimEnd()));
  if (stop !== undefined) return stop;
  const middle = text.length / 2;
  return found.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
}

/** The place before (-1) or after (1); the same one at the end. */
export function step(found, at, by) {
  const next = by < 0 ? found.findLast((place) => place < at) : found.find((place) => place > at);
  return next ?? at;
}

/** The place one character on: what a person sees as one, an emoji of four code points too. */
export function nudge(text, at, by) {
  return step(graphemes(text).filter(inside(text)), at, by);
}

export const codePoints = (text, at) => Array.from(text.slice(0, at)).length;

/** The two parts as they will be. */
export const parts = (text, at) => [text.slice(0, at).trim(), text.slice(at).trim()];

function words(text, language) {
  return new Intl.Segmenter(locale(language), { granularity: "word" }).segment(text);
}

function graphemes(text) {
  const found = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text);
  return Array.from(found, ({ index }) => index);
}

function locale(language) {
  try {
    return Intl.getCanonicalLocales(language ?? "")[0];
  } catch {
    return undefined; // what is no language is split as any
  }
}
