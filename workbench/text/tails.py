"""What stands below an article: lists of links and of sources, and a headline that was moved."""

from bisect import bisect_right
from collections.abc import Sequence

from workbench.text.kinds import Kind, Verdict
from workbench.text.looks import Block, content_words

LINK: Verdict = (Kind.BOILERPLATE, "One of a list of links: part of the page.")
SOURCE: Verdict = (Kind.BOILERPLATE, "One of the works that the article names at its end.")
TEASER: Verdict = (Kind.BOILERPLATE, "One of several headings behind the text: links.")
ROW: Verdict = (Kind.BOILERPLATE, "One of many headings below each other: links.")
BODY: Verdict = (Kind.BODY, "")
MOVED: Verdict = (Kind.HEADLINE, "A heading behind the text that tells its story.")
CAPTION: Verdict = (Kind.CAPTION, "The text of a picture.")
STANDFIRST: Verdict = (Kind.STANDFIRST, "Below a headline that stands behind the text.")

_TEASERS = 3
_ROW = 5  # an article has no five headings in a row
_SOURCE_WORDS = 35
_FOLLOWING = 4  # blocks between a headline and its byline or date
_HEADLINE_WORDS = 4
_MOVED_PROSE = 2  # a caption and a standfirst
_READ_MORE = "read more"


def mark_lists(blocks: Sequence[Block], verdicts: list[Verdict | None]) -> None:
    """Mark what stands in lists of links and of sources below the first prose."""
    within: Verdict | None = None
    has_prose = False
    for number, block in enumerate(blocks):
        if block.opens_sources and has_prose:
            within = SOURCE
            verdicts[number] = SOURCE
        elif block.opens_links and has_prose:
            within = LINK
            if block.line.lower().startswith(_READ_MORE) and blocks[number - 1].is_heading:
                within, verdicts[number - 1] = None, LINK
        elif block.is_prose and not (within is SOURCE and block.words <= _SOURCE_WORDS):
            has_prose, within = True, None
        elif within and block.verdict is None:
            verdicts[number] = within


def move_headline(blocks: Sequence[Block], verdicts: list[Verdict | None]) -> bool:
    """Find the headline that a scraper put behind the body, and what came along with it.

    It shares the body's words, and what else heads an article stands below it: a byline, a date,
    the caption of the first picture. Or nothing of the article comes behind it.
    """
    open_blocks = [number for number, verdict in enumerate(verdicts) if verdict is None]
    prose = [number for number in open_blocks if blocks[number].is_prose]
    known = {word for number in prose for word in content_words(blocks[number].line)}
    tried = 0
    below = [n for n in open_blocks if blocks[n].is_heading and n > prose[0]]
    # A name and a place below the headline may tell as much of the story as the headline does.
    for number in sorted(below, key=lambda n: blocks[n].words < _HEADLINE_WORDS):
        first = bisect_right(prose, number)
        behind = prose[first : first + _MOVED_PROSE + 1]
        if behind and not _is_signed(blocks, number, behind):
            continue
        if tells(blocks[number], known) and tried < _TEASERS:
            verdicts[number] = MOVED
            for later in behind:
                verdicts[later] = CAPTION if blocks[later].is_tagged else STANDFIRST
            return True
        tried += not behind
    return False


def _is_signed(blocks: Sequence[Block], number: int, behind: list[int]) -> bool:
    following = blocks[number + 1 : number + 1 + _FOLLOWING]
    return (
        len(behind) <= _MOVED_PROSE
        and blocks[number].words >= _HEADLINE_WORDS
        and behind[-1] <= number + _FOLLOWING
        and any(block.is_signature or block.is_tagged for block in following)
    )


def tells(heading: Block, known: set[str]) -> bool:
    """Say whether a heading shares half of its words with the body."""
    words = content_words(heading.line)
    shared = sum(word in known for word in words)
    return len(words) >= 2 and shared * 2 >= len(words)


def mark_teasers(blocks: Sequence[Block], verdicts: list[Verdict | None]) -> None:
    """Mark headings as links where there are several behind the last prose, or many in a row."""
    prose = [n for n, verdict in enumerate(verdicts) if verdict is None and blocks[n].is_prose]
    prose = [number for number in prose if not blocks[number].is_cut]
    last = max(prose, default=len(blocks))
    below = [
        number
        for number in range(last + 1, len(blocks))
        if verdicts[number] is None and (blocks[number].is_heading or blocks[number].is_cut)
    ]
    if len(below) >= _TEASERS:
        for number in below:
            verdicts[number] = TEASER
    report = next((number for number in prose if blocks[number].is_report), len(blocks))
    _mark_rows(blocks, verdicts, report)


def _mark_rows(blocks: Sequence[Block], verdicts: list[Verdict | None], report: int) -> None:
    """Mark rows of headings inside the text; a list that a colon announces is the article's."""
    row: list[int] = []
    for number in range(report, len(blocks) + 1):
        if number < len(blocks) and verdicts[number] is None and _is_teaser(blocks[number]):
            row.append(number)
            continue
        if number < len(blocks) and (verdicts[number] or BODY)[0] is Kind.BOILERPLATE:
            continue
        if len(row) >= _ROW and not blocks[row[0] - 1].line.endswith((":", "：")):
            for teaser in row:
                verdicts[teaser] = ROW
        row = []


def _is_teaser(block: Block) -> bool:
    return (block.is_heading and not block.is_question) or block.is_cut
