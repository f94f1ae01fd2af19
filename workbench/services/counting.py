"""How many articles a file holds, counted without splitting them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from workbench.formats.readers import ArticleRecord, RecordFault
from workbench.services.preparing import MAX_BYTES

MOST_RECORDS = 5_000
MOST_IN_ARCHIVE = 20  # each of them is a file to be read
FAULTS_TOLD = 8


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in a file.

    Attributes:
        n_articles: Its articles.
        n_refused: Its records that are none.
        is_whole: Whether all of it was counted; else there are more.
        faults: What is wrong with the first of those that are none.
    """

    n_articles: int = 0
    n_refused: int = 0
    is_whole: bool = True
    faults: tuple[RecordFault, ...] = ()

    @property
    def n_untold(self) -> int:
        """How many more are refused than there are faults here."""
        return self.n_refused - len(self.faults)


def most(name: str) -> int:
    """How many records of a file are counted."""
    return MOST_IN_ARCHIVE if PurePath(name).suffix.lower() == ".zip" else MOST_RECORDS


def counted(
    first: Iterable[object], rest: Iterable[ArticleRecord | RecordFault], *, limit: int
) -> Counted:
    """Count a file.

    Args:
        first: What was made of its first records: a fault, or an article.
        rest: Its other records.
        limit: How many records to count.

    Raises:
        InputError: The file cannot be read to its end.
    """
    n = n_refused = 0
    faults: list[RecordFault] = []

    def add(fault: RecordFault | None) -> None:
        nonlocal n, n_refused
        n += 1
        if fault is not None:
            n_refused += 1
            faults.extend([fault] if len(faults) < FAULTS_TOLD else [])

    for one in first:
        add(one if isinstance(one, RecordFault) else None)
    is_whole = True
    for record in rest:
        if n >= limit:
            is_whole = False
            break
        add(_fault(record, n + 1))
    return Counted(n - n_refused, n_refused, is_whole, tuple(faults))


def _fault(record: ArticleRecord | RecordFault, number: int) -> RecordFault | None:
    """What is wrong with a record, as far as it shows before it is split."""
    if isinstance(record, RecordFault):
        return record
    if len(record.raw) > MAX_BYTES or not record.text.strip():
        return RecordFault(f"record {record.number or number}", "It is empty or too large.")
    return None
