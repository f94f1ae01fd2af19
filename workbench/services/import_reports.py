"""What became of the files of an import, in words and numbers."""

from copy import copy
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from workbench.formats.readers import RecordFault

FAULTS_NAMED = 100_000  # as many records as a file may have in the browser


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    ALREADY_THERE = "already there"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of a file, in words.

    Attributes:
        name: The file's name as given.
        outcome: Added, already there or refused.
        reason: Why it was refused, or what was noticed in it; one line, may be empty.
        article: The public id of its article, if it is one.
        n_articles: How many articles came in.
        n_already: How many were there already.
        n_segments: How many segments they were split into.
        n_queued: How many of them are in the queue.
        n_copies: How many of these are copies of others, as they came in.
        faults: The records that were refused, each with its place and reason; the first
            hundred thousand.
        n_faults: How many records were refused.
        batch: The number of the import.
        broken_off: Why the rest of it is not in, and how much is; empty if it is in whole or
            not at all. The reason begins with it.
    """

    name: str
    outcome: Outcome
    reason: str = ""
    article: str = ""
    n_articles: int = 0
    n_already: int = 0
    n_segments: int = 0
    n_queued: int = 0
    n_copies: int = 0
    faults: tuple[RecordFault, ...] = ()
    n_faults: int = 0
    batch: int = 0
    broken_off: str = ""

    @property
    def has_failed(self) -> bool:
        """Whether something of the file did not come in."""
        return self.outcome is Outcome.REFUSED or self.n_faults > 0 or bool(self.broken_off)


class FileTally:
    """What has become of a file so far: its articles as they are stored, and its faults."""

    def __init__(self, name: str) -> None:
        """Begin with nothing of it stored."""
        self._stored = FileReport(name, Outcome.REFUSED)
        self._faults: list[RecordFault] = []
        self._n_faults = 0

    @property
    def has_stored(self) -> bool:
        """Whether any of its articles is in."""
        return bool(self._stored.n_articles or self._stored.n_already)

    def copy(self) -> Self:
        """The same so far, to be gone on with apart."""
        other = copy(self)
        other._faults = self._faults.copy()
        return other

    def add(self, one: FileReport) -> None:
        """Count one of its articles."""
        total = self._stored
        is_first = not total.n_articles and not total.n_already
        is_added = Outcome.ADDED in (total.outcome, one.outcome)
        self._stored = FileReport(
            total.name,
            Outcome.ADDED if is_added else Outcome.ALREADY_THERE,
            one.reason if is_first else self._noticed(one),
            one.article if is_first else "",
            total.n_articles + one.n_articles,
            total.n_already + one.n_already,
            total.n_segments + one.n_segments,
            total.n_queued + one.n_queued,
            total.n_copies + one.n_copies,
        )

    def _noticed(self, one: FileReport) -> str:
        """What stays said of the whole: of several, that they are there is said while it is so."""
        if self._stored.outcome is not Outcome.ALREADY_THERE:
            return self._stored.reason
        is_all_of_one = one.outcome is Outcome.ALREADY_THERE and one.reason == self._stored.reason
        return self._stored.reason if is_all_of_one else ""

    def refuse(self, fault: RecordFault) -> None:
        """Count a record that is no article."""
        self._n_faults += 1
        if len(self._faults) < FAULTS_NAMED:
            self._faults.append(fault)

    def report(self, ended: str = "") -> FileReport:
        """The report of the file.

        Args:
            ended: Why it ended before its last record, in one sentence; empty if it did not.
        """
        total, n_faults, faults = self._stored, self._n_faults, tuple(self._faults)
        if ended and not self.has_stored:
            return replace(total, reason=ended)
        if n_faults == 1 and not self.has_stored:
            return replace(total, reason=str(faults[0]), faults=faults, n_faults=1)
        records = "1 record" if n_faults == 1 else f"{n_faults:,} records"
        reason = f"{records} refused; the first: {faults[0]}" if faults else total.reason
        broken_off = self._broken_off(ended) if ended else ""
        reason = " ".join(filter(None, [broken_off, reason]))
        return replace(
            total, reason=reason, faults=faults, n_faults=n_faults, broken_off=broken_off
        )

    def _broken_off(self, ended: str) -> str:
        return (
            f"{self._told_stored()} in, the rest is not: {ended} Import it again to add what is "
            "missing."
        )

    def _told_stored(self) -> str:
        n = self._stored.n_articles + self._stored.n_already
        return "1 article of it is" if n == 1 else f"{n:,} articles of it are"
