"""Kinds that only the neighbours decide: headline, standfirst, subheads, lists of links."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.text.kinds import Kind
from workbench.text.lines import Verdict

BODY: Verdict = (Kind.BODY, "")

_HEADING_LENGTH = 160  # code points
_HEADING_WORDS = 25
_SUBHEAD_WORDS = 15
_QUESTION_WORDS = 12
_STANDFIRSTS = 2
_TEASERS = 3
# The agency in brackets behind the full stop belongs to the sentence's line.
_ENDED = re.compile(r"[.!…:;,。！？؟۔।–—-][\"'”’»)\]]*(?:\s?[(\[][^()\[\]]{1,40}[)\]])?$")
_ASKED = re.compile(r"\?[\"'”’»)\]]*$")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.){2,}$")
_BULLET = re.compile(r"[-*•·▪–—]\s|\(?\d{1,2}[.)]\s")
_CONTENT = re.compile(r"[^\W_]{4,}")


@dataclass(frozen=True, slots=True)
class Block:
    """A block as the rules of this module see it.

    Attributes:
        line: its text, line breaks as spaces.
        verdict: what the line says by itself, or None.
        is_prose: whether it is text of the article that stands in sentences.
        is_heading: whether it looks like a heading of some sort.
        has_dateline: whether a dateline opens it.
    """

    line: str
    verdict: Verdict | None
    is_prose: bool
    is_heading: bool
    has_dateline: bool


def look_at(line: str, verdict: Verdict | None, has_dateline: bool) -> Block:
    """Make a block, looking at its line once."""
    if verdict:
        return Block(line, verdict, False, False, False)
    is_prose = has_dateline or reads_as_prose(line)
    return Block(line, None, is_prose, not is_prose and looks_like_heading(line), has_dateline)


def looks_like_heading(line: str) -> bool:
    """Say whether a line is short, begins with no small letter, and has no full stop."""
    opening = line.lstrip("\"'“‘«([")[:1]
    return not (opening.islower() or _BULLET.match(line) or reads_as_prose(line))


def reads_as_prose(line: str) -> bool:
    """Say whether a line is long, or ends as sentences do."""
    words = len(line.split())
    if len(line) > _HEADING_LENGTH or words > _HEADING_WORDS:
        return True
    if _ASKED.search(line):
        return words > _QUESTION_WORDS
    ended = _ENDED.search(line) is not None
    return ended and not (words <= _SUBHEAD_WORDS and _ABBREVIATED.search(line))


def arrange(blocks: Sequence[Block]) -> list[Verdict]:
    """Give every block its kind and the reason.

    Without any prose nothing can be said about headings: then all that the lines leave open is
    body.
    """
    verdicts = [block.verdict or BODY for block in blocks]
    prose = [number for number, block in enumerate(blocks) if block.is_prose]
    if not prose:
        return verdicts
    headings = [number for number, block in enumerate(blocks) if block.is_heading]
    above = [number for number in headings if number < prose[0]]
    below = [number for number in headings if number > prose[-1]]
    if above:
        _arrange_top(blocks, verdicts, above)
    for number in headings:
        if prose[0] < number < prose[-1]:
            _arrange_subhead(blocks, verdicts, number)
    if not above:
        headline = _headline_below(blocks, verdicts, prose, below)
        below = [number for number in below if number != headline]
    _arrange_below(blocks, verdicts, below)
    return verdicts


def _arrange_top(blocks: Sequence[Block], verdicts: list[Verdict], above: list[int]) -> None:
    headline = above[0]
    lengths = [len(blocks[number].line.split()) for number in above[:2]]
    if lengths[0] <= 2 < lengths[-1]:
        verdicts[headline] = (Kind.BOILERPLATE, "The name of a section, above the headline.")
        headline = above[1]
    verdicts[headline] = (Kind.HEADLINE, "The first heading, above the text.")
    standfirsts = [number for number in above if number > headline]
    start = _start_of_report(blocks, headline)
    between = [number for number in range(headline + 1, start) if blocks[number].verdict is None]
    if 0 < len(between) <= _STANDFIRSTS:
        standfirsts = between
    for number in standfirsts[:_STANDFIRSTS]:
        verdicts[number] = (Kind.STANDFIRST, "Between the headline and the text.")
    for number in standfirsts[_STANDFIRSTS:]:
        verdicts[number] = (Kind.SUBHEAD, "A short line without a full stop.")


def _start_of_report(blocks: Sequence[Block], headline: int) -> int:
    """Return the number of the byline or dateline that opens the report below the headline."""
    for number in range(headline + 1, min(headline + 5, len(blocks))):
        block = blocks[number]
        if block.has_dateline:
            return number
        signed = block.verdict and block.verdict[0] in {Kind.BYLINE, Kind.DATELINE}
        if signed and any(later.is_prose for later in blocks[number + 1 :]):
            return number
    return 0


def _arrange_subhead(blocks: Sequence[Block], verdicts: list[Verdict], number: int) -> None:
    words = len(blocks[number].line.split())
    if words <= _SUBHEAD_WORDS:
        verdicts[number] = (Kind.SUBHEAD, "A short line without a full stop.")


def _headline_below(
    blocks: Sequence[Block], verdicts: list[Verdict], prose: list[int], below: list[int]
) -> int | None:
    """Find the headline that a scraper put behind the body: it shares the body's words."""
    known = {word.lower() for number in prose for word in _CONTENT.findall(blocks[number].line)}
    for number in below[:_TEASERS]:
        words = [word.lower() for word in _CONTENT.findall(blocks[number].line)]
        shared = sum(word in known for word in words)
        if len(words) >= 2 and shared * 2 >= len(words):
            verdicts[number] = (Kind.HEADLINE, "A heading behind the text that tells its story.")
            return number
    return None


def _arrange_below(blocks: Sequence[Block], verdicts: list[Verdict], below: list[int]) -> None:
    if len(below) >= _TEASERS:
        for number in below:
            verdicts[number] = (Kind.BOILERPLATE, "One of several headings behind the text: links.")
        return
    for number in below:
        _arrange_subhead(blocks, verdicts, number)
