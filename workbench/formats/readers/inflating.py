"""Unpacking with the eyes open: every byte is counted as it comes out, none is taken on trust."""

from collections.abc import Iterator
from typing import Protocol

from workbench.formats.readers.limits import MEGABYTE, Limits
from workbench.formats.readers.record import ReaderError

_PIECE = 65_536
_GIVEN_UP = 3  # members whose reading took too much, until an archive is left alone


class Readable(Protocol):
    """What gives so many bytes at a time."""

    def read(self, size: int, /) -> bytes:
        """The next bytes; none at the end."""


class BombError(ReaderError):
    """All unpacking together comes to more than is allowed: the rest is not looked at."""


class Inflation:
    """What one file, with everything packed inside it, has come to so far."""

    def __init__(self, limits: Limits) -> None:
        """Begin at nothing."""
        self._limits = limits
        self._total = 0
        self._n_given_up = 0

    def pieces(self, stream: Readable, *, packed: int, most: int) -> Iterator[bytes]:
        """Unpack a member piece by piece.

        Args:
            stream: What unpacks it; a read gives no more than it is asked for.
            packed: The bytes it takes up in the archive.
            most: The bytes it may come to.

        Raises:
            ReaderError: It comes to more, or is packed too tightly to be a text.
            BombError: The archive as a whole comes to too much.
        """
        size = 0
        while piece := stream.read(_PIECE):
            size += len(piece)
            self._total += len(piece)
            if self._total > self._limits.archive_bytes:
                message = f"Unpacked it comes to over {_mb(self._limits.archive_bytes)}. Split it."
                raise BombError(message)
            if size > most:
                message = f"Unpacked it comes to over {_mb(most)}. Leave it out, or split it."
                raise ReaderError(message)
            if size > MEGABYTE and size > packed * self._limits.ratio:
                message = (
                    f"It unpacks to over {self._limits.ratio} times its size, as no article does. "
                    "Leave it out."
                )
                raise ReaderError(message)
            yield piece

    def give_up(self) -> None:
        """Count a file whose reading took too much memory or time, and had to be given up.

        Raises:
            BombError: It is the third of its archive: the others are not tried.
        """
        self._n_given_up += 1
        if self._n_given_up == _GIVEN_UP:
            message = (
                f"{_GIVEN_UP} of the files in it take more memory or time than an article should. "
                "Leave them out, or import the files one by one."
            )
            raise BombError(message)


def _mb(size: int) -> str:
    return f"{size // MEGABYTE:,} MB"
