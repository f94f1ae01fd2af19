"""Imports as they are remembered: who brought in what and when, and what became of each file."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import imports as queries
from workbench.errors import NotFoundError, TakenError, WorkbenchError
from workbench.formats.readers import RecordFault
from workbench.services import projects
from workbench.services.import_reports import FileReport, Outcome
from workbench.services.permissions import Actor, Permission, check

PER_PAGE = 20
OPERATOR_NAME = "operator"
STOPPED = "It was stopped."


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
        stopped: Why it ended before its last file; empty if it did not.
    """

    n_files: int = 0
    n_asked: int | None = None
    n_added: int = 0
    n_already: int = 0
    n_refused: int = 0
    n_faults: int = 0
    n_queued: int = 0
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import as the list shows it. `n_articles` are those that are still there."""

    number: int
    by: str
    started_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None
    sums: Sums
    n_articles: int


@dataclass(frozen=True, slots=True)
class ImportList:
    """A page of the imports, newest first, and how many match."""

    rows: tuple[ImportLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of a report: a file, or a record of it that was refused.

    Attributes:
        file: The file's name, which is imported text.
        outcome: What became of the file; for a record `refused`.
        place: Where in the file, "line 17"; empty for the file itself. It may hold imported text.
        reason: Why it was refused, or what was noticed.
        article: The public id of its article, if it is one.
        n_articles: How many articles came in.
        n_already: How many were there already.
        n_segments: How many segments they have.
        n_queued: How many of them came into the queue.
    """

    file: str
    outcome: str
    place: str = ""
    reason: str = ""
    article: str = ""
    n_articles: int = 0
    n_already: int = 0
    n_segments: int = 0
    n_queued: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One import with every line of its report."""

    line: ImportLine
    lines: tuple[ReportLine, ...]


class Log:
    """What is reported in the course of one import, stored now and then and at its end.

    Stored whenever it has doubled, so that a killed import keeps most of it and a long one does
    not write it over and over.
    """

    def __init__(self, *, project_id: int, number: int, n_asked: int | None) -> None:
        """Begin with nothing."""
        self._project_id = project_id
        self._number = number
        self._sums = Sums(n_asked=n_asked)
        self._lines: list[dict[str, Any]] = []
        self._n_stored = 0

    def add(self, reports: Sequence[FileReport]) -> None:
        """Take what was reported of some files."""
        for report in reports:
            self._sums = _added(self._sums, report)
            self._lines.append(_as_json(report))

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
        if len(self._lines) >= max(2 * self._n_stored, 100):
            queries.keep_report(session, batch=batch, report=self._whole())
            self._n_stored = len(self._lines)

    def finish(self, session: Session, *, now: datetime, stopped: str = "") -> None:
        """Store the whole report; the import has ended."""
        self._sums = replace(self._sums, stopped=stopped)
        batch = queries.locked(session, project_id=self._project_id, number=self._number)
        if batch is not None:
            batch.finished_at = now
            queries.keep_report(session, batch=batch, report=self._whole())

    def _whole(self) -> list[dict[str, Any]]:
        return [asdict(self._sums), *self._lines]


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
        reason = (
            "1 record refused" if report.n_faults == 1 else f"{report.n_faults:,} records refused"
        )
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


def lines_of(report: FileReport) -> Iterator[ReportLine]:
    """A file's lines: what became of it, then each record of it that was refused."""
    return _lines(_as_json(report))


def _lines(stored: dict[str, Any]) -> Iterator[ReportLine]:
    faults = [RecordFault(where, reason) for where, reason in stored["faults"]]
    whole = {name: value for name, value in stored.items() if name != "faults"}
    if len(faults) == 1 and whole["outcome"] == Outcome.REFUSED:
        yield ReportLine(**whole | {"place": faults[0].where, "reason": faults[0].reason})
        return
    yield ReportLine(**whole)
    for fault in faults:
        yield ReportLine(stored["file"], Outcome.REFUSED, fault.where, fault.reason)


def begin(session: Session, *, actor: Actor, project: Project, number: int, now: datetime) -> None:
    """Remember that an import began; its number is what its articles carry."""
    check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
    queries.begin(
        session, project_id=project.id, number=number, account_id=actor.account_id, now=now
    )


def listing(
    session: Session, *, actor: Actor, slug: str | None, search: str = "", page: int = 1
) -> ImportList:
    """The imports of a project, newest first.

    Args:
        session: Read only.
        actor: Who asks.
        slug: The project.
        search: Words; all of them stand in an import's files, reasons or the importer's name.
        page: From 1.

    Raises:
        NotFoundError: There is no such project, or it is not the actor's to see.
        NotAllowedError: The actor does not import articles.
    """
    project = _importable(session, actor=actor, slug=slug)
    rows = queries.page(
        session,
        project_id=project.id,
        search=search,
        offset=(max(page, 1) - 1) * PER_PAGE,
        limit=PER_PAGE,
    )
    return ImportList(
        rows=tuple(
            ImportLine(
                number=row.number,
                by=row.by or OPERATOR_NAME,
                started_at=row.started_at,
                finished_at=row.finished_at,
                undone_at=row.undone_at,
                sums=Sums(**row.sums) if row.sums else Sums(),
                n_articles=row.n_articles,
            )
            for row in rows
        ),
        total=queries.count(session, project_id=project.id, search=search),
    )


def report(session: Session, *, actor: Actor, slug: str | None, number: int) -> ImportReport:
    """One import with its whole report.

    Raises:
        NotFoundError: There is no such project or import, or it is not the actor's to see.
        NotAllowedError: The actor does not import articles.
    """
    project = _importable(session, actor=actor, slug=slug)
    batch = queries.by_number(session, project_id=project.id, number=number)
    if batch is None:
        message = f"There is no import {number} in this project."
        raise NotFoundError(message)
    extent = queries.extent(session, project_id=project.id, number=number)
    sums, *files = batch.report or [asdict(Sums())]
    line = ImportLine(
        number=number,
        by=queries.name_of(session, account_id=batch.account_id) or OPERATOR_NAME,
        started_at=batch.started_at,
        finished_at=batch.finished_at,
        undone_at=batch.undone_at,
        sums=Sums(**sums),
        n_articles=extent.n_articles,
    )
    return ImportReport(line, tuple(line for file in files for line in _lines(file)))


def _importable(session: Session, *, actor: Actor, slug: str | None) -> Project:
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
    return project
