import pytest

from workbench.formats.writers import msgpack
from workbench.formats.writers.murmur import murmur64


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (True, b"\xc3"),
        (False, b"\xc2"),
        (65, b"\x41"),
        (1.0, b"\xcb\x3f\xf0" + b"\0" * 6),
        ("é", b"\xa2\xc3\xa9"),
        ("x" * 31, b"\xbf" + b"x" * 31),
        ("x" * 32, b"\xd9\x20" + b"x" * 32),
        ("x" * 256, b"\xda\x01\x00" + b"x" * 256),
        ("x" * 65_536, b"\xdb\x00\x01\x00\x00" + b"x" * 65_536),
        ([1, "a"], b"\x92\x01\xa1a"),
        ({"a": True}, b"\x81\xa1a\xc3"),
    ],
)
def test_values_are_written_as_the_specification_says(value, data):
    assert msgpack.packed(value) == data


@pytest.mark.parametrize(
    ("start", "length", "data"),
    [
        (msgpack.list_start, 15, b"\x9f"),
        (msgpack.list_start, 16, b"\xdc\x00\x10"),
        (msgpack.list_start, 65_536, b"\xdd\x00\x01\x00\x00"),
        (msgpack.map_start, 15, b"\x8f"),
        (msgpack.map_start, 16, b"\xde\x00\x10"),
        (msgpack.bytes_start, 3, b"\xc6\x00\x00\x00\x03"),
    ],
)
def test_lengths_stand_before_what_follows(start, length, data):
    assert start(length) == data


def test_what_is_too_long_or_of_another_kind_is_refused():
    with pytest.raises(OverflowError, match="Export fewer"):
        msgpack.list_start(2**32)
    with pytest.raises(TypeError):
        msgpack.packed(128)


@pytest.mark.parametrize(
    ("text", "number"),
    [  # as spaCy 3.8 gives them
        ("coffee", 3197928453018144401),
        ("Officials", 7613453929171218277),
        ("said", 17573686707662795042),
        ("é😀", 576446407974871114),
    ],
)
def test_strings_are_numbered_as_spacy_numbers_them(text, number):
    assert murmur64(text.encode()) == number
