"""The native formats: JSON Lines and CSV, whose writers know the record best."""

from collections.abc import Iterator

from workbench.formats.writers.csv import CsvWriter
from workbench.formats.writers.format import FileFormat, Rows, Setting
from workbench.formats.writers.jsonl import JsonlWriter
from workbench.formats.writers.pieces import chunked


def _jsonl(setting: Setting, rows: Rows) -> Iterator[bytes]:
    return chunked(JsonlWriter().rows(rows()))


def _csv(setting: Setting, rows: Rows) -> Iterator[bytes]:
    flavour = setting.flavour
    table = CsvWriter(setting.keys, excel=flavour.excel, delimiter=flavour.delimiter)
    return chunked(_with_header(table, rows))


def _with_header(table: CsvWriter, rows: Rows) -> Iterator[bytes]:
    yield table.header()
    yield from table.rows(rows())


JSONL = FileFormat(
    name="jsonl",
    title="JSONL",
    suffix=JsonlWriter.suffix,
    content_type=JsonlWriter.content_type,
    has_text=True,
    summary="The whole record as JSON Lines: labels, votes, every annotation, article, offsets.",
    chunks=_jsonl,
)
CSV = FileFormat(
    name="csv",
    title="CSV",
    suffix=CsvWriter.suffix,
    content_type=CsvWriter.content_type,
    has_text=True,
    summary="The record as a table with a column a label; with --excel for spreadsheets.",
    chunks=_csv,
    is_table=True,
)
