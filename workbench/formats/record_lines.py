"""From the lines of an export back to records: what the JSONL writer wrote, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from workbench.errors import InputError
from workbench.formats.record_checks import ANNOTATION, ARTICLE, RECORD, Check
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
    values["article"] = RecordArticle(**_picked(found["article"], ARTICLE, f"{where}, article"))
    values["annotations"] = tuple(
        _annotation(one, f"{where}, annotation {number}")
        for number, one in enumerate(found["annotations"], 1)
    )
    return Record(**values)


def _annotation(found: Any, where: str) -> RecordAnnotation:
    values = _picked(found, ANNOTATION, where)
    values["labels"] = tuple(values["labels"])
    return RecordAnnotation(**values)


def _picked(found: Any, checks: Mapping[str, Check], where: str) -> dict[str, Any]:
    """The fields of an object, each only if it is what it should be."""
    if not isinstance(found, dict):
        message = f"{where} is no object."
        raise InputError(message)
    for name, is_right in checks.items():
        if name not in found:
            message = f'{where} lacks "{name}".'
            raise InputError(message)
        if not is_right(found[name]):
            message = f'{where}: "{name}" is not what an export writes there.'
            raise InputError(message)
    return {name: found[name] for name in checks}
