"""MurmurHash64A: how spaCy numbers a string; public domain by its author, Austin Appleby."""

import struct

_FACTOR = 0xC6A4A7935BD1E995
_ALL = 0xFFFFFFFFFFFFFFFF
_SHIFT = 47


def murmur64(data: bytes, seed: int = 1) -> int:
    """The hash of some bytes, from 0 to 2^64 - 1."""
    whole = len(data) & ~7
    value = seed ^ (len(data) * _FACTOR & _ALL)
    for (word,) in struct.iter_unpack("<Q", data[:whole]):
        mixed = word * _FACTOR & _ALL
        mixed = (mixed ^ mixed >> _SHIFT) * _FACTOR & _ALL
        value = (value ^ mixed) * _FACTOR & _ALL
    if rest := data[whole:]:
        value = (value ^ int.from_bytes(rest, "little")) * _FACTOR & _ALL
    value = (value ^ value >> _SHIFT) * _FACTOR & _ALL
    return value ^ value >> _SHIFT
