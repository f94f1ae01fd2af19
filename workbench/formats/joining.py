"""A stand-off export and the articles it was taken from, put together to records again."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson

from workbench.errors import InputError
from workbench.formats.record_lines import parse_record
from workbench.formats.records import SCHEMA, Record
from workbench.formats.writers.standoff import SCHEMA as STANDOFF_SCHEMA
from workbench.formats.writers.standoff import fingerprint

_FARTHEST = 100_000  # code points to a neighbouring sentence


@dataclass(frozen=True, slots=True)
class JoinText:
    """An article as this installation has it.

    Attributes:
        text: Its cleaned text, into which offsets count.
        title: Its headline.
    """

    text: str
    title: str | None


@dataclass(frozen=True, slots=True)
class JoinFault:
    """A line that cannot be joined, while the others go on.

    Attributes:
        where: "line 17".
        reason: One sentence: what is wrong and what to do.
    """

    where: str
    reason: str


def join(
    lines: Iterable[bytes], article: Callable[[str], JoinText | None]
) -> Iterator[Record | JoinFault]:
    """Put every line together with the text of its article.

    Each text is checked against the hash that the line holds of it, so that a record is exactly
    what was exported, or a fault.

    Args:
        lines: Lines of a stand-off export; empty ones are passed over.
        article: Gives the article of a public id, or None. Lines of one article follow each other.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _joined(line, article)
        except InputError as error:
            yield JoinFault(f"line {number:,}", str(error))


def _joined(line: bytes, article: Callable[[str], JoinText | None]) -> Record:
    values = _values(line)
    source = values["article"]
    found = article(source["id"])
    if found is None:
        message = "Its article is not here. Import the files that the export was made from."
        raise InputError(message)
    start, end = values["start"], values["end"]
    text = found.text[start:end] if 0 <= start <= end else ""
    if fingerprint(text) != values["text"] or fingerprint(found.title) != source["title"]:
        message = "Its article reads otherwise here: it was changed, or cleaned by another version."
        raise InputError(message)
    whole = {
        **values,
        "schema": SCHEMA,
        "text": text,
        "article": {**source, "title": found.title},
        "before": _neighbour(values["before"], _ends(found.text, start)),
        "after": _neighbour(values["after"], _starts(found.text, end)),
    }
    return parse_record(orjson.dumps(whole))


def _values(line: bytes) -> dict[str, Any]:
    try:
        values = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        message = "The line is not JSON. Write it anew."
        raise InputError(message) from error
    if not isinstance(values, dict) or values.get("schema") != STANDOFF_SCHEMA:
        message = f'The line is no stand-off record: it lacks "schema": "{STANDOFF_SCHEMA}".'
        raise InputError(message)
    places = (values.get("start"), values.get("end"))
    source = values.get("article")
    prints = (values.get("text"), values.get("before"), values.get("after"))
    is_whole = (
        {"text", "before", "after"} <= values.keys()
        and all(isinstance(place, int) for place in places)
        and isinstance(source, dict)
        and isinstance(source.get("id"), str)
        and "title" in source
        and all(_is_fingerprint(one) for one in (*prints, source["title"]))
    )
    if not is_whole:
        message = "The stand-off record lacks its place, its article or a hash. Export it anew."
        raise InputError(message)
    return values


def _is_fingerprint(value: object) -> bool:
    return value is None or (
        isinstance(value, dict)
        and isinstance(value.get("length"), int)
        and value["length"] >= 0
        and isinstance(value.get("sha256"), str)
    )


def _ends(text: str, start: int) -> Callable[[int], Iterator[str]]:
    """The pieces of a length before a place, the nearest first."""
    return lambda length: (text[end - length : end] for end in range(start, length - 1, -1))


def _starts(text: str, end: int) -> Callable[[int], Iterator[str]]:
    """The pieces of a length after a place, the nearest first."""
    return lambda length: (
        text[start : start + length] for start in range(end, len(text) - length + 1)
    )


def _neighbour(wanted: dict[str, Any] | None, pieces: Callable[[int], Iterator[str]]) -> str | None:
    """The neighbouring sentence that a hash is of: white space and other segments lie between."""
    if wanted is None:
        return None
    for piece in islice(pieces(wanted["length"]), _FARTHEST):
        if hashlib.sha256(piece.encode()).hexdigest() == wanted["sha256"]:
            return piece
    message = "A sentence beside it reads otherwise here: its article was changed or cleaned anew."
    raise InputError(message)
