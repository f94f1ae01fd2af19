"""From a file's bytes to articles that can be stored: read, decoded, split, looked over."""

import hashlib
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from db.queries.articles import POSITION_BITS
from workbench.errors import InputError
from workbench.formats import readers
from workbench.formats.readers import (
    ArticleRecord,
    Limits,
    ReaderError,
    RecordFault,
)
from workbench.services import version_matching
from workbench.services.choices import Choices
from workbench.services.mappings import Known, key
from workbench.text import details, mojibake, segmenting
from workbench.text.details import Details
from workbench.text.detecting import detect_language
from workbench.text.quotations import quote_groups
from workbench.text.segments import Segment

MAX_BYTES = 100_000_000  # of one article's own bytes
MAX_SEGMENTS = 1 << POSITION_BITS
LANGUAGE = "en"
GARBLED = "looks decoded wrongly before it came (mojibake)"


@dataclass(frozen=True, slots=True)
class Source:
    """A file on its way in: its name, how to get its bytes, and what was said about it."""

    name: str
    read: Callable[[], bytes | BinaryIO]
    choices: Choices = field(default_factory=Choices)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article decoded, split and looked over; nothing stored yet.

    `found` and `found_language` are what the import found out about it, `details` and `language`
    the same with a person's corrections.
    `quote_groups` has a number for each segment that shares a quotation with a neighbour.
    """

    name: str
    raw: bytes
    sha256: str
    text: str
    encoding: str
    language: str
    found_language: str
    segments: tuple[Segment, ...]
    quote_groups: tuple[int | None, ...]
    found: Details
    details: Details
    url: str | None
    number: int
    problems: tuple[str, ...]
    external_id: str | None = None

    @property
    def identity(self) -> str | None:
        """What the article is known by when it comes in again with other bytes, if by anything."""
        return version_matching.identity(
            url=self.url, source=self.name, external_id=self.external_id, number=self.number
        )

    @property
    def public_id(self) -> str:
        """The first 16 hex digits of the bytes' SHA-256, and the number inside a file of many.

        The same bytes are the same article.
        """
        return public_id(self.sha256, self.number)


def public_id(sha256: str, number: int) -> str:
    """What an article is called, by the hash of its bytes and its number in a file of many."""
    return f"{sha256[:16]}-{number}" if number else sha256[:16]


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
    source: Source,
    *,
    limits: Limits = readers.COMMAND,
    language: str = LANGUAGE,
    known: Known | None = None,
) -> Iterator[Prepared | RecordFault]:
    """The articles of a file one by one, and a fault for each record that is none.

    Args:
        source: The file.
        limits: The bounds that its reader keeps to.
        language: What an article is in that neither says so nor is long enough to tell.
        known: How tables with certain headers are read, where nothing was said about this one.

    Raises:
        InputError: The file as a whole cannot be read; it may come after articles were given.
    """
    data = source.read()
    try:
        for found in records(source, data, limits=limits, known=known):
            if isinstance(found, RecordFault):
                yield found
            else:
                yield prepared(found, source.choices, language)
    finally:
        if not isinstance(data, bytes):
            data.close()


def records(
    source: Source, data: bytes | BinaryIO, *, limits: Limits, known: Known | None = None
) -> Generator[ArticleRecord | RecordFault]:
    """The records of a file's bytes, read as a person chose.

    Raises:
        InputError: The file as a whole cannot be read; it may come after records were given.
    """
    choices = source.choices
    try:
        mapping = choices.mapping or remembered(source, data, limits=limits, known=known)
        yield from readers.read(
            source.name, data, mapping=mapping, encoding=choices.encoding, limits=limits
        )
    except ReaderError as error:
        raise InputError(str(error)) from error


def remembered(
    source: Source, data: bytes | BinaryIO, *, limits: Limits, known: Known | None
) -> Mapping[str, str] | None:
    """How a table with the same headers was read before; None if none was, or it is no table.

    Raises:
        ReaderError: The file cannot be read.
    """
    if not known or not readers.may_have_columns(source.name):
        return None
    encoding = source.choices.encoding
    return known.get(key(readers.headers(source.name, data, encoding=encoding, limits=limits)))


def prepared(record: ArticleRecord, choices: Choices, language: str) -> Prepared | RecordFault:
    """Look a record over and split it; a fault where it is larger than an article can be."""
    where = f"record {record.number}" if record.number else record.source
    if len(record.raw) > MAX_BYTES:
        size = f"{len(record.raw) / 1e6:,.0f} MB"
        return RecordFault(where, f"It has {size}; at most {MAX_BYTES // 10**6} MB are read.")
    record = _looked_over(record, repairs=choices.repairs_mojibake)
    found_language = record.language or detect_language(record.text, language).language
    language = choices.language or found_language
    segments = segmenting.segment(record.text, language)
    if not segments or len(segments) >= MAX_SEGMENTS:
        reason = f"It has {len(segments):,} segments; an article has 1 to {MAX_SEGMENTS - 1:,}."
        return RecordFault(where, reason)
    found = _found(record, segments)
    return Prepared(
        name=record.source,
        raw=record.raw,
        sha256=hashlib.sha256(record.raw).hexdigest(),
        text=record.text,
        encoding=record.encoding,
        language=language,
        found_language=found_language,
        segments=tuple(segments),
        quote_groups=tuple(quote_groups(record.text, segments)),
        found=found,
        details=found if record.number else replace(found, **choices.details),
        url=record.url,
        number=record.number,
        problems=record.problems,
        external_id=record.external_id,
    )


def _looked_over(record: ArticleRecord, *, repairs: bool) -> ArticleRecord:
    """The record with its mojibake repaired where that was asked for, else named."""
    if not mojibake.looks_garbled(record.text):
        return record
    if not repairs:
        return replace(record, problems=(*record.problems, GARBLED))
    repaired = mojibake.repair(record.text)
    told = f"mojibake repaired, lines: {len(repaired.changes)}"
    return replace(
        record,
        text=repaired.text,
        title=record.title and mojibake.repair(record.title).text,
        outlet=record.outlet and mojibake.repair(record.outlet).text,
        author=record.author and mojibake.repair(record.author).text,
        problems=(*record.problems, told),
    )


def _found(record: ArticleRecord, segments: list[Segment]) -> Details:
    """What the file itself says of an article wins over what its text looks like."""
    found = details.find_details(record.text, segments)
    return replace(
        found,
        title=record.title or found.title,
        outlet=record.outlet or found.outlet,
        author=record.author or found.author,
        published=record.published or found.published,
        updated=record.updated or found.updated,
        scraped=record.scraped or found.scraped,
    )
