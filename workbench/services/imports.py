"""Imports as they are remembered: who brought in what and when, and what became of each file."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import imports as queries
from workbench.errors import NotFoundError
from workbench.formats.readers import RecordFault
from workbench.services import projects
from workbench.services.audit_log import OPERATOR_NAME
from workbench.services.import_logs import Sums
from workbench.services.import_reports import Outcome
from workbench.services.permissions import Actor, Permission, check

PER_PAGE = 20


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


def _lines(stored: dict[str, Any]) -> Iterator[ReportLine]:
    faults = [RecordFault(where, reason) for where, reason in stored["faults"]]
    whole = {name: value for name, value in stored.items() if name != "faults"}
    if len(faults) == 1 and whole["outcome"] == Outcome.REFUSED:
        yield ReportLine(**whole | {"place": faults[0].where, "reason": faults[0].reason})
        return
    yield ReportLine(**whole)
    for fault in faults:
        yield ReportLine(stored["file"], Outcome.REFUSED, fault.where, fault.reason)


def begin(
    session: Session, *, actor: Actor, project: Project, number: int, sums: Sums, now: datetime
) -> None:
    """Remember that an import began; its number is what its articles carry."""
    check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
    queries.begin(
        session,
        project_id=project.id,
        number=number,
        account_id=actor.account_id,
        now=now,
        report=[asdict(sums)],
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
