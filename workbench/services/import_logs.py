"""What is reported in the course of an import, stored now and then and at its end."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.queries import imports as queries
from db.queries.table_sizes import look_again
from workbench.errors import TakenError, WorkbenchError
from workbench.services.import_reports import FileReport, Outcome

STOPPED = "It was stopped."
UNFINISHED = "It has not ended."
FIRST_KEPT = 100


@dataclass(frozen=True, slots=True)
class Sums:
    """An import in numbers.

    Attributes:
        n_files: How many files were looked at.
        n_asked: How many were given; None where that was not known.
        n_added: How many articles came in.
        n_already: How many were there already.
        n_refused: How many files were refused as a whole.
        n_faults: How many records of other files were refused.
        n_queued: How many sentences came into the queue.
        n_set_aside: How many lines that recur in their sources' articles were set aside then,
            in earlier articles too.
        stopped: Why it ended before its last file; empty if it did not.
        n_bytes: How many bytes came through the browser.
    """

    n_files: int = 0
    n_asked: int | None = None
    n_added: int = 0
    n_already: int = 0
    n_refused: int = 0
    n_faults: int = 0
    n_queued: int = 0
    n_set_aside: int = 0
    stopped: str = ""
    n_bytes: int = 0


class Log:
    """What is reported in the course of one import, stored now and then and at its end.

    Stored whenever it has doubled, so that a killed import keeps most of it and a long one does
    not write it over and over.
    """

    def __init__(self, *, project_id: int, number: int, sums: Sums) -> None:
        """Begin with what is known before the first file."""
        self._project_id = project_id
        self._number = number
        self._sums = sums
        self._lines: list[dict[str, Any]] = []
        self._going: FileReport | None = None
        self._n_steps = 0
        self._n_stored = 0

    def add(self, reports: Sequence[FileReport]) -> None:
        """Take what was reported of some files."""
        self._going = None
        self._n_steps += len(reports)
        for report in reports:
            self._sums = _added(self._sums, report)
            self._lines.append(_as_json(report))

    def part(self, report: FileReport) -> None:
        """Take what is in of a large file so far."""
        self._going = report
        self._n_steps += 1

    def add_set_aside(self, n_lines: int) -> None:
        """Count recurring lines that were set aside."""
        self._sums = replace(self._sums, n_set_aside=self._sums.n_set_aside + n_lines)

    def check_standing(self, session: Session) -> None:
        """See that the import was not undone meanwhile, and store the report if it is time.

        The import is held until the transaction ends.

        Raises:
            TakenError: It was undone.
        """
        batch = queries.locked(session, project_id=self._project_id, number=self._number)
        if batch is None or batch.undone_at is not None:
            message = f"Import {self._number} was undone while it ran, so it ends here."
            raise TakenError(message)
        least = 1 if self._going else FIRST_KEPT
        if self._n_steps >= max(2 * self._n_stored, least):
            queries.keep_report(session, batch=batch, report=self._whole())
            self._n_stored = self._n_steps

    def finish(self, session: Session, *, now: datetime, stopped: str = "") -> None:
        """Store the whole report; the import has ended."""
        self._sums = replace(self._sums, stopped=stopped)
        batch = queries.locked(session, project_id=self._project_id, number=self._number)
        if batch is not None:
            batch.finished_at = now
            queries.keep_report(session, batch=batch, report=self._whole())
        look_again(session)

    def _whole(self) -> list[dict[str, Any]]:
        if self._going is None:
            return [asdict(self._sums), *self._lines]
        return [asdict(_added(self._sums, self._going)), *self._lines, _as_json(self._going)]


@contextmanager
def logged(
    open_session: Callable[[], AbstractContextManager[Session]],
    clock: Callable[[Session], datetime],
    log: Log,
) -> Iterator[None]:
    """However the block ends, the import's report is stored, and why it ended."""
    stopped = STOPPED
    try:
        yield
        stopped = ""
    except WorkbenchError as error:
        stopped = str(error)
        raise
    finally:
        with open_session() as session:
            log.finish(session, now=clock(session), stopped=stopped)


def _added(sums: Sums, report: FileReport) -> Sums:
    is_refused = report.outcome is Outcome.REFUSED
    return replace(
        sums,
        n_files=sums.n_files + 1,
        n_added=sums.n_added + report.n_articles,
        n_already=sums.n_already + report.n_already,
        n_refused=sums.n_refused + is_refused,
        n_faults=sums.n_faults + (0 if is_refused else report.n_faults),
        n_queued=sums.n_queued + report.n_queued,
    )


def _as_json(report: FileReport) -> dict[str, Any]:
    reason = report.reason
    if report.n_faults and report.outcome is not Outcome.REFUSED:  # each has a line of its own
        records = (
            "1 record refused" if report.n_faults == 1 else f"{report.n_faults:,} records refused"
        )
        reason = " ".join(filter(None, [report.broken_off, records]))
    return {
        "file": report.name,
        "outcome": str(report.outcome),
        "reason": reason,
        "article": report.article,
        "n_articles": report.n_articles,
        "n_already": report.n_already,
        "n_segments": report.n_segments,
        "n_queued": report.n_queued,
        "faults": [[fault.where, fault.reason] for fault in report.faults],
    }
