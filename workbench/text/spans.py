"""A stretch of a text, in Unicode code points."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """The code points from `start` up to, not including, `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the piece of `text` that the span covers."""
        return text[self.start : self.end]


def trimmed(text: str, start: int, end: int) -> Span:
    """Shrink `text[start:end]` to what stands between its outer white space.

    Returns an empty span at `start` when there is only white space.
    """
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if left == len(piece):
        return Span(start, start)
    return Span(start + left, start + len(piece.rstrip()))
