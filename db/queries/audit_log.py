"""The audit log as it is read: searched, filtered, a page or the whole of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Account, AuditEvent
from db.models.naming import table
from db.queries.words import storable

_account = table(Account)
_event = table(AuditEvent)
ROWS_AT_A_TIME = 1000
OPERATOR_NAME = "operator"
"""Who acted by command."""


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


def rows(session: Session, *, wanted: Wanted, offset: int, limit: int) -> list[AuditRow]:
    """One page of the rows looked for, the newest first."""
    newest = _event.c.id.desc()
    # Which they are is told by an index, however many come before; only these are read.
    page = _of(wanted, _event.c.id).order_by(newest).offset(offset).limit(limit)
    found = session.execute(page).scalars().all()
    statement = _ROWS.where(_event.c.id.in_(found)).order_by(newest)
    return [AuditRow(*row) for row in session.execute(statement)]


def every(session: Session, *, wanted: Wanted) -> Iterator[AuditRow]:
    """All the rows looked for, the oldest first, a thousand of each project in memory at a time."""
    if wanted.projects is None:
        return _walked(session, wanted)
    each = [_walked(session, replace(wanted, projects=(slug,))) for slug in wanted.projects]
    return merge(*each, key=attrgetter("id"))


def _walked(session: Session, wanted: Wanted) -> Iterator[AuditRow]:
    last = 0
    while True:
        statement = _of(wanted, _event.c.id).where(_event.c.id > last).order_by(_event.c.id)
        part = session.execute(
            _ROWS.where(_event.c.id.in_(statement.limit(ROWS_AT_A_TIME))).order_by(_event.c.id)
        ).all()
        yield from (AuditRow(*row) for row in part)
        if len(part) < ROWS_AT_A_TIME:
            return
        last = part[-1][0]


def count(session: Session, *, wanted: Wanted) -> int:
    """How many rows there are of what is looked for."""
    n: int = session.execute(_of(wanted, sa.func.count())).scalar_one()
    return n


def acts(session: Session, *, wanted: Wanted) -> list[str]:
    """What was done at all, in the order of the alphabet."""
    statement = _of(Wanted(projects=wanted.projects), _event.c.act).distinct()
    return list(session.execute(statement.order_by(_event.c.act)).scalars())


_subject = _account.alias("subject")
_is_account = _event.c.object_type == "account"
_ROWS = (
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
    .outerjoin(_account, _account.c.id == _event.c.actor_id)
    .outerjoin(_subject, sa.and_(_is_account, _subject.c.public_id == _event.c.object_id))
)


def _of(wanted: Wanted, what: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Something of each row looked for, without the names that only a page shows."""
    return sa.select(what).select_from(_event).where(*_conditions(wanted))


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.projects is not None:
        found.append(_event.c.project.in_(wanted.projects))
    if wanted.act:
        found.append(_event.c.act == storable(wanted.act))
    if wanted.actor:
        called = _account.c.name.icontains(storable(wanted.actor), autoescape=True)
        by = _event.c.actor_id.in_(sa.select(_account.c.id).where(called))
        is_operator = storable(wanted.actor).casefold() in OPERATOR_NAME
        found.append(sa.or_(by, _event.c.actor_id.is_(None)) if is_operator else by)
    if wanted.about:
        found.append(_is_about(storable(wanted.about)))
    if wanted.since is not None:
        found.append(_event.c.at >= wanted.since)
    if wanted.until is not None:
        found.append(_event.c.at < wanted.until)
    return found


def _is_about(words: str) -> sa.ColumnElement[bool]:
    """A person by their name, anything else by its own."""
    known = sa.select(_account.c.public_id)
    called = known.where(_account.c.name.icontains(words, autoescape=True))
    named = _event.c.object_id.icontains(words, autoescape=True)
    is_person = sa.and_(_is_account, _event.c.object_id.in_(known))
    return sa.or_(
        sa.and_(_is_account, _event.c.object_id.in_(called)), sa.and_(named, sa.not_(is_person))
    )
