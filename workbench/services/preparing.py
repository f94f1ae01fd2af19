"""From a file's bytes to articles that can be stored: read, decoded, split, looked over."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from db.queries.articles import POSITION_BITS
from workbench.errors import InputError
from workbench.formats import readers
from workbench.formats.readers import ArticleRecord, Limits, ReaderError, RecordFault
from workbench.text import details, segmenting
from workbench.text.details import Details
from workbench.text.segmenting import Segment

MAX_BYTES = 100_000_000  # of one article's own bytes
MAX_SEGMENTS = 1 << POSITION_BITS
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Source:
    """A file on its way in: its name, and how to get its bytes, whole or as a stream."""

    name: str
    read: Callable[[], bytes | BinaryIO]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article decoded, split and looked over; nothing stored yet."""

    name: str
    raw: bytes
    sha256: str
    text: str
    encoding: str
    language: str
    segments: tuple[Segment, ...]
    found: Details
    url: str | None
    number: int
    problems: tuple[str, ...]

    @property
    def public_id(self) -> str:
        """The first 16 hex digits of the bytes' SHA-256, and the number inside a file of many.

        The same bytes are the same article.
        """
        return f"{self.sha256[:16]}-{self.number}" if self.number else self.sha256[:16]


def prepare(name: str, data: bytes) -> Prepared:
    """Prepare a file that is one article.

    Raises:
        InputError: It cannot be read, or holds several; the message says why.
    """
    found = list(articles(Source(name, lambda: data)))
    if len(found) != 1:
        message = f"The file holds {len(found):,} articles, not one."
        raise InputError(message)
    if isinstance(found[0], RecordFault):
        raise InputError(found[0].reason)
    return found[0]


def articles(
    source: Source, *, limits: Limits = readers.COMMAND
) -> Iterator[Prepared | RecordFault]:
    """The articles of a file one by one, and a fault for each record that is none.

    Raises:
        InputError: The file as a whole cannot be read; it may come after articles were given.
    """
    data = source.read()
    try:
        for found in readers.read(source.name, data, limits=limits):
            yield found if isinstance(found, RecordFault) else _prepared_or_fault(found)
    except ReaderError as error:
        raise InputError(str(error)) from error
    finally:
        if not isinstance(data, bytes):
            data.close()


def _prepared_or_fault(record: ArticleRecord) -> Prepared | RecordFault:
    where = f"record {record.number}" if record.number else record.source
    if len(record.raw) > MAX_BYTES:
        size = f"{len(record.raw) / 1e6:,.0f} MB"
        return RecordFault(where, f"It has {size}; at most {MAX_BYTES // 10**6} MB are read.")
    language = record.language or LANGUAGE
    segments = segmenting.segment(record.text, language)
    if not segments or len(segments) >= MAX_SEGMENTS:
        reason = f"It has {len(segments):,} segments; an article has 1 to {MAX_SEGMENTS - 1:,}."
        return RecordFault(where, reason)
    found = details.find_details(record.text, segments)
    return Prepared(
        name=record.source,
        raw=record.raw,
        sha256=hashlib.sha256(record.raw).hexdigest(),
        text=record.text,
        encoding=record.encoding,
        language=language,
        segments=tuple(segments),
        # What the file itself says of an article wins over what its text looks like.
        found=replace(
            found,
            title=record.title or found.title,
            outlet=record.outlet or found.outlet,
            author=record.author or found.author,
            published=record.published or found.published,
        ),
        url=record.url,
        number=record.number,
        problems=record.problems,
    )
