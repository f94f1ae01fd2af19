"""Words and numbers for a card: imported ones made harmless, tables put together."""

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#!|~$&@]|:(?=\S)|^[-+=]|(?<=^\d)\.)")
_LONGEST = 80


def plain(text: str, *, longest: int = _LONGEST) -> str:
    """Text from outside as Markdown that shows it and does nothing: on one line, cut to length."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if len(line) > longest:
        line = line[: longest - 1] + "…"
    return _SPECIAL.sub(r"\\\1", line)


def share(part: int, whole: int) -> str:
    """A part of a whole in per cent, to a tenth."""
    return f"{part / whole:.1%}" if whole else "–"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are numbers and stand to the right."""
    marks = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, marks, *rows))


def counted(n: int, one: str, more: str = "") -> str:
    """A number with its noun: 1 sentence, 2,000 sentences."""
    return f"{n:,} {one if n == 1 else more or one + 's'}"


def quoted(text: str) -> str:
    """Text as a double-quoted YAML scalar that every YAML reader gives back equal."""
    return f'"{"".join(_escaped(sign) for sign in text)}"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isprintable():
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
