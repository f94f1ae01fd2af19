"""Kinds that only the neighbours decide: headline, standfirst, subheads, bylines of mere names."""

from collections.abc import Sequence

from workbench.text.kinds import Kind, Verdict
from workbench.text.lines import BYLINE
from workbench.text.looks import Block, content_words
from workbench.text.menus import mark_menus
from workbench.text.tails import mark_lists, mark_teasers, move_headline, tells

BODY: Verdict = (Kind.BODY, "")
HEADLINE: Verdict = (Kind.HEADLINE, "The first heading, above the text.")
SECTION: Verdict = (Kind.BOILERPLATE, "The name of a section, above the headline.")
CLUTTER: Verdict = (Kind.BOILERPLATE, "Above the headline: part of the page.")
AGAIN: Verdict = (Kind.BOILERPLATE, "The headline once more.")
STANDFIRST: Verdict = (Kind.STANDFIRST, "Between the headline and the text.")
SUBHEAD: Verdict = (Kind.SUBHEAD, "A short line without a full stop.")
CAPTION: Verdict = (Kind.CAPTION, "The text of a picture.")

_STANDFIRSTS = 2
_TOLD = 8  # blocks of prose that a headline shares words with
_SECTION_WORDS = 2
_LABEL_WORDS = 3  # a standfirst is longer
_SIGNING = 8  # blocks: a byline further down belongs to something else
_CAPTION_WORDS = 45


def arrange(blocks: Sequence[Block]) -> list[Verdict]:
    """Give every block its kind and the reason.

    Without any prose nothing can be said about headings: then all that the lines leave open is
    body.
    """
    verdicts = [block.verdict for block in blocks]
    if any(block.is_prose for block in blocks):
        _mark_names(blocks, verdicts)
        mark_lists(blocks, verdicts)
        mark_menus(blocks, verdicts)
        if not _arrange_top(blocks, verdicts):
            move_headline(blocks, verdicts)
        mark_teasers(blocks, verdicts)
        for number, block in enumerate(blocks):
            is_signed = number > 0 and blocks[number - 1].is_greeting
            if verdicts[number] is None and block.is_subhead and not is_signed:
                verdicts[number] = SUBHEAD
    return [verdict or BODY for verdict in verdicts]


def _mark_names(blocks: Sequence[Block], verdicts: list[Verdict | None]) -> None:
    """A line of mere names beside the date is a byline, but not the first line of all.

    So is a name with a place behind it that a caption gives as its source.
    """
    seen = False
    houses = tuple(f"{block.tag}, " for block in blocks if block.tag)
    for number, block in enumerate(blocks):
        if houses and block.is_heading and block.is_named and block.line.startswith(houses):
            verdicts[number] = BYLINE
        beside = blocks[max(0, number - 1) : number + 2]
        has_date = any(other.is_of({Kind.DATELINE}) for other in beside)
        if block.is_heading and block.is_named and has_date and seen:
            verdicts[number] = BYLINE
        seen = seen or block.verdict is None


def _arrange_top(blocks: Sequence[Block], verdicts: list[Verdict | None]) -> bool:
    """Find the headline above the text and what stands between them."""
    open_blocks = [number for number, verdict in enumerate(verdicts) if verdict is None]
    prose = [n for n in open_blocks if blocks[n].is_prose]
    report = next((n for n in prose if blocks[n].is_report), prose[0] if prose else 0)
    above = [number for number in open_blocks if number < report and blocks[number].is_heading]
    if not above and _heads(blocks, open_blocks):
        above = [open_blocks[0]]
        report = open_blocks[1]
    if not above:
        return False
    while len(above) > 1 and _is_section(blocks, *above[:2]):
        verdicts[above.pop(0)] = SECTION
    headline = _best(blocks, above, [n for n in prose if n >= report])
    for number in above[: above.index(headline)]:
        verdicts[number] = CLUTTER
    verdicts[headline] = HEADLINE
    for number in open_blocks:
        if number > headline and blocks[number].line == blocks[headline].line:
            verdicts[number] = AGAIN
    _arrange_between(blocks, verdicts, headline, report)
    return True


def _best(blocks: Sequence[Block], above: list[int], prose: list[int]) -> int:
    """Choose the headline: the first heading, or of too many the one that most speaks for."""
    if len(above) <= _STANDFIRSTS + 1:
        return above[0]
    known = {word for number in prose[:_TOLD] for word in content_words(blocks[number].line)}
    lines = [blocks[number].line for number in above]

    def worth(number: int) -> int:
        block = blocks[number]
        is_signed = any(other.is_signature for other in blocks[number + 1 : number + 4])
        is_repeated = lines.count(block.line) > 1
        return 2 * tells(block, known) + 2 * is_repeated + is_signed + (block.words >= 4)

    return max(above, key=lambda number: (worth(number), -number))


def _is_section(blocks: Sequence[Block], first: int, second: int) -> bool:
    """Say whether a first line of one or two words is the section's name, not the headline."""
    is_signed = any(block.is_signature for block in blocks[first:second])
    is_longer = blocks[first].words <= _SECTION_WORDS < blocks[second].words
    return is_longer and not is_signed and not blocks[second].is_question


def _heads(blocks: Sequence[Block], open_blocks: list[int]) -> bool:
    """Say whether the first block is a headline although it ends as sentences do, or is long."""
    if len(open_blocks) < 2:
        return False
    first, following = blocks[open_blocks[0]], blocks[open_blocks[0] + 1]
    if first.has_dateline or first.line[:1].islower():
        return False
    if first.is_long_heading:
        return following.is_signature or following.is_prose
    if not first.is_single:
        return False
    return first.is_called or following.is_signature


def _arrange_between(
    blocks: Sequence[Block], verdicts: list[Verdict | None], headline: int, report: int
) -> None:
    """Part standfirsts from captions and subheads between the headline and the report."""
    start = _start_of_report(blocks, headline)
    opened = [n for n in range(headline + 1, max(start, report)) if verdicts[n] is None]
    before = [n for n in opened if n < start]
    few = before if len(before) <= _STANDFIRSTS else []
    signed = next((n for n in range(headline, report) if blocks[n].is_signature), report)
    first = [n for n in opened if blocks[n].is_heading and n < signed][:_STANDFIRSTS]
    for number in opened:
        block = blocks[number]
        is_label = block.is_question or block.words <= _LABEL_WORDS
        if block.is_tagged and block.words <= _CAPTION_WORDS:
            verdicts[number] = CAPTION
        elif number in few or (number in first and not is_label):
            verdicts[number] = STANDFIRST


def _start_of_report(blocks: Sequence[Block], headline: int) -> int:
    """Return the number of the byline or dateline that opens the report below the headline."""
    for number in range(headline + 1, min(headline + _SIGNING, len(blocks))):
        block = blocks[number]
        if block.has_dateline:
            return number
        if block.is_signature and any(later.is_prose for later in blocks[number + 1 :]):
            return number
    return 0
