r"""spaCy: a DocBin, as `spacy train` reads it, with `cats` complete for every text.

It is written after the published description of the format, without spaCy: zlib around one
MessagePack map. A token is a run of letters and digits, one other sign, or white space; text
classification looks at the text alone and cuts it with the tokenizer of the model in training.
"""

import re
import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from workbench.formats.records import Record
from workbench.formats.writers import msgpack
from workbench.formats.writers.format import FileFormat, Rows, Setting
from workbench.formats.writers.murmur import murmur64
from workbench.formats.writers.origin import is_settled
from workbench.formats.writers.pieces import chunked
from workbench.formats.writers.spacy_symbols import SYMBOLS

_TOKEN = re.compile(r"(\w+|[^\w\s]|\s)( ?)")
_ORTH = 65  # spaCy's number for a token's wording
_STORED = 65_535  # the longest piece that zlib keeps as it is
_FLAGS = msgpack.packed({"has_unknown_spaces": False})


@dataclass(slots=True)
class _Counts:
    """What has to be known before the first token is written: 30 bytes a sentence, and words."""

    lengths: "array[int]" = field(default_factory=lambda: array("i"))
    spaces: bytearray = field(default_factory=bytearray)
    hashes: dict[str, bytes] = field(default_factory=dict)


def tokens(text: str) -> tuple[Sequence[str], Sequence[str]]:
    """The words, and what stands after each: a space or nothing. Together they are the text."""
    found = _TOKEN.findall(text)
    words, spaces = zip(*found, strict=True) if found else ((), ())
    return words, spaces


def number(word: str) -> int:
    """What spaCy knows a word by."""
    return SYMBOLS[word] if word in SYMBOLS else murmur64(word.encode())


def _chunks(setting: Setting, rows: Rows) -> Iterator[bytes]:
    return chunked(_stored(chunked(_message(setting, rows), _STORED)))


def _message(setting: Setting, rows: Rows) -> Iterator[bytes]:
    counts = _counted(_settled(rows))
    n_docs = len(counts.lengths)
    yield msgpack.map_start(9)
    yield msgpack.packed("version") + msgpack.packed("0.1")
    yield msgpack.packed("attrs") + msgpack.packed([_ORTH])
    yield msgpack.packed("tokens") + msgpack.bytes_start(8 * len(counts.spaces))
    for record in _settled(rows):
        yield b"".join([counts.hashes[word] for word in tokens(record.text)[0]])
    yield msgpack.packed("spaces") + msgpack.bytes_start(len(counts.spaces))
    yield bytes(counts.spaces)
    yield msgpack.packed("lengths") + msgpack.bytes_start(4 * n_docs)
    yield _little(counts.lengths)
    yield msgpack.packed("strings") + msgpack.list_start(len(counts.hashes))
    yield from map(msgpack.packed, sorted(counts.hashes))
    yield msgpack.packed("cats") + msgpack.list_start(n_docs)
    for record in _settled(rows):
        yield msgpack.packed({key: float(key in record.labels) for key in setting.keys})
    yield msgpack.packed("flags") + msgpack.list_start(n_docs)
    yield from (_FLAGS for _ in range(n_docs))
    yield msgpack.packed("user_data") + msgpack.list_start(n_docs)
    for record in _settled(rows):
        own = msgpack.packed({"id": record.id, "article": record.article.id})
        yield msgpack.bytes_start(len(own)) + own


def _settled(rows: Rows) -> Iterable[Record]:
    """Without a final label there is nothing to learn from a text."""
    return (record for record in rows() if is_settled(record))


def _counted(records: Iterable[Record]) -> _Counts:
    counts = _Counts()
    hashes = counts.hashes
    for record in records:
        words, spaces = tokens(record.text)
        counts.lengths.append(len(words))
        counts.spaces += bytes(map(len, spaces))
        for word in set(words) - hashes.keys():
            hashes[word] = struct.pack("<Q", number(word))
    return counts


def _little(numbers: "array[int]") -> bytes:
    return struct.pack(f"<{len(numbers)}i", *numbers)


def _stored(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A zlib stream that keeps the bytes as they are.

    What zlib makes of the same bytes differs from build to build; this is the same everywhere.
    """
    yield b"\x78\x01"
    check = zlib.adler32(b"")
    for piece in pieces:
        check = zlib.adler32(piece, check)
        for start in range(0, len(piece), _STORED):
            part = piece[start : start + _STORED]
            yield struct.pack("<BHH", 0, len(part), len(part) ^ 0xFFFF) + part
    yield struct.pack("<BHH", 1, 0, 0xFFFF) + struct.pack(">I", check)


SPACY = FileFormat(
    name="spacy",
    title="spaCy",
    suffix="spacy",
    content_type="application/octet-stream",
    has_text=True,
    summary="A spaCy DocBin for `spacy train`: every text with `cats`, 1.0 or 0.0 for each label.",
    chunks=_chunks,
    split_names={"validation": "dev"},
)
