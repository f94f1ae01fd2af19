"""The encoding of a file that is read as a stream, found without holding the file in memory."""

import codecs
import contextlib
import io
from typing import BinaryIO

from workbench.formats.readers.record import ReaderError
from workbench.text.decoding import UndecodableError, decode

OFFERED = (
    *("utf-8", "cp1252", "iso8859-15", "mac-roman", "cp1250", "iso8859-2", "cp1251", "koi8-r"),
    *("cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp437", "cp850", "utf-16"),
    *("utf-16-le", "utf-16-be", "shift_jis", "euc_jp", "gb18030", "big5", "cp949", "tis-620"),
)
"""Encodings to choose from on a screen, the likeliest first; a command takes any other too."""

# Text encodings by name that no file of articles is in; some of them run for ever or warn.
_NONE = {"idna", "punycode", "undefined", "unicode-escape", "unicode_escape", "raw-unicode-escape"}
_NONE |= {"raw_unicode_escape", "utf-7"}
_PIECE = 1 << 20
_SAMPLE = 1 << 18  # no line of it can be too long


def known(name: str) -> str:
    """The Python name of an encoding that a person named.

    Raises:
        ReaderError: There is none of that name.
    """
    try:
        found = codecs.lookup(name).name
        "".encode(found)  # codecs that give no text refuse it
    except (LookupError, ValueError) as error:
        raise ReaderError(_UNKNOWN) from error
    if found in _NONE:
        raise ReaderError(_UNKNOWN)
    return found


_UNKNOWN = "There is no such encoding. Give one such as utf-8, cp1252 or shift_jis."


def find_encoding(file: BinaryIO) -> str:
    """The Python name of a text file's encoding, by the steps for every text.

    Strict UTF-8 is tried on the whole file, a piece at a time. Where it fails, the start of the
    file and the bytes around the first fault say what the encoding is.

    Raises:
        ReaderError: The file is binary.
    """
    file.seek(0)
    head = file.read(_SAMPLE)
    marked = _wide_or_marked(head)
    if marked:
        return marked
    strict = codecs.getincrementaldecoder("utf-8")()
    before, piece = b"", head
    while piece:
        following = file.read(_PIECE)
        try:
            strict.decode(piece, final=not following)
        except UnicodeDecodeError as error:
            # The fault may be in bytes that were kept from the piece before.
            at = max(len(before) + error.start - len(strict.getstate()[0]), 0)
            around = (before + piece)[max(at - _SAMPLE, 0) : at + _SAMPLE]
            return _decoded_as(head + b"\n" + around if before else head)
        before, piece = piece[-_SAMPLE:], following
    return "utf-8"


def _wide_or_marked(head: bytes) -> str | None:
    """UTF-16, UTF-32 or a byte order mark, which the start of a file shows."""
    if not head.strip():
        return None
    found = _decoded_as(head)
    return found if found.startswith(("utf-16", "utf-32", "utf-8-sig", "utf_8_sig")) else None


def _decoded_as(sample: bytes) -> str:
    try:
        return decode(sample).encoding
    except UndecodableError as error:
        raise ReaderError(str(error)) from error


def whole_text(
    data: bytes, declared: str | None = None, *, chosen: str | None = None
) -> tuple[str, str]:
    """A file's text and encoding, where long lines are no fault; what does not fit is U+FFFD.

    Args:
        data: The whole file.
        declared: The encoding that the file says it has; it counts before a guess, and after
            what the bytes themselves show.
        chosen: The encoding that a person chose; it counts before everything.

    Raises:
        ReaderError: The file is binary, or does not fit the encoding chosen.
    """
    if chosen:
        try:
            return data.decode(chosen).removeprefix("\ufeff"), chosen
        except UnicodeError as error:
            message = f"The file is not valid {chosen.upper()} text. Choose another encoding."
            raise ReaderError(message) from error
    found = find_encoding(io.BytesIO(data))
    if declared and not found.startswith("utf"):
        with contextlib.suppress(LookupError, ValueError):
            # `bytes.decode` also knows codecs that give no text; those raise LookupError. A name
            # with a NUL in it is a plain ValueError, and UnicodeError is one too.
            return data.decode(declared), codecs.lookup(declared).name
    return data.decode(found, "replace").removeprefix("\ufeff"), found
