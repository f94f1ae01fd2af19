"""The splitter: an article's text to segments, each with a kind and exact offsets."""

import re

from workbench.text.blocks import blocks
from workbench.text.bylines import is_reporting
from workbench.text.clutter import opening_end, slug_end
from workbench.text.datelines import MAX_DATELINE, dateline_end
from workbench.text.kinds import Kind, Verdict
from workbench.text.layout import arrange
from workbench.text.lines import MAX_LINE, line_kind
from workbench.text.looks import look_at, reads_as_prose
from workbench.text.pictures import CREDIT, credit_start, is_credit
from workbench.text.rules import ALL_RULES, Rule
from workbench.text.segments import Segment
from workbench.text.sentences import sentences
from workbench.text.spans import Span, trimmed

_SPLIT = frozenset({Kind.BODY, Kind.STANDFIRST})
_BREAK = re.compile(r"[\r\n\t\v\f\x1c-\x1e\x85\u2028\u2029\u00a0]")
_SPEAKER = re.compile(r"[A-Z][A-Z .'’-]{1,30}:\s")
_SLUGGED = 4  # blocks
_DATELINED = 2  # prose blocks; a dateline further down is the next article's


def segment(
    text: str, language: str = "en", *, rules: frozenset[Rule] = ALL_RULES
) -> list[Segment]:
    """Cut an article into segments.

    Body and standfirst are cut into sentences; a headline, a caption, a byline or a menu line
    stays whole; a dateline in front of a sentence, and a credit behind a caption, is a piece of
    its own.

    Args:
        text: the article, as decoded. It is not changed.
        language: a BCP 47 code.
        rules: the rules on top of the engine to use, for measuring what one of them is worth.

    Returns:
        Segments in order that do not overlap, with neither white space at their edges nor any
        non-space code point of the text outside. The same text gives the same segments.
    """
    spans = _opened(text)
    lines = [_line(text, span) for span in spans]
    verdicts = [line_kind(line) for line in lines]
    datelines = _datelines(lines, verdicts) if Rule.DATELINES in rules else [0] * len(lines)
    found = [
        look_at(line, verdict, bool(dateline))
        for line, verdict, dateline in zip(lines, verdicts, datelines, strict=True)
    ]
    segments: list[Segment] = []
    for span, verdict, dateline in zip(spans, arrange(found), datelines, strict=True):
        segments.extend(_segments(text, span, verdict, dateline, language, rules))
    return segments


def _opened(text: str) -> list[Span]:
    """Return the blocks; a date or a slug glued to one of the first ones is a block too."""
    found = blocks(text)
    end = opening_end(text)
    if end and found[0].end > end:
        first = found[0]
        found[:1] = [trimmed(text, first.start, end), trimmed(text, end, first.end)]
    for number, span in enumerate(found[:_SLUGGED]):
        end = span.start + slug_end(text[span.start : min(span.end, span.start + MAX_LINE)])
        if span.start < end < span.end:
            found[number : number + 1] = [Span(span.start, end), trimmed(text, end, span.end)]
            break
    return found


def _line(text: str, span: Span) -> str:
    # Only the start of a long block is looked at, except by the engine.
    return _BREAK.sub(" ", text[span.start : min(span.end, span.start + MAX_LINE + 1)])


def _datelines(lines: list[str], verdicts: list[Verdict | None]) -> list[int]:
    """Return for each block the length of its dateline, 0 for most."""
    lengths = [0] * len(lines)
    has_speakers = sum(_SPEAKER.match(line) is not None for line in lines) > 1
    looked_at = 0
    for number, line in enumerate(lines):
        if looked_at == _DATELINED:
            break
        if verdicts[number] is None:
            opening = line[:MAX_DATELINE]
            lengths[number] = dateline_end(opening, may_be_speaker=has_speakers)
            looked_at += lengths[number] > 0 or reads_as_prose(line)
    return lengths


def _segments(
    text: str, span: Span, verdict: Verdict, dateline: int, language: str, rules: frozenset[Rule]
) -> list[Segment]:
    kind, reason = verdict
    found: list[Segment] = []
    if kind is Kind.CAPTION:
        return _captioned(text, span, reason)
    if kind not in _SPLIT:
        return [Segment(span.start, span.end, kind, reason)]
    if dateline:
        edge = span.start + dateline
        where = "Where and when the report was sent."
        found.append(Segment(span.start, edge, Kind.DATELINE, where))
        span = trimmed(text, edge, span.end)
    if span.start < span.end:
        parts = sentences(text, span, language, rules=rules)
        found.extend(Segment(part.start, part.end, kind, reason) for part in parts)
        last = parts[-1].of(text)
        if (
            Rule.CREDITS in rules
            and len(parts) > 1
            and (is_credit(last) or (last[0] in "([" and is_reporting(last)))
        ):
            who = "An agency or who reported."
            found[-1] = Segment(parts[-1].start, parts[-1].end, Kind.CREDIT, who)
    return found


def _captioned(text: str, span: Span, reason: str) -> list[Segment]:
    caption = Segment(span.start, span.end, Kind.CAPTION, reason)
    start = credit_start(_line(text, span))
    if not start:
        return [caption]
    first = trimmed(text, span.start, span.start + start)
    kind, why = CREDIT
    return [
        Segment(first.start, first.end, Kind.CAPTION, reason),
        Segment(span.start + start, span.end, kind, why),
    ]
