"""Short pieces of a text around the signs that a wrong encoding would spoil."""

import re
from dataclasses import dataclass

_STRANGE = re.compile(r"[^\x00-\x7f]+")
_BREAKS = re.compile(r"\s+")
_READ = 200_000  # code points; more would only cost time
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text on one line: what stands before the strange signs, they, what follows."""

    before: str
    signs: str
    after: str


def strange_signs(text: str, *, most: int = 6, around: int = 28) -> list[Excerpt]:
    """The first places with signs beyond ASCII; one with none but shown ones is left out.

    Args:
        text: an article; its first 200,000 code points are looked at.
        most: how many excerpts at most.
        around: how many code points before and behind.
    """
    piece = text[:_READ]
    seen: set[str] = set()
    found: list[Excerpt] = []
    for match in _STRANGE.finditer(piece):
        if set(match[0]) <= seen:
            continue
        start, end = match.start(), min(match.end(), match.start() + _LONGEST)
        before, after = piece[max(start - around, 0) : start], piece[end : end + around]
        seen |= {sign for sign in before + match[0] + after if not sign.isascii()}
        found.append(Excerpt(_flat(before), piece[start:end], _flat(after)))
        if len(found) == most:
            break
    return found


def _flat(piece: str) -> str:
    return _BREAKS.sub(" ", piece)
