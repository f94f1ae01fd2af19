"""From the lines of an export back to records: what the JSONL writer wrote, and nothing else."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import orjson

from workbench.errors import InputError
from workbench.formats.record_checks import ANNOTATION, ARTICLE, RECORD, Fields
from workbench.formats.records import SCHEMA, Record, RecordAnnotation, RecordArticle


def parse_record(line: bytes, *, where: str = "The line") -> Record:
    """One record from its line.

    Args:
        line: A line of a native export, with or without its line feed.
        where: What an error is to call the line.

    Raises:
        InputError: It is no record of this version; the message says what it lacks.
    """
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        message = f"{where} is not JSON: {error}."
        raise InputError(message) from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        message = f'{where} is no record of an export: it lacks "schema": "{SCHEMA}".'
        raise InputError(message)
    return _record(found, where)


def parse_records(lines: Iterable[bytes], *, name: str) -> Iterator[Record]:
    """The records of a file, line by line; empty lines are passed over.

    Raises:
        InputError: A line is none; the message names it.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield parse_record(line, where=f"{name}, line {number:,}")


def _record(found: dict[str, Any], where: str) -> Record:
    values = _picked(found, RECORD, where)
    values["labels"] = tuple(values["labels"])
    values["article"] = _article(values["article"], where)
    values["annotations"] = tuple(
        [
            _annotation(one, f"{where}, annotation {number}")
            for number, one in enumerate(values["annotations"], 1)
        ]
    )
    return Record(**values)


def _article(found: dict[str, Any], where: str) -> RecordArticle:
    # Records of one article follow each other: what was found right is not looked at again.
    try:
        known = _known_article(tuple(found.items()))
    except TypeError:  # a list or an object where none belongs
        known = None
    return known or RecordArticle(**_picked(found, ARTICLE, f"{where}, article"))


@lru_cache(maxsize=16)
def _known_article(items: tuple[tuple[str, Any], ...]) -> RecordArticle | None:
    try:
        return RecordArticle(**_picked(dict(items), ARTICLE, ""))
    except InputError:
        return None


def _annotation(found: Any, where: str) -> RecordAnnotation:
    values = _picked(found, ANNOTATION, where)
    values["labels"] = tuple(values["labels"])
    return RecordAnnotation(**values)


def _picked(found: Any, fields: Fields, where: str) -> dict[str, Any]:
    """The fields of an object, each only if it is what it should be."""
    if not isinstance(found, dict):
        message = f"{where} is no object."
        raise InputError(message)
    try:
        values = {name: found[name] for name in fields.types}
    except KeyError as error:
        message = f'{where} lacks "{error.args[0]}".'
        raise InputError(message) from None
    wrong = fields.wrong(values)
    if wrong is not None:
        message = f'{where}: "{wrong}" is not what an export writes there.'
        raise InputError(message)
    return values
