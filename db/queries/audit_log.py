"""The audit log as it is read: searched, filtered, a page or the whole of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Account, AuditEvent
from db.models.naming import table
from db.queries.words import storable

_account = table(Account)
_event = table(AuditEvent)
ROWS_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are looked for.

    Attributes:
        projects: The slugs of the projects that they concern; None for the whole installation.
        act: What was done, such as `disable_account`; empty for anything.
        actor: A part of the name of who did it, whatever its case; empty for anybody.
        about: A part of the name of what it was done to; empty for anything.
        since: The earliest moment; None from the beginning.
        until: The moment before which it was; None up to now.
    """

    projects: tuple[str, ...] | None = None
    act: str = ""
    actor: str = ""
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One act as it was recorded; no name where the operator acted by command."""

    id: int
    at: datetime
    actor: str | None
    act: str
    object_type: str
    object_id: str
    object_name: str | None
    details: dict[str, Any]
    address: str
    hash: str


_subject = _account.alias("subject")


def rows(session: Session, *, wanted: Wanted, offset: int, limit: int) -> list[AuditRow]:
    """One page of the rows looked for, the newest first."""
    newest = _event.c.id.desc()
    statement = _rows(wanted).order_by(newest).offset(offset).limit(limit)
    return [AuditRow(*row) for row in session.execute(statement)]


def every(session: Session, *, wanted: Wanted) -> Iterator[AuditRow]:
    """All the rows looked for, the oldest first, a thousand in memory at a time."""
    last = 0
    while True:
        statement = _rows(wanted).where(_event.c.id > last).order_by(_event.c.id)
        part = session.execute(statement.limit(ROWS_AT_A_TIME)).all()
        yield from (AuditRow(*row) for row in part)
        if len(part) < ROWS_AT_A_TIME:
            return
        last = part[-1][0]


def count(session: Session, *, wanted: Wanted) -> int:
    """How many rows there are of what is looked for."""
    n: int = session.execute(
        sa.select(sa.func.count()).select_from(_joined()).where(*_conditions(wanted))
    ).scalar_one()
    return n


def acts(session: Session, *, wanted: Wanted) -> list[str]:
    """What was done at all, in the order of the alphabet."""
    statement = (
        sa.select(_event.c.act)
        .select_from(_joined())
        .where(*_conditions(Wanted(projects=wanted.projects)))
        .distinct()
        .order_by(_event.c.act)
    )
    return list(session.execute(statement).scalars())


def _rows(wanted: Wanted) -> sa.Select[Any]:
    return (
        sa.select(
            _event.c.id,
            _event.c.at,
            _account.c.name,
            _event.c.act,
            _event.c.object_type,
            _event.c.object_id,
            _subject.c.name,
            _event.c.details,
            _event.c.address,
            _event.c.hash,
        )
        .select_from(_joined())
        .where(*_conditions(wanted))
    )


def _joined() -> sa.Join:
    is_subject = sa.and_(
        _event.c.object_type == "account", _subject.c.public_id == _event.c.object_id
    )
    return _event.outerjoin(_account, _account.c.id == _event.c.actor_id).outerjoin(
        _subject, is_subject
    )


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.projects is not None:
        is_project = sa.and_(
            _event.c.object_type == "project", _event.c.object_id.in_(wanted.projects)
        )
        is_in_project = _event.c.details["project"].as_string().in_(wanted.projects)
        found.append(sa.or_(is_project, is_in_project))
    if wanted.act:
        found.append(_event.c.act == storable(wanted.act))
    if wanted.actor:
        name = sa.func.coalesce(_account.c.name, "operator")
        found.append(name.icontains(storable(wanted.actor), autoescape=True))
    if wanted.about:
        about = sa.func.coalesce(_subject.c.name, _event.c.object_id)
        found.append(about.icontains(storable(wanted.about), autoescape=True))
    if wanted.since is not None:
        found.append(_event.c.at >= wanted.since)
    if wanted.until is not None:
        found.append(_event.c.at < wanted.until)
    return found
