"""Gold articles as one writes them: `{kind}` opens a piece, `¦` cuts it in two of one kind."""

import re
from typing import NamedTuple

_MARK = re.compile(r"\{(\w+)\}|¦ ?")


class Gold(NamedTuple):
    """A text and its segments as (kind, piece)."""

    text: str
    segments: list[tuple[str, str]]


def gold(marked: str) -> Gold:
    """Read a marked article; its marks are taken out of the text."""
    text, segments = "", []
    kind, at = "body", 0
    for mark in _MARK.finditer(marked):
        _close(segments, kind, marked[at : mark.start()])
        text += marked[at : mark.start()]
        kind, at = mark[1] or kind, mark.end()
    _close(segments, kind, marked[at:])
    return Gold(text + marked[at:], segments)


def _close(segments: list[tuple[str, str]], kind: str, piece: str) -> None:
    if piece.strip():
        segments.append((kind, piece.strip()))
