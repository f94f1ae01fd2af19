"""Quotations over several sentences: which segments belong to one."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbench.text.kinds import Kind
from workbench.text.segments import Segment

_CLOSERS = {
    '"': '"',
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«",
    "”": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
}
"""What may close a quotation, by the mark that opened it."""

_MARK = re.compile('["“”„‟«»‘’「」『』]')
# Marks that close elsewhere open only in front of a word and behind none.
_OPENS = re.compile(r"(?:^|(?<=[\s(—–-]))[”»](?=\w)")
_CLOSES_SPEECH = re.compile(r"(?<=[.,!?…])’(?!\w)")
_LINE_END = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_DEEPEST = 6  # nobody nests quotations deeper; without an end each mark would be compared with all
_QUOTED = frozenset({Kind.BODY, Kind.STANDFIRST})


def quote_groups(text: str, segments: Sequence[Segment]) -> list[int | None]:
    """Number the quotations that run over several segments.

    A straight mark opens and closes by turns within a paragraph, the others nest. A new
    paragraph ends the quotation unless its own first sign is a quotation mark: then it goes on.

    Args:
        text: the article.
        segments: what `segment(text)` returned.

    Returns:
        One entry for each segment: the number of its group, or None where it shares no quotation
        with a neighbour. Groups are counted from 0 in order; each is one run of at least two
        segments that follow each other, all of them body or standfirst. Who speaks in them is
        what `attributions` says.
    """
    linked = [False] * len(segments)  # whether a segment goes on in the quotation before it
    opened: list[str] = []
    for number, (left, right) in enumerate(pairwise(segments), 1):
        opened = _after(text, left, opened)
        is_new = _is_new_block(text, left, right)
        if is_new and opened and not _reopens(text, right, opened[0]):
            opened = []
        linked[number] = bool(opened) and {left.kind, right.kind} <= _QUOTED
        if is_new or not linked[number]:
            opened = []
    return list(_numbered(linked))


def _after(text: str, found: Segment, opened: Sequence[str]) -> list[str]:
    """Return the closing marks that are still to come behind a segment."""
    waiting = list(opened)
    for mark in _MARK.finditer(text, found.start, found.end):
        sign, at = mark[0], mark.start()
        depth = next((n for n, closers in enumerate(waiting) if sign in closers), None)
        if depth is not None and (sign != "’" or _CLOSES_SPEECH.match(text, at)):
            del waiting[depth:]
        elif depth is None and (sign not in "”»" or _OPENS.match(text, at)):
            waiting += [_CLOSERS[sign]] if sign in _CLOSERS and len(waiting) < _DEEPEST else []
    return waiting


def _is_new_block(text: str, left: Segment, right: Segment) -> bool:
    # A wrapped line's end parts no segments by itself, so one in between parts paragraphs.
    return _LINE_END.search(text, left.end, right.start) is not None


def _reopens(text: str, found: Segment, closing: str) -> bool:
    return _CLOSERS.get(text[found.start]) == closing


def _numbered(linked: Sequence[bool]) -> Iterator[int | None]:
    group = -1
    for number, is_linked in enumerate(linked):
        goes_on = number + 1 < len(linked) and linked[number + 1]
        if goes_on and not is_linked:
            group += 1
        yield group if is_linked or goes_on else None
