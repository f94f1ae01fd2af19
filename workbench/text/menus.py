"""Menus: short lines one below the other, each of which could as well be a heading."""

from collections.abc import Iterator, Sequence

from workbench.text.kinds import Kind, Verdict
from workbench.text.looks import Block, content_words
from workbench.text.scripts import is_unspaced

MENU: Verdict = (Kind.BOILERPLATE, "One of several short lines below each other: a menu.")

LISTED: Verdict = (Kind.BODY, "")

_FEWEST = 4  # no article has as many subheads without a sentence between them
_FEWEST_OPEN = 2
_LABEL_WORDS = 4
_LABEL_LENGTH = 32  # code points
_UNSPACED_LENGTH = 8
_HEADLINE_WORDS = 3
_OVERRULED = frozenset({Kind.BYLINE, Kind.CREDIT})


def mark_menus(blocks: Sequence[Block], verdicts: list[Verdict | None]) -> None:
    """Mark runs of short lines as menus, but for the line that heads the text below them.

    A list that a colon announces is the article's, and so is one of figures.
    """
    has_prose = False
    done = 0
    for run in _runs(blocks, verdicts):
        first, last = run[0], run[-1]
        has_prose = has_prose or any(block.is_report for block in blocks[done:first])
        done = first
        above = blocks[first - 1].line if first else ""
        is_announced = has_prose and above.endswith((":", "："))
        figured = sum(any(map(str.isdigit, blocks[number].line)) for number in run)
        if is_announced:
            for number in run:
                verdicts[number] = LISTED
        if is_announced or figured * 2 > len(run) or (has_prose and len(run) < _FEWEST):
            continue
        kept = _heading(blocks, run, last) if not has_prose else None
        for number in run:
            if number != kept:
                verdicts[number] = MENU


def _runs(blocks: Sequence[Block], verdicts: Sequence[Verdict | None]) -> Iterator[list[int]]:
    """Yield the numbers of labels that follow each other, with nothing but clutter between.

    Buttons and menu lines that are known as such count, but two at least must be open.
    """
    run: list[int] = []
    known = 0
    for number, (block, verdict) in enumerate(zip(blocks, verdicts, strict=True)):
        if _is_label(block, verdict):
            run.append(number)
        elif verdict and verdict[0] is Kind.BOILERPLATE:
            known += 1
        else:
            if len(run) >= _FEWEST_OPEN and len(run) + known >= _FEWEST:
                yield run
            run, known = [], 0
    if len(run) >= _FEWEST_OPEN and len(run) + known >= _FEWEST:
        yield run


def _is_label(block: Block, verdict: Verdict | None) -> bool:
    if block.is_prose or block.is_bulleted or (verdict and verdict[0] not in _OVERRULED):
        return False
    if verdict and block.line[:3].lower() == "by ":
        return False
    longest = _UNSPACED_LENGTH if is_unspaced(block.line[0]) else _LABEL_LENGTH
    return block.words <= _LABEL_WORDS and len(block.line) <= longest and not block.is_question


def _heading(blocks: Sequence[Block], run: Sequence[int], last: int) -> int | None:
    """Return the number of the label that is the headline of what follows, if one is."""
    if blocks[last].verdict or not blocks[last].is_heading:
        return None
    below = blocks[last + 1 : last + 2]
    if any(block.is_signature for block in below):
        return last
    if not any(block.is_prose for block in below):
        return None
    known = set(content_words(below[0].line))
    tells = any(word in known for word in content_words(blocks[last].line))
    return last if tells or blocks[last].words >= _HEADLINE_WORDS else None
