"""Lines of a text file with the bytes they were read from, however long the file is."""

import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from workbench.formats.readers.encodings import find_encoding

_HEAD = 1 << 16
_ESCAPED = re.compile(r"[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands.

    Attributes:
        number: Its number, from 1.
        text: What it says, with its line end; None where it is longer than a line may be.
    """

    number: int
    text: str | None


class Lines:
    """The lines of a file, ended by LF or CR LF; by CR alone only where there is no LF at all.

    A lone CR in a file of LF lines is part of the text.

    Attributes:
        encoding: The encoding of the bytes that `raw` gives: the file's, or UTF-8 for a file in
            UTF-16 or UTF-32, whose lines cannot stand alone.
    """

    def __init__(self, file: BinaryIO, *, longest: int, encoding: str | None = None) -> None:
        """Find the encoding; read nothing yet.

        Args:
            file: The file; it can be sought in, and is not closed.
            longest: The longest line, in code points.
            encoding: The encoding that a person chose; None to find it.

        Raises:
            ReaderError: The file is binary.
        """
        self._file, self._longest = file, longest
        self._used = encoding or find_encoding(file)
        is_wide = self._used.startswith(("utf-16", "utf-32"))
        self.encoding = "utf-8" if is_wide else self._used.removesuffix("-sig")
        # Bytes that do not fit are kept as they are until the line is looked at.
        self._errors = "replace" if is_wide else "surrogateescape"
        file.seek(0)
        self._end = "\n" if b"\n" in file.read(_HEAD) else None

    def __iter__(self) -> Iterator[Line]:
        """Line after line, from the start."""
        self._file.seek(0)
        text = io.TextIOWrapper(
            self._file, self._used, self._errors, newline=self._end or self._line_end()
        )
        try:
            number = 0
            while line := text.readline(self._longest + 1):
                number += 1
                yield Line(number, line if len(line) <= self._longest else None)
                while len(line) > self._longest and not line.endswith(("\n", "\r")):
                    line = text.readline(self._longest + 1)
        finally:
            with contextlib.suppress(ValueError):  # whoever reads has closed the file already
                text.detach()  # or it would close the file

    def raw(self, text: str) -> bytes:
        """The bytes that a piece of the lines was read from."""
        return text.encode(self.encoding, self._errors)

    def readable(self, text: str) -> str:
        """A piece of the lines with U+FFFD for what does not fit the encoding."""
        if not _ESCAPED.search(text):
            return text
        return self.raw(text).decode(self.encoding, "replace")

    def _line_end(self) -> str:
        """CR for a file that has no LF anywhere."""
        self._file.seek(0)
        while piece := self._file.read(1 << 20):
            if b"\n" in piece:
                self._file.seek(0)
                return "\n"
        self._file.seek(0)
        return "\r"
