"""JSON: a list of objects, an object that holds such a list, or one article as an object."""

import json
import re
from collections.abc import Iterator

from workbench.formats.readers import columns
from workbench.formats.readers.encodings import whole_text
from workbench.formats.readers.jsonl import mapping_of, object_of
from workbench.formats.readers.opened import Opened
from workbench.formats.readers.record import ArticleRecord, Found, ReaderError, RecordFault

Piece = tuple[int, int]
"""Where a value begins in the text, and where it ends."""

_SPACE = re.compile(r"[ \t\n\r]*")
_SAMPLE = 100


def headers(opened: Opened) -> tuple[str, ...]:
    """The keys of the first objects, in order of appearance.

    Raises:
        ReaderError: The file is not JSON.
    """
    text, _ = whole_text(opened.whole(), chosen=opened.encoding)
    pieces = _list_in(text)
    keys: dict[str, None] = {}
    for start, end in (pieces if pieces is not None else [(0, len(text))])[:_SAMPLE]:
        try:
            keys |= dict.fromkeys(object_of(text[start:end], opened))
        except ReaderError:
            continue  # it is told when the file is read
    return tuple(keys)


def read(opened: Opened) -> Iterator[Found]:
    """Read a JSON file.

    The whole file is looked through before the first record is given, so that a broken file
    gives none; then each record is parsed by itself.

    Raises:
        ReaderError: The file is not JSON, or holds no list and is no article.
    """
    data = opened.whole()
    text, encoding = whole_text(data, chosen=opened.encoding)
    pieces = _list_in(text)
    if pieces is None:
        values = object_of(text, opened)
        mapping = mapping_of(opened, values)
        yield columns.record(opened, values, mapping, raw=data, encoding=encoding, number=0)
        return
    for number, (start, end) in enumerate(pieces, 1):
        try:
            yield _record(opened, text[start:end], number)
        except ReaderError as error:
            yield RecordFault(f"record {number}", str(error))


def _record(opened: Opened, piece: str, number: int) -> ArticleRecord:
    if len(piece) > opened.limits.line:
        message = f"The record is longer than {opened.limits.line:,} characters. Shorten it."
        raise ReaderError(message)
    values = object_of(piece, opened)
    mapping = mapping_of(opened, values)
    return columns.record(
        opened, values, mapping, raw=piece.encode(), encoding="utf-8", number=number
    )


def _list_in(text: str) -> list[Piece] | None:
    """The pieces of the list that a file holds; None if it is an object without one."""
    start = _skip(text, 0)
    if text.startswith("[", start):
        found, end = _elements(text, start)
        _refuse_rest(text, end)
        return found
    if not text.startswith("{", start):
        message = "The file is neither a JSON list nor an object. Choose another one."
        raise ReaderError(message)
    members, end = _members(text, start)
    _refuse_rest(text, end)
    mapped = columns.guess_mapping(members)
    if "text" in mapped and text.startswith('"', members[mapped["text"]][0]):
        return None
    for at, _ in members.values():
        if text.startswith("[", at) and text.startswith("{", _skip(text, at + 1)):
            return _elements(text, at)[0]
    return None


def _elements(text: str, start: int) -> tuple[list[Piece], int]:
    """The values of the list that begins at `start`, and where it ends."""
    found: list[Piece] = []
    at = _skip(text, start + 1)
    if text.startswith("]", at):
        return found, at + 1
    while True:
        found.append((at, _value_end(text, at)))
        at = _skip(text, found[-1][1])
        if text.startswith("]", at):
            return found, at + 1
        at = _skip(text, _behind(text, ",", at))


def _members(text: str, start: int) -> tuple[dict[str, Piece], int]:
    """The values of the object that begins at `start`, by key, and where it ends."""
    found: dict[str, Piece] = {}
    at = _skip(text, start + 1)
    if text.startswith("}", at):
        return found, at + 1
    while True:
        end = _value_end(text, at) if text.startswith('"', at) else _behind(text, '"', at)
        key = str(_LOOSE.decode(text[at:end]))
        at = _skip(text, _behind(text, ":", _skip(text, end)))
        found[key] = (at, _value_end(text, at))
        at = _skip(text, found[key][1])
        if text.startswith("}", at):
            return found, at + 1
        at = _skip(text, _behind(text, ",", at))


# Finds ends only; what may stand in a value is looked at when it is parsed for its record.
_LOOSE = json.JSONDecoder(parse_int=len, parse_float=len)


def _value_end(text: str, at: int) -> int:
    try:
        return _LOOSE.raw_decode(text, at)[1]
    except json.JSONDecodeError as error:
        raise ReaderError(_broken(text, error.pos)) from error
    except RecursionError as error:
        message = "The file is nested too deep to be read. Flatten it."
        raise ReaderError(message) from error


def _behind(text: str, sign: str, at: int) -> int:
    if not text.startswith(sign, at):
        raise ReaderError(_broken(text, at))
    return at + 1


def _refuse_rest(text: str, end: int) -> None:
    rest = _skip(text, end)
    if rest < len(text):
        raise ReaderError(_broken(text, rest))


def _broken(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"The file is not valid JSON from line {line} on. Write it anew."


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
