"""A file packed with gzip: unpacked to a temporary one, because readers go back and forth."""

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from workbench.formats.readers.opened import Opened
from workbench.formats.readers.record import ReaderError

_IN_MEMORY = 8_000_000  # bytes; more goes to the disk


@contextmanager
def unpacked(opened: Opened) -> Iterator[Opened]:
    """The file inside, for as long as the block lasts.

    Raises:
        ReaderError: It is damaged, or comes to too much.
    """
    opened.file.seek(0)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        most = opened.limits.archive_bytes
        try:
            with gzip.GzipFile(fileobj=opened.file) as stream:
                for piece in opened.inflation.pieces(stream, packed=opened.size, most=most):
                    spool.write(piece)
        except (gzip.BadGzipFile, zlib.error, EOFError) as error:
            message = "The packed file is damaged. Pack it anew."
            raise ReaderError(message) from error
        name = opened.name
        inner = name[:-3] if name.lower().endswith(".gz") else name
        size = spool.tell()
        yield opened.packed(inner, cast(BinaryIO, spool), size)
