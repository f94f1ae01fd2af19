"""MessagePack, as much of it as a DocBin needs: written piece by piece, in the order given."""

import struct
from collections.abc import Mapping, Sequence

Value = str | float | bool | int | Sequence["Value"] | Mapping[str, "Value"]


def packed(value: Value) -> bytes:
    """A value; whole numbers from 0 to 127 only, which is all that is needed."""
    match value:
        case bool():
            return b"\xc3" if value else b"\xc2"
        case int() if 0 <= value <= 0x7F:
            return bytes([value])
        case float():
            return b"\xcb" + struct.pack(">d", value)
        case str():
            data = value.encode()
            return _start(len(data), fixed=0xA0, under=32, marks=(0xD9, 0xDA, 0xDB)) + data
        case Mapping():
            pairs = (packed(key) + packed(inner) for key, inner in value.items())
            return map_start(len(value)) + b"".join(pairs)
        case Sequence():
            return list_start(len(value)) + b"".join(map(packed, value))
    message = f"MessagePack of {value!r} is not needed here."
    raise TypeError(message)


def bytes_start(length: int) -> bytes:
    """What stands before so many bytes."""
    return b"\xc6" + struct.pack(">I", length)


def list_start(length: int) -> bytes:
    """What stands before a list of so many values."""
    return _start(length, fixed=0x90, under=16, marks=(None, 0xDC, 0xDD))


def map_start(length: int) -> bytes:
    """What stands before a map of so many pairs."""
    return _start(length, fixed=0x80, under=16, marks=(None, 0xDE, 0xDF))


def _start(length: int, *, fixed: int, under: int, marks: tuple[int | None, int, int]) -> bytes:
    if length < under:
        return bytes([fixed | length])
    for mark, form in zip(marks, (">BB", ">BH", ">BI"), strict=True):
        if mark is not None and length < 1 << 8 * struct.calcsize(form[2]):
            return struct.pack(form, mark, length)
    message = "MessagePack counts to 2^32 only. Export fewer sentences at once."
    raise OverflowError(message)
