"""Parquet tables, a few rows in memory at a time."""

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from workbench.formats.readers import columns
from workbench.formats.readers.limits import MEGABYTE
from workbench.formats.readers.opened import Opened
from workbench.formats.readers.record import ArticleRecord, Found, ReaderError, RecordFault

_ROWS = 64
_MOST_STRING = 10 * MEGABYTE  # of the file's own description, in bytes
_MOST_LIST = 1_000_000  # the same, in entries


def headers(opened: Opened) -> tuple[str, ...]:
    """The names of the columns that hold plain values.

    Raises:
        ReaderError: The file is damaged.
    """
    with _damage_told():
        return _plain_columns(_table(opened))


def read(opened: Opened) -> Iterator[Found]:
    """Read a table row by row.

    A row has no bytes of its own, so its `raw` is its plain columns as JSON.

    Raises:
        ReaderError: The file is damaged, comes to too much, or no column is known to hold text.
    """
    with _damage_told():
        table = _table(opened)
        names = _plain_columns(table)
    mapping = columns.mapping_for(names, opened.mapping)
    number = size = 0
    for cells in _rows(table, names):
        number += 1
        try:
            found = _record(opened, names, cells, mapping, number)
        except ReaderError as error:
            yield RecordFault(f"row {number}", str(error))
            continue
        size += len(found.raw)
        if size > opened.limits.archive_bytes:
            message = "The table unpacks to more than is allowed. Split it."
            raise ReaderError(message)
        yield found


@contextmanager
def _damage_told() -> Iterator[None]:
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        message = "The Parquet file is damaged. Write it anew."
        raise ReaderError(message) from error


def _table(opened: Opened) -> Any:
    from pyarrow import parquet

    opened.file.seek(0)
    limits = {
        "thrift_string_size_limit": _MOST_STRING,
        "thrift_container_size_limit": _MOST_LIST,
    }
    schema = parquet.ParquetFile(opened.file, **limits).schema_arrow
    opened.file.seek(0)
    # A text that is repeated a million times stays one text in memory.
    texts = [field.name for field in schema if _is_text(field.type)]
    return parquet.ParquetFile(opened.file, read_dictionary=texts, **limits)


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _plain_columns(table: Any) -> tuple[str, ...]:
    import pyarrow as pa

    def is_plain(kind: Any) -> bool:
        if pa.types.is_dictionary(kind):
            kind = kind.value_type
        return _is_text(kind) or any(
            test(kind)
            for test in (
                *(pa.types.is_integer, pa.types.is_float32, pa.types.is_float64),
                *(pa.types.is_boolean, pa.types.is_date, pa.types.is_timestamp),
            )
        )

    return tuple(field.name for field in table.schema_arrow if is_plain(field.type))


def _rows(table: Any, names: tuple[str, ...]) -> Iterator[list[Any]]:
    """Each row's cells, as Arrow holds them."""
    import pyarrow as pa

    with _damage_told():
        for batch in table.iter_batches(batch_size=_ROWS, columns=list(names)):
            held = [
                # As a string a date can have any year.
                column.cast(pa.string()) if pa.types.is_temporal(column.type) else column
                for column in batch.columns
            ]
            for at in range(batch.num_rows):
                yield [column[at] for column in held]


def _record(
    opened: Opened,
    names: tuple[str, ...],
    cells: list[Any],
    mapping: Mapping[str, str],
    number: int,
) -> ArticleRecord:
    try:
        values = {name: _value(cell) for name, cell in zip(names, cells, strict=True)}
    except UnicodeDecodeError as error:
        message = "A text of the row is not valid UTF-8. Write it anew."
        raise ReaderError(message) from error
    if len(str(values.get(mapping["text"]) or "")) > opened.limits.line:
        message = f"The text is longer than {opened.limits.line:,} characters. Split it."
        raise ReaderError(message)
    raw = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return columns.record(opened, values, mapping, raw=raw, encoding="utf-8", number=number)


def _value(cell: Any) -> object:
    value = cell.as_py()
    # What pandas writes for a missing number.
    return None if isinstance(value, float) and not math.isfinite(value) else value
