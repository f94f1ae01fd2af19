"""From a file's bytes to articles that can be stored: read, decoded, split, looked over."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from db.queries.articles import POSITION_BITS
from workbench.errors import InputError
from workbench.formats import readers
from workbench.formats.readers import ArticleRecord, Limits, ReaderError, RecordFault
from workbench.text import details, mojibake, segmenting
from workbench.text.details import Details
from workbench.text.detecting import detect_language
from workbench.text.quotations import quote_groups
from workbench.text.segmenting import Segment

MAX_BYTES = 100_000_000  # of one article's own bytes
MAX_SEGMENTS = 1 << POSITION_BITS
LANGUAGE = "en"
GARBLED = "looks decoded wrongly before it came (mojibake)"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person said about a file before it is imported; None and empty leave it to us.

    Attributes:
        encoding: The Python name of its encoding.
        language: ISO 639 code of all its articles, whatever they say of themselves.
        mapping: For tables and JSON, the column of each field.
        repairs_mojibake: Whether text that was decoded wrongly before is to be repaired.
        details: For a file that is one article, details by the names of their columns.
    """

    encoding: str | None = None
    language: str | None = None
    mapping: Mapping[str, str] | None = None
    repairs_mojibake: bool = False
    details: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A file on its way in: its name, how to get its bytes, and what was said about it."""

    name: str
    read: Callable[[], bytes | BinaryIO]
    choices: Choices = Choices()


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
    source: Source, *, limits: Limits = readers.COMMAND, language: str = LANGUAGE
) -> Iterator[Prepared | RecordFault]:
    """The articles of a file one by one, and a fault for each record that is none.

    Args:
        source: The file.
        limits: The bounds that its reader keeps to.
        language: What an article is in that neither says so nor is long enough to tell.

    Raises:
        InputError: The file as a whole cannot be read; it may come after articles were given.
    """
    choices = source.choices
    data = source.read()
    try:
        for found in readers.read(
            source.name, data, mapping=choices.mapping, encoding=choices.encoding, limits=limits
        ):
            if isinstance(found, RecordFault):
                yield found
            else:
                yield _prepared_or_fault(found, choices, language)
    except ReaderError as error:
        raise InputError(str(error)) from error
    finally:
        if not isinstance(data, bytes):
            data.close()


def _prepared_or_fault(
    record: ArticleRecord, choices: Choices, language: str
) -> Prepared | RecordFault:
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
