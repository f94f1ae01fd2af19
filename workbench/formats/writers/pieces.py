"""Small pieces of bytes put together to chunks that are worth sending."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

CHUNK = 64 * 1024


class Outlet(io.RawIOBase):
    """A file that is only written to; what was written is taken out of it while it goes on."""

    def __init__(self) -> None:
        """Nothing is in it."""
        super().__init__()
        self._parts: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        """It is there to be written to."""
        return True

    def write(self, data: Any, /) -> int:
        """Keep the bytes: a copy, since whoever writes may use the buffer again."""
        piece = bytes(data)
        self._parts.append(piece)
        self._length += len(piece)
        return len(piece)

    def tell(self) -> int:
        """How many bytes were written, those taken out among them."""
        return self._length

    def taken(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def chunked(pieces: Iterable[bytes], size: int = CHUNK) -> Iterator[bytes]:
    """The same bytes in chunks of `size` bytes or more; only the last one may be shorter."""
    parts: list[bytes] = []
    length = 0
    for piece in pieces:
        parts.append(piece)
        length += len(piece)
        if length >= size:
            yield b"".join(parts)
            parts, length = [], 0
    if length:
        yield b"".join(parts)


def line(value: Any) -> bytes:
    """A value as one line of JSON: no white space, keys as they come, a line feed after it."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def page(value: Any) -> bytes:
    """A value as JSON for people: indented by two, a line feed after it."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def array(values: Iterable[Any]) -> Iterator[bytes]:
    """Values as one JSON array, each on a line of its own."""
    lead = b"[\n"
    for value in values:
        yield lead + orjson.dumps(value)
        lead = b",\n"
    yield b"\n]\n" if lead == b",\n" else b"[]\n"
