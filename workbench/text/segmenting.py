"""The splitter: an article's text to segments, each with a kind and exact offsets."""

from dataclasses import dataclass

from workbench.text.blocks import blocks
from workbench.text.datelines import MAX_DATELINE, dateline_end
from workbench.text.kinds import Kind
from workbench.text.layout import arrange, look_at, reads_as_prose
from workbench.text.lines import MAX_LINE, Verdict, is_credit, line_kind, scraped_date_end
from workbench.text.sentences import sentences
from workbench.text.spans import Span, trimmed

_SPLIT = frozenset({Kind.BODY, Kind.STANDFIRST})
_BREAKS = dict.fromkeys(map(ord, "\r\n\t\v\f\x1c\x1d\x1e\x85\u2028\u2029\u00a0"), " ")
_DATELINED = 2  # prose blocks; a dateline further down is the next article's


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an article.

    Attributes:
        start: its first code point in the text.
        end: the code point behind its last one.
        kind: what it is.
        reason: why it is no body, one sentence for the reviewer; empty for body.
    """

    start: int
    end: int
    kind: Kind
    reason: str

    def of(self, text: str) -> str:
        """Return the piece of `text` that the segment covers."""
        return text[self.start : self.end]


def segment(text: str, language: str = "en") -> list[Segment]:
    """Cut an article into segments.

    Body and standfirst are cut into sentences; a headline, a caption, a byline or a menu line
    stays whole; a dateline in front of a sentence is a piece of its own.

    Args:
        text: the article, as decoded. It is not changed.
        language: an ISO 639-1 code.

    Returns:
        Segments in order that do not overlap, with neither white space at their edges nor any
        non-space code point of the text outside. The same text gives the same segments.
    """
    spans = _without_scraped_date(text)
    lines = [_line(text, span) for span in spans]
    verdicts = [line_kind(line) for line in lines]
    datelines = _datelines(lines, verdicts)
    found = [
        look_at(line, verdict, bool(dateline))
        for line, verdict, dateline in zip(lines, verdicts, datelines, strict=True)
    ]
    segments: list[Segment] = []
    for span, verdict, dateline in zip(spans, arrange(found), datelines, strict=True):
        segments.extend(_segments(text, span, verdict, dateline, language))
    return segments


def _without_scraped_date(text: str) -> list[Span]:
    """Return the blocks, with a scraper's date glued to the first one as its own."""
    end = scraped_date_end(text)
    found = blocks(text)
    if end and found[0].end > end:
        first = found[0]
        found[:1] = [trimmed(text, first.start, end), trimmed(text, end, first.end)]
    return found


def _line(text: str, span: Span) -> str:
    # Only the start of a long block is looked at, except by the engine.
    return text[span.start : min(span.end, span.start + MAX_LINE + 1)].translate(_BREAKS)


def _datelines(lines: list[str], verdicts: list[Verdict | None]) -> list[int]:
    """Return for each block the length of its dateline, 0 for most."""
    lengths = [0] * len(lines)
    looked_at = 0
    for number, line in enumerate(lines):
        if looked_at == _DATELINED:
            break
        if verdicts[number] is None:
            lengths[number] = dateline_end(line[:MAX_DATELINE])
            looked_at += lengths[number] > 0 or reads_as_prose(line)
    return lengths


def _segments(
    text: str, span: Span, verdict: Verdict, dateline: int, language: str
) -> list[Segment]:
    kind, reason = verdict
    if kind not in _SPLIT:
        return [Segment(span.start, span.end, kind, reason)]
    found: list[Segment] = []
    if dateline:
        edge = span.start + dateline
        where = "Where and when the report was sent."
        found.append(Segment(span.start, edge, Kind.DATELINE, where))
        span = trimmed(text, edge, span.end)
    if span.start < span.end:
        parts = sentences(text, span, language)
        found.extend(Segment(part.start, part.end, kind, reason) for part in parts)
        if len(parts) > 1 and is_credit(parts[-1].of(text)):
            last = parts[-1]
            found[-1] = Segment(last.start, last.end, Kind.CREDIT, "An agency or who reported.")
    return found
