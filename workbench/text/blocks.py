"""Blocks: what the layout of a text says, before any sentence is looked for.

A line that was cut first makes every sentence engine better than the choice of engine does, and
a line break that only wraps a long line must not cut. So the breaks are looked at together: are
they where the next word would not have fitted?
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from workbench.text.spans import Span, trimmed

WIDTHS = range(40, 121)
"""Line lengths, in code points, that a mail or wire program wraps at."""

_ENDED = re.compile(r"[.!?:…。！？؟۔।][\"'”’»)\]]*$")
_BULLET = re.compile(r"(?:[-*•·–—]|\d{1,2}[.)]) ")
_DASH = re.compile(r"[-–—] ")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff]")
_TAIL = 8

Run = list[Span]


def blocks(text: str) -> list[Span]:
    """Cut a text into blocks: paragraphs, or lines where single lines are paragraphs.

    Args:
        text: a whole article.

    Returns:
        Trimmed, non-empty spans of `text` in order. A block with line breaks inside is
        hard-wrapped prose, and a break in it stands for a space.
    """
    runs = list(_runs(text))
    width = _wrap_width(text, runs)
    found: list[Span] = []
    for run in runs:
        if not width or _longest(run) > WIDTHS.stop:
            found.extend(run)
            continue
        first = run[0]
        for line, following in pairwise(run):
            if _parts(text, line, following, width):
                found.append(Span(first.start, line.end))
                first = following
        found.append(Span(first.start, run[-1].end))
    return found


def _runs(text: str) -> Iterator[Run]:
    """Yield lines that follow each other without a blank one, trimmed."""
    run: Run = []
    at = 0
    for raw in text.splitlines(keepends=True):
        line = trimmed(text, at, at + len(raw))
        at += len(raw)
        # "\r\n" is one line end: splitlines knows that, and a blank line is one without a sign.
        if line.start < line.end:
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _longest(run: Run) -> int:
    return max(line.end - line.start for line in run)


def _wrap_width(text: str, runs: list[Run]) -> int:
    """Return the width that the text is hard-wrapped at, or 0."""
    wrapped = [run for run in runs if len(run) > 1 and _longest(run) <= WIDTHS.stop]
    width = max(map(_longest, wrapped), default=0)
    if width not in WIDTHS:
        return 0
    # A short line says nothing: in wrapped text it is a greeting, a label, an end.
    breaks = [
        (line, following)
        for run in wrapped
        for line, following in pairwise(run)
        if (line.end - line.start) * 2 > width
    ]
    if not breaks:
        return 0
    share = 1 / len(breaks)
    tight = share * sum(_is_tight(text, line, following, width) for line, following in breaks)
    opened = share * sum(not _is_ended(text, line) for line, _ in breaks)
    if share * sum(_is_uncased(text[following.start]) for _, following in breaks) > 0.5:
        # No capital tells a headline here, so the breaks must tell more.
        return width if len(breaks) > 2 and tight > 0.8 and opened > 0.6 else 0
    lowered = share * sum(_goes_on(text[following.start]) for _, following in breaks)
    # Headlines below each other are open and of one length too, but begin with capitals; from
    # one or two breaks nothing can be counted, so each must go on in lower case.
    needed = 0.25 if len(breaks) > 2 else 0.99
    return width if tight > 0.6 and opened > 0.4 and lowered >= needed else 0


def _goes_on(sign: str) -> bool:
    return sign.islower() or sign.isdigit()


def _is_uncased(sign: str) -> bool:
    """Say whether a letter is of a script without capitals."""
    return sign.isalpha() and sign.lower() == sign.upper()


def _is_tight(text: str, line: Span, following: Span, width: int) -> bool:
    word = text[following.start : min(following.end, following.start + width)].split(None, 1)[0]
    if _UNSPACED.match(word):
        word = word[0]  # such a line may break behind any sign
    # The longest line need not have reached the margin.
    return line.end - line.start + 1 + len(word) > width - width // 12


def _is_ended(text: str, line: Span) -> bool:
    return _ENDED.search(text[max(line.start, line.end - _TAIL) : line.end]) is not None


def _parts(text: str, line: Span, following: Span, width: int) -> bool:
    """Say whether the break between two lines of hard-wrapped text parts two blocks."""
    if _DASH.match(text, following.start) and not _is_ended(text, line):
        return not _is_tight(text, line, following, width)  # a dash inside a sentence was wrapped
    if _BULLET.match(text, following.start) or _is_indented(text, line, following):
        return True
    if _is_tight(text, line, following, width) or text[following.start].islower():
        return False
    return line.end - line.start < width * 0.6 or _is_ended(text, line)


def _is_indented(text: str, line: Span, following: Span) -> bool:
    return _indent(text, following) > _indent(text, line) + 1


def _indent(text: str, line: Span) -> int:
    start = line.start
    while start and text[start - 1] in " \t\u00a0\u3000" and line.start - start < _TAIL:
        start -= 1
    return line.start - start
