"""Scripts, as far as they tell languages and code pages apart."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

_LATIN_END = 0x250
_LATIN_MORE = range(0x1E00, 0x1F00)

# Where blocks of letters begin, and what they are; "" for what says nothing here.
_BLOCKS = (
    (0x0000, "Latin"), (0x0250, ""), (0x0370, "Greek"), (0x0400, "Cyrillic"), (0x0530, "Armenian"),
    (0x0590, "Hebrew"), (0x0600, "Arabic"), (0x0700, ""), (0x0900, "Devanagari"),
    (0x0980, "Bengali"), (0x0A00, "Gurmukhi"), (0x0A80, "Gujarati"), (0x0B00, "Odia"),
    (0x0B80, "Tamil"), (0x0C00, "Telugu"), (0x0C80, "Kannada"), (0x0D00, "Malayalam"),
    (0x0D80, "Sinhala"), (0x0E00, "Thai"), (0x0E80, "Lao"), (0x0F00, "Tibetan"),
    (0x1000, "Myanmar"), (0x10A0, "Georgian"), (0x1100, "Hangul"), (0x1200, "Ethiopic"),
    (0x13A0, ""), (0x1780, "Khmer"), (0x1800, ""), (0x1E00, "Latin"), (0x1F00, "Greek"),
    (0x2000, ""), (0x3041, "Kana"), (0x3100, ""), (0x3130, "Hangul"), (0x3190, ""),
    (0x3400, "Han"), (0xA000, ""), (0xAC00, "Hangul"), (0xD7B0, ""), (0xF900, "Han"),
    (0xFB00, ""), (0xFB1D, "Hebrew"), (0xFB50, "Arabic"), (0xFE00, ""), (0xFF66, "Kana"),
    (0xFFA0, ""), (0x20000, "Han"), (0x32000, ""),
)  # fmt: skip
_STARTS = [start for start, _ in _BLOCKS]

_LANGUAGES = {
    "Armenian": "hy", "Bengali": "bn", "Ethiopic": "am", "Georgian": "ka", "Greek": "el",
    "Gujarati": "gu", "Gurmukhi": "pa", "Hangul": "ko", "Hebrew": "he", "Kannada": "kn",
    "Khmer": "km", "Lao": "lo", "Malayalam": "ml", "Myanmar": "my", "Odia": "or", "Sinhala": "si",
    "Tamil": "ta", "Telugu": "te", "Thai": "th",
}  # fmt: skip
"""The scripts in which newspapers of one language are written."""
_UNSPACED = frozenset({"Han", "Kana", "Khmer", "Lao", "Myanmar", "Thai", "Tibetan"})
_UNSPACED_RANGES = "".join(
    f"{chr(start)}-{chr(end - 1)}"
    for (start, name), (end, _) in pairwise(_BLOCKS)
    if name in _UNSPACED
)
_UNSPACED_SIGN = re.compile(f"[{_UNSPACED_RANGES}]")


def is_latin(letter: str) -> bool:
    """Say whether a letter is of the Latin script."""
    return ord(letter) < _LATIN_END or ord(letter) in _LATIN_MORE


@lru_cache(maxsize=4096)
def script(letter: str) -> str:
    """Return the name of a letter's script, "" where it says nothing about a language."""
    return _BLOCKS[bisect_right(_STARTS, ord(letter)) - 1][1]


def language_of_scripts(counts: Mapping[str, int]) -> tuple[str | None, int]:
    """Return the language of a text by its scripts.

    Args:
        counts: how many letters are of each script.

    Returns:
        The language, or None where several share the script; and how many letters say so. Chinese
        characters among enough kana are Japanese.
    """
    if not counts:
        return None, 0
    main = max(counts, key=lambda name: counts[name])
    han, kana = counts.get("Han", 0), counts.get("Kana", 0)
    if main in {"Han", "Kana"}:
        return "ja" if kana * 10 > han else "zh", han + kana
    return _LANGUAGES.get(main), counts[main]


def is_unspaced(sign: str) -> bool:
    """Say whether a sign is of a script that puts no spaces between words."""
    return script(sign) in _UNSPACED


def count_words(line: str) -> int:
    """Count words; two signs of a script without spaces are about one."""
    words = len(line.split())
    return words if line.isascii() else words + len(_UNSPACED_SIGN.findall(line)) // 2
