"""The articles of a file that are not there yet: only they are split, which takes longest."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlmodel import Session

from db.queries import arrivals
from workbench.formats.readers import ArticleRecord, Limits, RecordFault
from workbench.services import preparing
from workbench.services.mappings import Known
from workbench.services.preparing import Prepared, Source, public_id

CHARACTERS_A_BLOCK = 400_000
RECORDS_A_BLOCK = 200

Record = ArticleRecord | RecordFault


@dataclass(frozen=True, slots=True)
class Present:
    """An article whose bytes are one already, which came from the file `same_as`."""

    name: str
    public_id: str
    same_as: str


Item = Prepared | Present | RecordFault


class Newcomers:
    """Reads files for one project, and asks which of their articles it has."""

    def __init__(
        self, open_session: Callable[[], AbstractContextManager[Session]], *, project_id: int
    ) -> None:
        """Ask in transactions of our own, each of which has ended before articles are given."""
        self._open_session = open_session
        self._project_id = project_id

    def read(
        self, source: Source, *, limits: Limits, language: str, known: Known | None
    ) -> Iterator[Item]:
        """The articles of a file one by one; what is no article, or there already, is named.

        Some hundred records are read before their articles are given, and asked about at once.

        Args:
            source: The file.
            limits: The bounds that its reader keeps to.
            language: What an article is in that neither says so nor is long enough to tell.
            known: How tables with certain headers are read.

        Raises:
            InputError: The file as a whole cannot be read; it may come after articles were given.
        """
        data = source.read()
        try:
            records = preparing.records(source, data, limits=limits, known=known)
            for block in _blocks(records):
                yield from self._items(block, source, language)
        finally:
            if not isinstance(data, bytes):
                data.close()

    def _items(self, block: list[Record], source: Source, language: str) -> Iterator[Item]:
        ids = [_public_id(one) for one in block]
        there = self._there([name for name in ids if name])
        for one, name in zip(block, ids, strict=True):
            if isinstance(one, RecordFault):
                yield one
            elif name in there:
                yield Present(one.source, name, there[name])
            else:
                yield preparing.prepared(one, source.choices, language)

    def _there(self, ids: Collection[str]) -> dict[str, str]:
        with self._open_session() as session:
            return arrivals.known(session, project_id=self._project_id, public_ids=ids)


def _public_id(record: Record) -> str:
    if isinstance(record, RecordFault):
        return ""
    return public_id(hashlib.sha256(record.raw).hexdigest(), record.number)


def _blocks(records: Iterable[Record]) -> Iterator[list[Record]]:
    block: list[Record] = []
    size = 0
    for one in records:
        block.append(one)
        size += len(one.text) if isinstance(one, ArticleRecord) else 0
        if size >= CHARACTERS_A_BLOCK or len(block) >= RECORDS_A_BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block
