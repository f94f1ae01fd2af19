"""The report of an import as a file: a row a line, for a spreadsheet or for a program."""

from collections.abc import Iterator
from dataclasses import asdict, fields

import orjson

from workbench.errors import NotFoundError
from workbench.services.imports import ImportReport, ReportLine

TYPES = {"csv": "text/csv; charset=utf-8; header=present", "jsonl": "application/jsonl"}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
ROWS_AT_ONCE = 500


def written(report: ImportReport, *, fmt: str) -> Iterator[bytes]:
    """The report, some hundred rows at a time.

    CSV is for reading: a byte order mark, every field quoted, and a `'` before what a spreadsheet
    would take for a formula. JSONL is exact.

    Raises:
        NotFoundError: There is no such format.
    """
    if fmt not in TYPES:
        message = f"There is no such format. There are: {', '.join(TYPES)}."
        raise NotFoundError(message)
    return _csv(report) if fmt == "csv" else _jsonl(report)


def _jsonl(report: ImportReport) -> Iterator[bytes]:
    rows = [asdict(line) for line in report.lines]
    for at in range(0, len(rows), ROWS_AT_ONCE):
        yield b"".join(orjson.dumps(row) + b"\n" for row in rows[at : at + ROWS_AT_ONCE])


def _csv(report: ImportReport) -> Iterator[bytes]:
    names = [field.name for field in fields(ReportLine)]
    yield "\ufeff".encode() + _row(names)
    for at in range(0, len(report.lines), ROWS_AT_ONCE):
        part = report.lines[at : at + ROWS_AT_ONCE]
        yield b"".join(_row([str(getattr(line, name)) for name in names]) for line in part)


def _row(cells: list[str]) -> bytes:
    return (",".join(_cell(cell) for cell in cells) + "\r\n").encode()


def _cell(value: str) -> str:
    safe = f"'{value}" if value.startswith(FORMULA_STARTS) else value
    return '"' + safe.replace('"', '""') + '"'
