"""Delimited tables, one article a row: commas, semicolons, tabs or bars, found by trying."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from workbench.formats.readers import columns
from workbench.formats.readers.cells import Row, rows
from workbench.formats.readers.lines import Line, Lines
from workbench.formats.readers.opened import Opened
from workbench.formats.readers.record import Found, ReaderError, RecordFault

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 50
_TOLD = re.compile(r"sep=([,;\t|:])\r?\n?", re.IGNORECASE)


def headers(opened: Opened) -> tuple[str, ...]:
    """The names of the columns.

    Raises:
        ReaderError: There is no first row.
    """
    return _begun(opened)[1]


def read(opened: Opened) -> Iterator[Found]:
    """Read a table; its first row names the columns.

    Yields:
        A record for each row that has as many cells as there are columns, or lacks some at its
        end that cannot have been torn off; a fault for each other one.

    Raises:
        ReaderError: No column is known to hold the text.
    """
    lines, names, table = _begun(opened)
    mapping = columns.mapping_for(names, opened.mapping)
    text_at = names.index(mapping["text"])
    before: Row | None = None
    number = 0
    row = next(table, None)
    while row is not None:
        after = next(table, None)
        number += 1
        if isinstance(row, RecordFault):
            yield row
        else:
            next_row = after if isinstance(after, Row) else None
            problem = _fault(row, before, next_row, n_columns=len(names), text_at=text_at)
            if problem:
                yield RecordFault(f"line {row.line}", problem)
            else:
                yield _record(opened, lines, row, names, mapping, number)
        before, row = (row if isinstance(row, Row) else None), after


def _begun(opened: Opened) -> tuple[Lines, tuple[str, ...], Iterator[Row | RecordFault]]:
    """The lines, the names of the columns, and the rows below them."""
    lines = Lines(opened.file, longest=opened.limits.line, encoding=opened.encoding)
    sample = list(islice(lines, _SAMPLE))
    told = _TOLD.fullmatch(sample[0].text or "") if sample else None
    delimiter = told[1] if told else _delimiter(opened, sample)
    rest = islice(lines, 1, None) if told else iter(lines)
    table = rows(rest, delimiter, opened.limits.line)
    first = next(table, None)
    if not isinstance(first, Row):
        message = "The table has no first line that names its columns. Add one."
        raise ReaderError(message)
    return lines, columns.distinct(map(lines.readable, first.cells)), table


def _delimiter(opened: Opened, sample: list[Line]) -> str:
    """The delimiter under which the first line names most of what is looked for."""

    def worth(delimiter: str) -> tuple[int, int, int]:
        tried = rows(sample, delimiter, opened.limits.line)
        found = [row.cells for row in tried if isinstance(row, Row)]
        if not found:
            return (0, 0, 0)
        first = columns.distinct(found[0])
        wanted = set((opened.mapping or columns.guess_mapping(first)).values())
        alike = sum(len(cells) == len(first) for cells in found)
        return (len(wanted & set(first)), alike if len(first) > 1 else 0, len(first))

    best = max(_DELIMITERS, key=worth)
    # Under one column a delimiter is a sign like any other.
    return best if worth(best)[2] > 1 else ""


def _fault(
    row: Row, before: Row | None, after: Row | None, *, n_columns: int, text_at: int
) -> str | None:
    """Why a row cannot be a record, or None."""
    n_cells = len(row.cells)
    if n_cells > n_columns and any(cell.strip() for cell in row.cells[n_columns:]):
        return (
            f"The row has more cells ({n_cells}) than the table has columns ({n_columns}). "
            "Put cells that hold a delimiter in quotation marks."
        )
    if n_cells < n_columns and (
        n_cells <= text_at or _are_torn(row, before, n_columns) or _are_torn(row, after, n_columns)
    ):
        return (
            f"The row has fewer cells ({n_cells}) than the table has columns ({n_columns}): a line "
            "break may have torn it. Put cells that hold one in quotation marks."
        )
    return None


def _are_torn(row: Row, neighbour: Row | None, n_columns: int) -> bool:
    """Whether a short row and a short one beside it look like one row cut in two."""
    if neighbour is None or len(neighbour.cells) >= n_columns:
        return False
    sizes = len(row.cells), len(neighbour.cells)
    return min(sizes) == 1 or sum(sizes) - 1 == n_columns


def _record(
    opened: Opened,
    lines: Lines,
    row: Row,
    names: tuple[str, ...],
    mapping: Mapping[str, str],
    number: int,
) -> Found:
    cells = [lines.readable(cell) for cell in row.cells[: len(names)]]
    problems = []
    if row.has_lone_mark:
        problems.append("quotation mark that quotes nothing, kept as text")
    if len(cells) < len(names):
        problems.append(f"cells missing at the end: {len(names) - len(cells)}")
    values = dict(zip(names[: len(cells)], cells, strict=True))
    try:
        return columns.record(
            opened,
            values,
            mapping,
            raw=lines.raw(row.text),
            encoding=lines.encoding,
            number=number,
            problems=tuple(problems),
        )
    except ReaderError as error:
        return RecordFault(f"line {row.line}", str(error))
