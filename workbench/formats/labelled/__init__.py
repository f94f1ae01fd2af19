"""Labelled files of other tools, and our own: texts with what was given to them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from workbench.formats.labelled import doccano, gathering, labelstudio, native, prodigy
from workbench.formats.labelled.asked import Asked
from workbench.formats.labelled.found import (
    Decision,
    LabelledFault,
    LabelledFound,
    LabelledSpan,
    LabelledText,
    LineError,
    Origin,
    Problem,
)
from workbench.formats.readers.limits import BROWSER, Limits
from workbench.formats.readers.lines import Lines
from workbench.formats.readers.opened import Opened, opened
from workbench.formats.readers.record import ReaderError
from workbench.formats.readers.strict_json import parsed
from workbench.formats.records import SCHEMA

__all__ = [
    "LABELLED",
    "Asked",
    "Decision",
    "LabelledFault",
    "LabelledFound",
    "LabelledSpan",
    "LabelledText",
    "Origin",
    "Problem",
    "is_gathered",
    "kind_of",
    "read",
]

Reader = Callable[[dict[str, Any], str, Asked], LabelledText]

_JSONL: Mapping[str, Reader] = {"prodigy": prodigy.read, "doccano": doccano.read}
LABELLED = ("jsonl", *_JSONL, "labelstudio")
"""The kinds of labelled files that are read."""


def kind_of(name: str, data: bytes | BinaryIO, *, limits: Limits = BROWSER) -> str | None:
    """Which of `LABELLED` a file is, by its first record; None: it holds no labels.

    Raises:
        ReaderError: The file is empty, binary or too large.
    """
    file = opened(name, data, limits, None)
    is_array = file.head(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    lines = Lines(file.file, longest=limits.line)
    try:
        if is_array:
            return "labelstudio" if _is_task(_first_of_array(file)) else None
        first = next((line.text for line in lines if line.text is None or line.text.strip()), None)
        return None if first is None else _kind(_object(first, limits))
    except ReaderError:
        return None  # no JSON: whatever it is, it is none of these


def read(
    name: str, data: bytes | BinaryIO, kind: str, asked: Asked, *, limits: Limits = BROWSER
) -> Iterator[LabelledFound]:
    """Read a labelled file record by record, in its order.

    JSON Lines are read line by line; Label Studio's array has to be in memory as a whole.

    Args:
        name: The file's name.
        data: The file, or a stream that can be sought in; it is not closed.
        kind: One of `LABELLED`.
        asked: The labels there are, and what goes for the whole file.
        limits: The bounds to keep to.

    Yields:
        Each text with its decisions, and a fault for each record that cannot be taken.

    Raises:
        ReaderError: The file as a whole cannot be read; raised while iterating.
    """
    file = opened(name, data, limits, None)
    if kind == "labelstudio":
        yield from _tasks(file, asked)
        return
    lines = Lines(file.file, longest=limits.line)
    for line in lines:
        where = f"line {line.number}"
        if line.text is not None and not line.text.strip():
            continue
        try:
            if line.text is None:
                reason = f"The line is longer than {limits.line:,} characters. Shorten it."
                raise LineError(Problem.UNREADABLE, reason)
            text = lines.readable(line.text)
            if kind == "jsonl":
                yield native.read(text, where, asked)
            else:
                yield _JSONL[kind](_object(text, limits), where, asked)
        except LineError as error:
            yield LabelledFault(where, error.problem, str(error))
        except ReaderError as error:
            yield LabelledFault(where, Problem.UNREADABLE, str(error))


def is_gathered(name: str, data: bytes | BinaryIO, kind: str, *, limits: Limits = BROWSER) -> bool:
    """Whether the texts of one article follow each other; those of other tools are of none.

    Raises:
        ReaderError: The file as a whole cannot be read.
    """
    if kind != "jsonl":
        return True
    lines = Lines(opened(name, data, limits, None).file, longest=limits.line)
    return gathering.is_gathered(line.text for line in lines if line.text and line.text.strip())


def _tasks(file: Opened, asked: Asked) -> Iterator[LabelledFound]:
    for number, task in enumerate(_array(file), 1):
        where = f"task {number}"
        try:
            if not isinstance(task, dict):
                raise LineError(Problem.UNREADABLE, "The task is no object. Write it as one.")
            yield labelstudio.read(task, where, asked)
        except LineError as error:
            yield LabelledFault(where, error.problem, str(error))


def _array(file: Opened) -> list[Any]:
    try:
        text = file.whole().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"The file is not UTF-8 from byte {error.start + 1:,} on. Export it anew."
        raise ReaderError(message) from error
    found = parsed(text, depth=file.limits.depth)
    if not isinstance(found, list):
        message = "The file is no list of tasks. Export it from Label Studio as JSON."
        raise ReaderError(message)
    return found


def _first_of_array(file: Opened) -> dict[str, Any]:
    found = _array(file)
    return found[0] if found and isinstance(found[0], dict) else {}


def _object(text: str, limits: Limits) -> dict[str, Any]:
    found = parsed(text, depth=limits.depth)
    if not isinstance(found, dict):
        message = "It is no JSON object. Write each text as one."
        raise ReaderError(message)
    return found


def _is_task(values: dict[str, Any]) -> bool:
    is_full = "data" in values and ("annotations" in values or "completions" in values)
    return is_full or "annotation_id" in values


def _kind(values: dict[str, Any]) -> str | None:
    if values.get("schema") == SCHEMA:
        return "jsonl"
    if "_input_hash" in values or "answer" in values:
        return "prodigy"
    if {"label", "labels", "entities", "cats"} & values.keys() and {"text", "data"} & values.keys():
        return "doccano"
    return None
