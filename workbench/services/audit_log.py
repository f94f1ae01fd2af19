"""The audit log as people read it: an admin all of it, a manager what concerns their projects."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import orjson
from sqlmodel import Session

from db.queries import audit_log as queries
from db.queries.audit_log import OPERATOR_NAME as OPERATOR_NAME
from db.queries.audit_log import AuditRow, Wanted
from workbench.errors import InputError, NotAllowedError, NotFoundError
from workbench.formats.writers.cells import defused_cell
from workbench.services import projects
from workbench.services.permissions import Actor, Permission, check

PER_PAGE = 100
CHUNK = 64 * 1024
COLUMNS = ("id", "at", "actor", "act", "object_type", "object_id", "object", "details", "address")
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/x-ndjson",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows somebody asks for.

    Attributes:
        project: The slug of a project; None for all that the actor may see.
        act: What was done, such as `disable_account`; empty for anything.
        actor: A part of the name of who did it; empty for anybody.
        about: A part of the name of what it was done to; empty for anything.
        since: The first day, in UTC; None from the beginning.
        until: The last day, in UTC; None up to now.
    """

    project: str | None = None
    act: str = ""
    actor: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act.

    Attributes:
        id: Its number: the order in which things were done.
        at: When.
        actor: The name of who did it; `operator` where it was done by command.
        act: What was done.
        object_type: What it was done to: the kind.
        object_id: Its public name.
        object_name: A person's name, where it was done to one.
        details: What changed.
        address: Where the request came from; empty for whoever is no admin.
    """

    id: int
    at: datetime
    actor: str
    act: str
    object_type: str
    object_id: str
    object_name: str
    details: dict[str, Any]
    address: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of the log, how many rows there are in all, and what was done at all."""

    rows: tuple[AuditLine, ...]
    total: int
    acts: tuple[str, ...]


def day(written: str) -> date | None:
    """A day as it stands in an address or a command; None for nothing.

    Raises:
        InputError: It is none.
    """
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        message = f"'{written[:20]}' is not a day. Write it as 2026-03-03."
        raise InputError(message) from error


def page(session: Session, *, actor: Actor, asked: Asked, number: int = 1) -> AuditPage:
    """One page of the log, the newest first.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor may read the log of no project.
    """
    wanted = _wanted(session, actor, asked)
    rows = queries.rows(
        session, wanted=wanted, offset=(max(number, 1) - 1) * PER_PAGE, limit=PER_PAGE
    )
    return AuditPage(
        rows=tuple(_line(row, actor) for row in rows),
        total=queries.count(session, wanted=wanted),
        acts=tuple(queries.acts(session, wanted=wanted)),
    )


def every(session: Session, *, actor: Actor, asked: Asked) -> Iterator[AuditLine]:
    """All rows asked for, the oldest first. Raises as `page` does, before the first row."""
    wanted = _wanted(session, actor, asked)
    return (_line(row, actor) for row in queries.every(session, wanted=wanted))


def stream(session: Session, *, actor: Actor, fmt: str, asked: Asked) -> Iterator[bytes]:
    """All rows asked for, the oldest first, written as `csv` or `jsonl`.

    JSONL is exact. CSV is for spreadsheets: a cell that one would run as a formula gets an
    apostrophe.

    Raises:
        NotFoundError: There is no such format or project, or the actor is not in it.
        NotAllowedError: The actor may read the log of no project.
    """
    if fmt not in CONTENT_TYPES:
        message = f"There is no such format. There are: {', '.join(CONTENT_TYPES)}."
        raise NotFoundError(message)
    lines = every(session, actor=actor, asked=asked)
    return _gathered(_csv(lines) if fmt == "csv" else map(_json, lines))


def _gathered(pieces: Iterator[bytes]) -> Iterator[bytes]:
    parts: list[bytes] = []
    size = 0
    for piece in pieces:
        parts.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield b"".join(parts)
            parts, size = [], 0
    yield b"".join(parts)


def _csv(lines: Iterator[AuditLine]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([defused_cell(str(value)) for value in _values(line).values()])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()


def _json(line: AuditLine) -> bytes:
    return orjson.dumps({**_values(line), "details": line.details}) + b"\n"


def _values(line: AuditLine) -> dict[str, Any]:
    details = orjson.dumps(line.details).decode()
    at = line.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    told = (line.id, at, line.actor, line.act, line.object_type, line.object_id, line.object_name)
    return dict(zip(COLUMNS, (*told, details, line.address), strict=True))


def _wanted(session: Session, actor: Actor, asked: Asked) -> Wanted:
    return Wanted(
        projects=_projects_seen(session, actor, asked.project),
        act=asked.act,
        actor=asked.actor.strip(),
        about=asked.about.strip(),
        since=_midnight(asked.since),
        until=_end(asked.until),
    )


def _projects_seen(session: Session, actor: Actor, slug: str | None) -> tuple[str, ...] | None:
    """The projects whose rows the actor reads; None for the whole installation."""
    if slug is not None:
        project = projects.find(session, actor=actor, slug=slug)
        check(actor, Permission.SEE_AUDIT, project_id=project.id)
        return (project.slug,)
    if actor.may(Permission.SEE_AUDIT):
        return None
    mine = projects.visible(session, actor=actor)
    seen = tuple(each.slug for each in mine if actor.may(Permission.SEE_AUDIT, each.id))
    if not seen:
        message = "Your role does not include the audit log. Ask a manager."
        raise NotAllowedError(message)
    return seen


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(tzinfo=UTC))


def _end(day: date | None) -> datetime | None:
    """The first moment after a day; None where the calendar ends with it, and so does nothing."""
    return None if day in (None, date.max) else _midnight(day + timedelta(days=1))


def _line(row: AuditRow, actor: Actor) -> AuditLine:
    return AuditLine(
        id=row.id,
        at=row.at,
        actor=row.actor or OPERATOR_NAME,
        act=row.act,
        object_type=row.object_type,
        object_id=row.object_id,
        object_name=row.object_name or "",
        details=row.details,
        address=row.address if actor.is_admin else "",
    )
