"""What an import would make of a file, told before anything is stored."""

from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO

from workbench.errors import InputError
from workbench.formats import readers
from workbench.formats.readers import ArticleRecord, Limits, ReaderError, RecordFault
from workbench.services import counting
from workbench.services.choices import Choices
from workbench.services.counting import Counted
from workbench.services.mappings import Known
from workbench.services.preparing import (
    LANGUAGE,
    Prepared,
    Source,
    prepared,
    records,
    remembered,
)
from workbench.text import mojibake
from workbench.text.mojibake import Change

FIRST = 20
MOST_TEXT = 60_000  # code points of one article that are split for a preview


@dataclass(frozen=True, slots=True)
class Look:
    """One article as it would come in.

    Attributes:
        prepared: The article; of a long one its beginning.
        changes: The lines that repairing mojibake changes, or would change.
        is_cut: Whether only its beginning is shown.
    """

    prepared: Prepared
    changes: tuple[Change, ...]
    is_cut: bool

    @property
    def kinds(self) -> Counter[str]:
        """How many segments of each kind it has."""
        return Counter(str(segment.kind) for segment in self.prepared.segments)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would make of a file.

    Attributes:
        name: The file's name.
        found: Its first articles, and a fault for each record that is none.
        has_more: Whether there are more of them than are shown.
        counted: How many articles the file holds, and how many of its records are none.
        refused: Why the file as a whole cannot be read; empty if it can.
        headers: The names of its columns, where it has some.
        mapping: Which column holds what, as it would be read.
        is_remembered: Whether that is how a table with these columns was read the last time.
    """

    name: str
    found: tuple[Look | RecordFault, ...]
    has_more: bool
    counted: Counted
    refused: str
    headers: tuple[str, ...]
    mapping: Mapping[str, str]
    is_remembered: bool

    @property
    def looks(self) -> list[Look]:
        """The articles alone."""
        return [found for found in self.found if isinstance(found, Look)]


def look(
    source: Source,
    *,
    limits: Limits = readers.COMMAND,
    language: str = LANGUAGE,
    known: Known | None = None,
    first: int = FIRST,
) -> Preview:
    """Read the beginning of a file as an import would; nothing is stored.

    Args:
        source: The file, with what was said about it.
        limits: The bounds that its reader keeps to.
        language: What an article is in that neither says so nor is long enough to tell.
        known: How tables with certain headers were read before.
        first: How many records to look at.
    """
    try:
        data = source.read()
    except InputError as error:
        return _refused(source, str(error))
    try:
        return _looked(source, data, limits=limits, language=language, known=known, first=first)
    except (InputError, ReaderError) as error:
        headers = _headers(source, data, limits)
        return _refused(source, str(error), headers=headers)
    finally:
        if not isinstance(data, bytes):
            data.close()


def _looked(
    source: Source,
    data: bytes | BinaryIO,
    *,
    limits: Limits,
    language: str,
    known: Known | None,
    first: int,
) -> Preview:
    headers = _headers(source, data, limits)
    before = remembered(source, data, limits=limits, known=known)
    found: list[Look | RecordFault] = []
    # Closed before the file is: some readers put something back at their end.
    with closing(records(source, data, limits=limits, known=known)) as given:
        for record in islice(given, first):
            if isinstance(record, RecordFault):
                found.append(record)
            else:
                found.append(_look(record, source.choices, language))
        limit = max(counting.most(source.name), first)
        counted = counting.counted(found, given, limit=limit)
    return Preview(
        name=source.name,
        found=tuple(found),
        has_more=not counted.is_whole or counted.n_articles + counted.n_refused > len(found),
        counted=counted,
        refused="",
        headers=headers,
        mapping=source.choices.mapping or before or _guessed(headers),
        is_remembered=source.choices.mapping is None and before is not None,
    )


def _look(record: ArticleRecord, choices: Choices, language: str) -> Look | RecordFault:
    cut = replace(record, text=record.text[:MOST_TEXT])
    one = prepared(cut, choices, language)
    if isinstance(one, RecordFault):
        return one
    changes = mojibake.repair(cut.text).changes if mojibake.looks_garbled(cut.text) else ()
    return Look(one, changes, len(cut.text) < len(record.text))


def _guessed(headers: tuple[str, ...]) -> Mapping[str, str]:
    guess = readers.guess_mapping(headers)
    return {"text": headers[0]} if not guess and len(headers) == 1 else guess


def _headers(source: Source, data: bytes | BinaryIO, limits: Limits) -> tuple[str, ...]:
    try:
        return readers.headers(source.name, data, encoding=source.choices.encoding, limits=limits)
    except ReaderError:
        return ()  # what is wrong with the file is told by reading it


def _refused(source: Source, reason: str, *, headers: tuple[str, ...] = ()) -> Preview:
    return Preview(
        name=source.name,
        found=(),
        has_more=False,
        counted=Counted(),
        refused=reason,
        headers=headers,
        mapping=source.choices.mapping or _guessed(headers),
        is_remembered=False,
    )
