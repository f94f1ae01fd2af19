"""Printed lines to paragraphs: a line break on paper is no line break in the text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

_HYPHENS = ("\x02", "\ufffe", "\xad")  # PDFium's marks for a word that was divided
_CLOSED = (".", "!", "?", ":", ".”", '."', "”", ".’", ".)")
_WIDE_GAP = 1.45  # times the usual distance of two lines
_SHORT = 0.85  # of the widest line
_INDENT = 0.7  # of a line's height
_OTHER_SIZE = 1.2


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line on a page; positions in points, upwards and rightwards."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float


def joined(lines: Sequence[PrintedLine]) -> str:
    """The text of all lines, a paragraph a line, with a blank line between two."""
    lines = [line for line in lines if line.text.strip()]
    if not lines:
        return ""
    usual, width = _usual_distance(lines), max(line.right - line.left for line in lines)
    paragraphs = [[lines[0].text.strip()]]
    for line, following in pairwise(lines):
        text = following.text.strip()
        if _goes_on(line, following, usual, width):
            paragraphs[-1].append(text)
        else:
            paragraphs.append([text])
    return "\n\n".join("".join(_spaced(paragraph)) for paragraph in paragraphs)


def _usual_distance(lines: Sequence[PrintedLine]) -> float:
    distances = [
        line.bottom - following.bottom
        for line, following in pairwise(lines)
        if line.page == following.page and line.bottom > following.bottom
    ]
    return median_low(distances) if distances else 0.0


def _goes_on(line: PrintedLine, following: PrintedLine, usual: float, width: float) -> bool:
    if line.text.rstrip().endswith(_HYPHENS):
        return True
    is_closed = line.text.rstrip().endswith(_CLOSED)
    if line.page != following.page or following.bottom >= line.bottom:  # a new page or column
        return not is_closed and following.text.lstrip()[:1].islower()
    heights = sorted((max(line.top - line.bottom, 0.1), max(following.top - following.bottom, 0.1)))
    # Heights are those of the letters, so that a line without tall ones is lower: twice is enough.
    if heights[1] > heights[0] * 2 * _OTHER_SIZE:
        return False
    if line.bottom - following.bottom > usual * _WIDE_GAP:
        return False
    is_short = line.right - line.left < width * _SHORT
    is_indented = following.left - line.left > heights[1] * _INDENT
    return not (is_closed and (is_short or is_indented))


def _spaced(lines: Sequence[str]) -> Iterator[str]:
    for line, is_last in zip(lines, (*(False for _ in lines[1:]), True), strict=True):
        if line.endswith(_HYPHENS):
            yield line[:-1]
        elif is_last or line.endswith("-"):  # "well-" may be half of "well-known": the mark stays
            yield line
        else:
            yield f"{line} "
