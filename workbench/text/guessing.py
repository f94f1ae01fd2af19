"""Guesses at an encoding that nothing names: from how the bytes lie, and from what they read as."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator

from workbench.text.scripts import is_latin

_SAMPLE = 1 << 16  # bytes; more would not change a guess
_FEW = 3
"""So few different bytes above ASCII say nothing of which Latin code page they are of."""

_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(rb"[\n\r -~]")
# Code pages of Mac OS 9, DOS and mainframes: a text in one is rarer than a wrong guess at one.
_RARE = re.compile(
    r"mac|cp(?:037|\d00|[4-8]\d\d|10\d\d|11\d\d|273)\b|ebcdic|hp_roman|kz1048|koi8_t"
    r"|iso8859_(?:3|4|10|13|14|16)$"
)
# Signs that stand neither in a word nor behind or before one: another code page has letters there.
_INSIDE = re.compile(
    r"[^\W\d_]{2}[¢£¤¥¦¨¬¯±²³´¸¹¼½¾×÷]|[¢£¤¥¦¨¬¯±²³´¸¹][^\W\d_A-Z]|[^\W\d_][¡¿«»©®°·§][^\W\d_]"
)


def unmarked_utf16(data: bytes) -> str | None:
    """Say which UTF-16 bytes without a byte order mark are, or None where they are none.

    Latin text has a NUL in nearly every other place and none in between. Text in another script
    has them for its spaces and line ends alone, all on one side, and its letters beside them
    come from few blocks of Unicode.
    """
    if len(data) < 4 or len(data) % 2:
        return None
    half = len(data) // 2
    even, odd = data[::2].count(0), data[1::2].count(0)
    if odd > half * 0.4 and even <= half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd <= half * 0.05:
        return "utf-16-be"
    if min(even, odd) * 2 >= max(even, odd):
        return None
    name = "utf-16-be" if even > odd else "utf-16-le"
    return name if _reads_as_utf16(data, name) else None


def _reads_as_utf16(data: bytes, name: str) -> bool:
    sample = data[:_SAMPLE]
    # Plain text with a stray NUL in it would be read as rare Chinese.
    if len(_PLAIN.findall(sample)) > len(sample) * 0.8:
        return False
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return False
    blocks = Counter(ord(sign) >> 8 for sign in text if sign.isalpha())
    letters = blocks.total()
    usual = sum(sign.isspace() or sign.isprintable() for sign in text)
    if letters < len(text) * 0.5 or usual < len(text) * 0.98:
        return False
    common = blocks.most_common(1)[0][0]
    # Alphabets lie in one block or two; Chinese, Japanese and Korean have signs all over theirs.
    of_one = sum(count for block, count in blocks.items() if abs(block - common) <= 1)
    eastern = sum(count for block, count in blocks.items() if _is_eastern(block))
    return max(of_one, eastern) > letters * 0.9


def _is_eastern(block: int) -> bool:
    return 0x30 <= block <= 0x9F or 0xAC <= block <= 0xD7


def guess(data: bytes) -> tuple[str, str]:
    """Guess the code page of bytes that are no UTF.

    A guess must read as words of one script each, must not be of a sort that hardly exists any
    more, and needs more than a letter or two to be preferred to cp1252.

    Returns:
        The text and the Python name of its encoding; at worst cp1252 with U+FFFD.
    """
    usual = data.decode("cp1252", errors="replace")
    for name, text in _candidates(data):
        if text == usual:
            break  # from a few bytes a neighbour of cp1252 is guessed, with the same text
        if _is_read(text) and not (_says_little(data, text) and _is_western(usual)):
            return text, name
    return usual, "cp1252"


def _candidates(data: bytes) -> Iterator[tuple[str, str]]:
    # Slow to import and hardly ever needed.
    import chardet

    if data.count(0) * 1000 > len(data):
        return
    for found in chardet.detect_all(data):
        try:
            name = codecs.lookup(found["encoding"] or "").name
            text = data.decode(name)
        except (LookupError, UnicodeError):
            continue  # a guess that does not fit says nothing
        if not _RARE.search(name.replace("-", "_")):
            yield name, text.removeprefix("\ufeff")


def _is_read(text: str) -> bool:
    """Say whether words are of one script each."""
    words = mixed = 0
    for word in _WORD.finditer(text[:_SAMPLE]):
        if not word[0].isascii():
            words += 1
            mixed += len({is_latin(sign) for sign in word[0]}) > 1
    return mixed <= words * 0.2


def _says_little(data: bytes, text: str) -> bool:
    high = {byte for byte in data[:_SAMPLE] if byte > 0x7F}
    return len(high) <= _FEW and all(map(is_latin, filter(str.isalpha, text[:_SAMPLE])))


def _is_western(usual: str) -> bool:
    return "\ufffd" not in usual and not _INSIDE.search(usual)
