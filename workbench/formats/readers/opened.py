"""A file that is being read, with what goes for it."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO

from workbench.formats.readers import encodings
from workbench.formats.readers.inflating import Inflation
from workbench.formats.readers.limits import MEGABYTE, Limits
from workbench.formats.readers.record import ReaderError


@dataclass(frozen=True, slots=True)
class Opened:
    """A file on its way through a reader.

    Attributes:
        name: What it is called, as it will stand in its records.
        file: Its bytes; it can be sought in.
        size: How many there are.
        limits: What it has to keep to.
        inflation: What has been unpacked so far.
        mapping: A person's choice of columns, by field; None to guess.
        encoding: A person's choice of the encoding, a Python name; None to find it.
        is_packed: Whether it comes out of an archive.
    """

    name: str
    file: BinaryIO
    size: int
    limits: Limits
    inflation: Inflation
    mapping: Mapping[str, str] | None = None
    encoding: str | None = None
    is_packed: bool = False

    def head(self, size: int) -> bytes:
        """The first bytes."""
        self.file.seek(0)
        return self.file.read(size)

    def whole(self, most: int | None = None) -> bytes:
        """All bytes.

        Args:
            most: The bytes that the format takes, where it takes less than the limits allow.

        Raises:
            ReaderError: There are more than may be in memory at once.
        """
        most = min(self.limits.whole_bytes, most or self.limits.whole_bytes)
        if self.size > most:
            message = (
                f"The file has {self.size / MEGABYTE:,.0f} MB; of this kind at most "
                f"{most // MEGABYTE} can be read. Split it."
            )
            raise ReaderError(message)
        return self.head(-1)

    def packed(self, name: str, file: BinaryIO, size: int) -> "Opened":
        """A file that was inside this one, under the same limits and the same count."""
        return replace(self, name=name, file=file, size=size, is_packed=True)


def opened(
    name: str,
    data: bytes | BinaryIO,
    limits: Limits,
    mapping: Mapping[str, str] | None,
    encoding: str | None = None,
) -> Opened:
    """Open a file.

    Raises:
        ReaderError: It is empty, or larger than the limits allow; or there is no such encoding.
    """
    chosen = encodings.known(encoding) if encoding else None
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    size = file.seek(0, io.SEEK_END)
    if size == 0:
        message = "The file is empty. Choose another one."
        raise ReaderError(message)
    if limits.file_bytes is not None and size > limits.file_bytes:
        message = (
            f"The file has {size / MEGABYTE:,.0f} MB; at most {limits.file_bytes // MEGABYTE} can "
            "be uploaded. Split it, or use the command `workbench import`."
        )
        raise ReaderError(message)
    return Opened(name, file, size, limits, Inflation(limits), mapping, chosen)
