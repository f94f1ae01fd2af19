"""Text that was decoded wrongly before it came here ("cafÃ©"): found, and repaired when asked."""

import re
from dataclasses import dataclass

MOST_SHOWN = 200
"""Of a change this many code points are shown."""

_AROUND = 24
# What UTF-8's first byte and the one behind it look like under cp1252, Latin-1 and their Cyrillic
# and Central European neighbours. Cheap; whoever passes is looked at by ftfy itself.
_SUSPECT = re.compile(
    "[\u00c2-\u00f4\u0102\u010e\u010f\u0110\u0111\u0139\u013a\u0158\u0413\u0420\u0421\u0432]"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122\u0402-\u040f"
    "\u0452-\u045f\u0490\u0491\u0104\u0105\u013d\u013e\u0141\u0142\u015a-\u015f\u0163-\u0165\u0179-\u017c]"
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Change:
    """A line that is repaired.

    Attributes:
        line: its number, counted from 1.
        before: what stands in it, cut around the first and the last sign that changes.
        after: the same piece, repaired.
    """

    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text with its damage undone.

    Attributes:
        text: the whole text; offsets into the old one do not hold in it.
        changes: the lines that differ, in order; none where there is nothing to repair.
    """

    text: str
    changes: tuple[Change, ...]


def looks_garbled(text: str) -> bool:
    """Whether a text holds signs that come from decoding it wrongly."""
    if text.isascii() or not _SUSPECT.search(text):
        return False
    # A moment to import, and most texts never need it.
    from ftfy.badness import is_bad

    return any(is_bad(found[0]) for found in _LINE.finditer(text) if _SUSPECT.search(found[0]))


def repair(text: str) -> Repaired:
    """Undo what a wrong decoding did, line by line; everything else stays as it is.

    Quotation marks stay curly, ligatures and entities stay, nothing is normalised. U+FFFD cannot
    be brought back.

    Args:
        text: an article, or a file of them.
    """
    pieces: list[str] = []
    changes: list[Change] = []
    for number, found in enumerate(_LINE.finditer(text), 1):
        line = found[0]
        fixed = line if line.isascii() else _fixed(line)
        pieces.append(fixed)
        if fixed != line:
            changes.append(_change(number, line, fixed))
    return Repaired("".join(pieces), tuple(changes))


def _fixed(line: str) -> str:
    from ftfy import TextFixerConfig, fix_and_explain

    config = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
    return str(fix_and_explain(line, config).text)


def _change(number: int, before: str, after: str) -> Change:
    first = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    shortest = min(len(before), len(after)) - first
    backwards = zip(reversed(before), reversed(after), strict=False)
    same = next((n for n, (a, b) in enumerate(backwards) if a != b), 0)
    same = min(same, shortest)
    start = max(first - _AROUND, 0)
    cut = [
        line[start : max(len(line) - same, first) + _AROUND].strip()[:MOST_SHOWN]
        for line in (before, after)
    ]
    return Change(number, *cut)
