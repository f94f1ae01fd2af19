"""JSON Lines: an object a line, each for itself."""

from collections.abc import Iterator, Mapping
from itertools import islice

from workbench.formats.readers import columns
from workbench.formats.readers.lines import Line, Lines
from workbench.formats.readers.opened import Opened
from workbench.formats.readers.record import ArticleRecord, Found, ReaderError, RecordFault
from workbench.formats.readers.strict_json import parsed

_SAMPLE = 100


def headers(opened: Opened) -> tuple[str, ...]:
    """The keys of the first objects, in order of appearance."""
    keys: dict[str, None] = {}
    lines = Lines(opened.file, longest=opened.limits.line, encoding=opened.encoding)
    for line in islice(lines, _SAMPLE):
        try:
            keys |= dict.fromkeys(_values(opened, lines, line))
        except ReaderError:
            continue  # it is told when the file is read
    return tuple(keys)


def read(opened: Opened) -> Iterator[Found]:
    """Read a file line by line.

    Yields:
        A record for each line that holds an article; a fault with its line number for each other
        one. Blank lines are passed over.

    Raises:
        ReaderError: The file is binary, or the choice of columns cannot be one.
    """
    lines = Lines(opened.file, longest=opened.limits.line, encoding=opened.encoding)
    number = 0
    for line in lines:
        if line.text is not None and not line.text.strip():
            continue
        number += 1
        try:
            yield _record(opened, lines, line, number)
        except ReaderError as error:
            yield RecordFault(f"line {line.number}", str(error))


def _record(opened: Opened, lines: Lines, line: Line, number: int) -> ArticleRecord:
    values = _values(opened, lines, line)
    return columns.record(
        opened,
        values,
        mapping_of(opened, values),
        raw=lines.raw(line.text or "").rstrip(b"\r\n"),
        encoding=lines.encoding,
        number=number,
    )


def mapping_of(opened: Opened, values: dict[str, object]) -> Mapping[str, str]:
    """The mapping for one object: objects of a file need not all have the same keys.

    Raises:
        ReaderError: No key is known to hold the text.
    """
    if opened.mapping is not None:
        return columns.checked_choice(opened.mapping)
    return columns.mapping_for(tuple(values), None)


def object_of(text: str, opened: Opened) -> dict[str, object]:
    """The object that a piece of JSON gives.

    Raises:
        ReaderError: It is none.
    """
    value = parsed(text, depth=opened.limits.depth)
    if not isinstance(value, dict):
        message = "It is no JSON object. Write each record as one, with its text under 'text'."
        raise ReaderError(message)
    return value


def _values(opened: Opened, lines: Lines, line: Line) -> dict[str, object]:
    if line.text is None:
        message = f"The line is longer than {opened.limits.line:,} characters. Shorten it."
        raise ReaderError(message)
    return object_of(lines.readable(line.text), opened)
