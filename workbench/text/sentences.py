"""Sentences of one block: the engine's ends, the rules on top, and nothing lost."""

import re
from collections.abc import Iterator
from functools import lru_cache

from workbench.text.boundaries import ANSWER, CLOSING, NOTE, RULE, SMILEY
from workbench.text.engine import script_ends, sentence_ends
from workbench.text.glue import glued_ends
from workbench.text.places import REACH, Place
from workbench.text.rules import ALL_RULES, Rule, cuts, joins
from workbench.text.spans import Span, trimmed

MAX_BRACKET = 300
"""A bracket that is longer, in code points, was never closed where it seems to be."""

_BREAK = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# A mark between a stop and white space closes, whichever it is; the French put a space before.
_CLOSERS = re.compile(
    rf"(?:[\"'”’“‘»«)\]}}]|[ \u00a0\u202f]»|[ \u00a0\u202f]?{NOTE}|[¹²³⁰⁴-⁹]"
    rf"|[ \u00a0\u202f]”(?=\s)| (?:{SMILEY}|{RULE})(?=\s|$))+(?=\s|$)"
)
# The only places where a rule adds an end: a quotation, dots, a letter or one of a few words
# with its stop.
_POSSIBLE = re.compile(
    rf"(?:\b(?:{CLOSING}|{ANSWER})\.|(?<!\.)\.\."
    rf"|[.?!…](?:[ \u00a0\u202f]?{NOTE}|[\"'”’“»«)\]¹²³⁰⁴-⁹])+"
    rf"|\b(?:[дпе]|др)\.|\.\.\.|…|[A-Z]\.|{SMILEY})(?=\s)"
)
# Elsewhere a word that begins sentences may stand behind any short word with its stop.
_POSSIBLE_ABROAD = re.compile(rf"{_POSSIBLE.pattern}|(?<=[^\W\d_])\.(?=\s)")
_STOP = re.compile(r"[.?!…;:=。！？｡।॥۔؟።፧։။។]")
_SOLID = re.compile(r"\S")
# A Japanese quotation is a bracket where the sentence goes on behind it.
_BRACKET = re.compile(r"[()\[\]（）「」『』]")
_GOES_ON = re.compile(r"[とっ、，]|など|なんて")
_OPENING = frozenset("([（「『")
_WORD = re.compile(r"[^\W_]")


def sentences(
    text: str, block: Span, language: str = "en", *, rules: frozenset[Rule] = ALL_RULES
) -> list[Span]:
    """Cut one block into sentences.

    Args:
        text: the article.
        block: a non-empty, trimmed piece of it.
        language: a BCP 47 code; rules of English are used for English only.
        rules: the rules to use; without any the engine stands alone.

    Returns:
        Trimmed, non-empty spans of `text`, in order, that hold every non-space code point of
        the block.
    """
    # Line breaks become spaces one for one, so offsets hold.
    piece = _BREAK.sub(" ", block.of(text))
    if not _STOP.search(piece):
        return [block]
    ends = _ends(piece, language.lower().partition("-")[0], rules)
    if Rule.BRACKETS in rules:
        ends = _outside_brackets(piece, ends)
    spans = list(_spans(piece, ends))
    if Rule.WORDLESS in rules:
        spans = _worded(piece, spans)
    return [Span(block.start + span.start, block.start + span.end) for span in spans]


def _ends(piece: str, language: str, rules: frozenset[Rule]) -> list[int]:
    proposed = {_behind_closers(piece, end) for end in sentence_ends(piece, language)}
    pattern = _POSSIBLE if language == "en" else _POSSIBLE_ABROAD
    possible = {match.end() for match in pattern.finditer(piece)}
    kept = set()
    for end in proposed | possible:
        place = _place(piece, end)
        if place and _is_end(place, end in proposed, language, rules):
            kept.add(end)
    if Rule.SCRIPT_STOPS in rules:
        kept.update(script_ends(piece))
    if Rule.GLUED in rules:
        kept.update(glued_ends(piece))
    return sorted(kept)


@lru_cache(maxsize=4096)  # a list or a table brings the same place again and again
def _is_end(place: Place, is_proposed: bool, language: str, rules: frozenset[Rule]) -> bool:
    if not is_proposed and not any(rule(place) for rule in cuts(language, rules)):
        return False
    return not any(rule(place) for rule in joins(language, rules))


def _behind_closers(piece: str, end: int) -> int:
    found = _CLOSERS.match(piece, end)
    return found.end() if found else end


def _place(piece: str, end: int) -> Place | None:
    """Return what is around `end`; None where a word would be cut or nothing follows."""
    right = _SOLID.search(piece, end)
    if right is None or right.start() == end:
        return None
    start = right.start()
    return Place(piece[max(0, end - REACH) : end], piece[start : start + REACH])


def _outside_brackets(piece: str, ends: list[int]) -> list[int]:
    """Drop the ends inside a bracket that is closed within reach."""
    opened: list[int] = []
    closed: list[Span] = []
    for match in _BRACKET.finditer(piece):
        if match[0] in _OPENING:
            opened.append(match.start())
        elif opened:
            pair = Span(opened.pop(), match.start())
            goes_on = match[0] not in "」』" or _GOES_ON.match(piece, match.end())
            if goes_on and pair.end - pair.start <= MAX_BRACKET:
                closed.append(pair)
    closed.sort(key=lambda pair: pair.start)
    kept = []
    upcoming = 0
    covered = 0
    for end in ends:
        while upcoming < len(closed) and closed[upcoming].start < end:
            covered = max(covered, closed[upcoming].end)
            upcoming += 1
        if end > covered:
            kept.append(end)
    return kept


def _spans(piece: str, ends: list[int]) -> Iterator[Span]:
    start = 0
    for end in (*ends, len(piece)):
        span = trimmed(piece, start, end)
        if span.start < span.end:
            yield span
        start = end


def _worded(piece: str, spans: list[Span]) -> list[Span]:
    """Join each piece without a letter or digit to the one before it."""
    found: list[Span] = []
    for span in spans:
        has_word = _WORD.search(piece, span.start, span.end)
        if found and not (has_word and _WORD.search(piece, found[-1].start, found[-1].end)):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found
