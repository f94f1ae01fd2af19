"""Strings of a file to the text of an article, under the rules for every text."""

import re

from workbench.formats.readers.record import ReaderError
from workbench.text import decoding
from workbench.text.decoding import Decoded, UndecodableError, decode

DAMAGED = decoding.DAMAGED

_LONGEST_LINE = 1_000
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].{0,30})?")
_URL = re.compile(r"https?://[^\s<>\"\\]{1,2000}", re.IGNORECASE)


def decoded(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode a whole text file.

    Raises:
        ReaderError: It is binary or cannot be decoded.
    """
    try:
        return decode(data, encoding)
    except UndecodableError as error:
        raise ReaderError(str(error)) from error


def checked(text: str) -> Decoded:
    """Hold a string to what goes for a decoded file: NUL replaced, no half pairs, no binary.

    Raises:
        ReaderError: It cannot be the text of an article.
    """
    if not text.strip():
        message = "The text is empty. Fill it in, or leave the record out."
        raise ReaderError(message)
    try:
        return decode(text.encode(), "utf-8")
    except UnicodeEncodeError as error:
        message = "The text holds half a character pair (a lone surrogate). Write it anew."
        raise ReaderError(message) from error
    except UndecodableError as error:
        raise ReaderError(str(error).replace("The file", "The text", 1)) from error


def one_line(value: str | None) -> str | None:
    """A detail such as a title on one line, without control characters; None if nothing is left."""
    if value is None:
        return None
    flat = _CONTROLS.sub(" ", value[: 10 * _LONGEST_LINE]).strip()
    # Half a pair cannot be stored; in a detail it is worth no record.
    return flat.encode(errors="replace").decode()[:_LONGEST_LINE] or None


def web_address(value: str | None) -> str | None:
    """A URL that a page may link to: http or https, nothing else."""
    found = _URL.fullmatch((value or "").strip())
    return one_line(found[0]) if found else None


def language_code(value: str | None) -> str | None:
    """The language of a tag such as en-GB, in lower case."""
    found = _LANGUAGE.fullmatch((value or "").strip())
    return found[1].lower() if found else None
