"""Who speaks: the segment that says so, for each segment that stands in a quotation.

A sentence that is nothing but quotation names no speaker. It has the one of the sentence before
it: "We left," he said. "We had to."
"""

import re
from collections.abc import Sequence

from workbench.text.kinds import Kind
from workbench.text.quotations import quote_groups
from workbench.text.segments import Segment

_QUOTED = frozenset({Kind.BODY, Kind.STANDFIRST})
_OPEN = r"[\"“„«»‘「『”]"
_CLOSE = r"[\"”“»«’」』]"
# Where a quotation meets the words that say whose it is: said: "...", "...," he said, » — he said.
_MEETS = re.compile(
    rf"[:：,]\s?{_OPEN}(?=\w)|[,，!?！？…]\s?{_CLOSE}\s*\S|{_CLOSE}\s?(?:[,，]|[—–-]\s)|」と"
)
_MARK = re.compile(f"{_OPEN}|{_CLOSE}")
_INSIDE = re.compile(
    r"\"[^\"]*(?:\"|$)|“[^”]*(?:”|$)|„[^“”]*(?:[“”]|$)|«[^»]*(?:»|$)|「[^」]*(?:」|$)"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST = 2_000  # code points of a segment that are looked at


def attributions(text: str, segments: Sequence[Segment]) -> list[int | None]:
    """Say for each segment which one names the speaker of its quotation.

    Args:
        text: the article.
        segments: what `segment(text)` returned.

    Returns:
        For each segment the place of the attributing one in `segments`: its own where it says so
        itself, that of another sentence of the same quotation, or, where the segment is nothing
        but quotation, that of the sentence directly before it. None where nothing is quoted or
        nobody is named. Only body and standfirst are looked at.
    """
    groups = quote_groups(text, segments)
    pieces = [text[found.start : min(found.end, found.start + _LONGEST)] for found in segments]
    named = [
        number if found.kind in _QUOTED and _names_speaker(piece) else None
        for number, (found, piece) in enumerate(zip(segments, pieces, strict=True))
    ]
    speaker: dict[int, int] = {}
    for group, number in zip(groups, named, strict=True):
        if group is not None and number is not None:
            speaker.setdefault(group, number)
    given: list[int | None] = []
    for number, (found, group) in enumerate(zip(segments, groups, strict=True)):
        own = named[number] if group is None else speaker.get(group, named[number])
        if own is None and found.kind in _QUOTED and _is_pure(pieces[number], group is not None):
            own = given[number - 1] if number else None
        given.append(own)
    return given


def _names_speaker(piece: str) -> bool:
    """Say whether words outside a quotation stand next to it as a speaker does."""
    if not _MEETS.search(piece):
        return False
    return _WORD.search(_INSIDE.sub(" ", piece)) is not None or not _INSIDE.search(piece)


def _is_pure(piece: str, is_grouped: bool) -> bool:
    """Say whether a piece is quotation and nothing else."""
    if is_grouped:
        return True
    return _MARK.match(piece) is not None and not _WORD.search(_INSIDE.sub(" ", piece))
