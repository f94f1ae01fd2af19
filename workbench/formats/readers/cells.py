r"""Rows of a delimited table: quoted cells, quotation marks that are text, and nothing lost.

Python's own csv module drops marks out of a cell such as `"Yes" he said`, swallows rows behind a
mark that is never closed, and refuses a lone `\r`. Here a mark quotes a cell only if the cell ends
with one as well; any other is text, and is reported.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.formats.readers.lines import Line
from workbench.formats.readers.record import RecordFault

_ENDS = ("", "\n", "\r\n", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        line: The number of the line it begins on.
        text: The line or lines it was read from, line ends included.
        cells: What its cells say.
        has_lone_mark: Whether a quotation mark in it was taken as text.
    """

    line: int
    text: str
    cells: list[str]
    has_lone_mark: bool


class _Ahead:
    """Lines that can be looked at before they are taken."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines, self._seen = iter(lines), deque[Line]()

    def at(self, ahead: int) -> Line | None:
        """The line so many lines on, or None behind the last."""
        while len(self._seen) <= ahead:
            line = next(self._lines, None)
            if line is None:
                return None
            self._seen.append(line)
        return self._seen[ahead]

    def take(self, count: int) -> None:
        for _ in range(count):
            self._seen.popleft()


def rows(lines: Iterable[Line], delimiter: str, longest: int) -> Iterator[Row | RecordFault]:
    """Rows in order, blank lines left out.

    Args:
        lines: The lines of the table.
        delimiter: One character; an empty string for a table of one column.
        longest: The longest row, in code points.

    Yields:
        Rows; a fault for a line that is too long; and a fault at the end where a quotation mark
        is opened and not closed within the longest row: which of the lines behind it are rows
        cannot be told, so none of them is.
    """
    ahead = _Ahead(lines)
    while line := ahead.at(0):
        if line.text is None:
            ahead.take(1)
            reason = f"The line is longer than {longest:,} characters. Shorten or remove it."
            yield RecordFault(f"line {line.number}", reason)
        elif not line.text.strip("\r\n"):
            ahead.take(1)
        else:
            parser = _RowParser(ahead, delimiter, longest)
            try:
                row = parser.row(line.number)
            except _UnclosedError:
                reason = (
                    f"A quotation mark opened in this row is not closed within {longest:,} "
                    "characters; nothing from here on was read. Close it, or double it where it "
                    "is part of the text."
                )
                yield RecordFault(f"line {line.number}", reason)
                return
            yield row
            ahead.take(parser.n_lines)


class _UnclosedError(Exception):
    """A quoted cell has no end."""


class _RowParser:
    """One row: where it is in which line, and what has been found."""

    def __init__(self, ahead: _Ahead, delimiter: str, longest: int) -> None:
        self._ahead, self._delimiter, self._longest = ahead, delimiter, longest
        self._text = self._line(0) or ""
        self._at = 0
        self._has_lone_mark = False
        self.n_lines = 1

    def row(self, number: int) -> Row:
        cells = [self._cell()]
        while self._delimiter and self._text.startswith(self._delimiter, self._at):
            self._at += 1
            cells.append(self._cell())
        texts = [self._line(n) or "" for n in range(self.n_lines)]
        return Row(number, "".join(texts), cells, self._has_lone_mark)

    def _line(self, ahead: int) -> str | None:
        line = self._ahead.at(ahead)
        return line.text if line else None

    def _cell(self) -> str:
        start = self._at
        while self._text.startswith(" ", start):
            start += 1
        if self._text.startswith('"', start):
            quoted = self._quoted(start + 1)
            if quoted is not None:
                return quoted
            self._has_lone_mark = True
        return self._plain()

    def _plain(self) -> str:
        end = self._text.find(self._delimiter, self._at) if self._delimiter else -1
        if end < 0:
            end = len(self._text.removesuffix("\n").removesuffix("\r"))
        cell = self._text[self._at : end]
        self._at = end
        return cell

    def _quoted(self, start: int) -> str | None:
        """The rest of a quoted cell, or None if its mark turns out to be text."""
        pieces: list[str] = []
        text, ahead, size = self._text, self.n_lines - 1, 0
        while True:
            mark = text.find('"', start)
            if mark < 0:
                pieces.append(text[start:])
                size += len(text)
                ahead, start = ahead + 1, 0
                text = self._following(ahead, size)
            elif text.startswith('""', mark):
                pieces.append(text[start : mark + 1])
                start = mark + 2
            else:
                pieces.append(text[start:mark])
                break
        if not self._closes(text, mark + 1):
            return None
        self._text, self._at, self.n_lines = text, mark + 1, ahead + 1
        return "".join(pieces)

    def _following(self, ahead: int, size: int) -> str:
        text = self._line(ahead)
        if text is None or size + len(text) > self._longest:
            raise _UnclosedError
        return text

    def _closes(self, text: str, at: int) -> bool:
        if self._delimiter and text.startswith(self._delimiter, at):
            return True
        return text[at:] in _ENDS
