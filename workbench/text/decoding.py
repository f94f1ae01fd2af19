"""Bytes to text: decided once, by fixed steps, and never repaired in silence."""

import codecs
import re
from dataclasses import dataclass

from workbench.text.guessing import guess, unmarked_utf16

MAX_LINE = 1_000_000
"""The longest line that is accepted, in code points."""

DAMAGED = "\ufffd"

_MARKS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_SURROGATE_BYTES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_LINE_END = re.compile(r"\r\n|\n|\r")


class UndecodableError(ValueError):
    """The bytes are not a text; the message is a sentence for the person who imports them."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the Python name of the encoding that gave it, and what is wrong with it."""

    text: str
    encoding: str
    problems: tuple[str, ...]


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode a file's bytes.

    The steps, first that fits: a byte order mark; strict UTF-8; UTF-16 by its NUL bytes; UTF-8
    with at most max(3, 2 %) damaged bytes or with surrogates; chardet's guess, where it reads as
    words; cp1252. The one edit is that each
    NUL becomes U+FFFD, because databases refuse it; everything else stays as it is.

    Args:
        data: the whole file.
        encoding: a person's choice, which skips the steps.

    Returns:
        The text without a byte order mark, the encoding and the problems found.

    Raises:
        UndecodableError: the file is empty or binary, holds half a surrogate pair or a line
            over a million code points, or does not fit the encoding asked for.
    """
    text, used = _decoded_as(data, encoding) if encoding else _decoded(data)
    if not text.strip():
        raise UndecodableError("The file is empty.")
    if _SURROGATES.search(text):
        raise UndecodableError("The file holds half a character pair and cannot be decoded.")
    _refuse_binary(text)
    _refuse_long_lines(text)
    problems = _problems(text)
    if used.startswith("utf-8") and encoding is None and _SURROGATE_BYTES.search(data):
        problems = ("signs that came as two halves: joined", *problems)
    return Decoded(text.replace("\0", DAMAGED), used, problems)


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded_marked(data, name)
    pattern = unmarked_utf16(data)
    if pattern:
        return _decoded_as(data, pattern)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _paired(data) or _damaged_utf8(data) or guess(data)


def _decoded_marked(data: bytes, name: str) -> tuple[str, str]:
    if name != "utf-8-sig":
        return _decoded_as(data, name)
    try:
        return data.decode(name), name
    except UnicodeDecodeError:
        # A mark settles the encoding, however damaged the rest is.
        paired = _paired(data.removeprefix(codecs.BOM_UTF8))
        return paired[0] if paired else data.decode(name, errors="replace"), name


def _decoded_as(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(encoding).name
        text = data.decode(name)
    except (LookupError, UnicodeError) as error:
        raise UndecodableError(f"The file is not valid {encoding.upper()} text.") from error
    return text.removeprefix("\ufeff"), name


def _paired(data: bytes) -> tuple[str, str] | None:
    """Read UTF-8 whose signs beyond U+FFFF came as surrogates, two by two or with one lost.

    Databases and old programs write it so. A pair is the sign it stands for; half a pair is
    damage.
    """
    if not _SURROGATE_BYTES.search(data):
        return None
    try:
        halves = data.decode("utf-8", errors="surrogatepass")
    except UnicodeDecodeError:
        return None
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), "utf-8"


def _damaged_utf8(data: bytes) -> tuple[str, str] | None:
    text = data.decode("utf-8", errors="replace")
    high = len(data) - len(data.decode("ascii", errors="ignore"))
    damaged = text.count(DAMAGED) - data.count(DAMAGED.encode())
    # A short cp1252 text has three high bytes at most, all of them bad: that is no UTF-8.
    if damaged <= max(3, high * 0.02) and damaged < high:
        return text, "utf-8"
    return None


def _refuse_binary(text: str) -> None:
    controls = len(_CONTROLS.findall(text))
    # A few stray ones are damage even in a short note; a quarter of a text never is.
    if (controls > 3 and controls * 1000 > len(text)) or controls * 4 > len(text):
        raise UndecodableError("The file is not a text: it holds too many control characters.")


def _refuse_long_lines(text: str) -> None:
    if len(text) <= MAX_LINE:
        return
    start = 0
    ends = [match.span() for match in _LINE_END.finditer(text)]
    for number, (end, following) in enumerate((*ends, (len(text), 0)), 1):
        if end - start > MAX_LINE:
            raise UndecodableError(f"Line {number} is longer than {MAX_LINE:,} characters.")
        start = following


def _problems(text: str) -> tuple[str, ...]:
    counts = (("damaged characters", DAMAGED), ("NUL characters replaced", "\0"))
    return tuple(f"{what}: {text.count(sign)}" for what, sign in counts if sign in text)
