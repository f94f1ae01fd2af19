"""What became of the files of an import, in words and numbers."""

from dataclasses import dataclass
from enum import StrEnum


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
        faults: The records that were refused, each with its place and reason; the first thousand.
        n_faults: How many records were refused.
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
    faults: tuple[str, ...] = ()
    n_faults: int = 0

    @property
    def has_failed(self) -> bool:
        """Whether something of the file did not come in."""
        return self.outcome is Outcome.REFUSED or self.n_faults > 0


def summed(total: FileReport, one: FileReport) -> FileReport:
    """What became of a file, with one more of its articles."""
    is_first = not total.n_articles and not total.n_already
    is_added = Outcome.ADDED in (total.outcome, one.outcome)
    return FileReport(
        total.name,
        Outcome.ADDED if is_added else Outcome.ALREADY_THERE,
        one.reason if is_first else total.reason,
        one.article if is_first else "",
        total.n_articles + one.n_articles,
        total.n_already + one.n_already,
        total.n_segments + one.n_segments,
        total.n_queued + one.n_queued,
        total.n_copies + one.n_copies,
    )
