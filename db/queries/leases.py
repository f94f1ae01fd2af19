"""Assignments: which reviewer has which sentence, how long, and what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from db.models import Assignment, Demand
from db.models.naming import table
from db.queries.demand import HELD, among_value
from db.queries.many import among, both, listed

_assignment = table(Assignment)
_demand = table(Demand)

SWEPT_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Lease:
    """One sentence for one reviewer."""

    id: int
    sentence_id: int
    state: str
    leased_until: datetime
    fence: int


_COLUMNS = tuple(_assignment.c[name] for name in Lease.__dataclass_fields__)
_LEASED = sa.text("assignment.state = 'leased'")  # as the index says it
_MINE = (
    sa.select(*_COLUMNS)
    .join(_demand, _demand.c.sentence_id == _assignment.c.sentence_id)
    .where(_assignment.c.reviewer_id == sa.bindparam("reviewer_id"))
    .where(_assignment.c.project_id == sa.bindparam("project_id"))
    .where(_assignment.c.state == "leased")
    .order_by(_assignment.c.id)
)


def mine(session: Session, *, project_id: int, reviewer_id: int) -> list[Lease]:
    """What a reviewer holds undecided, run out or not."""
    values = {"project_id": project_id, "reviewer_id": reviewer_id}
    return [Lease(*row) for row in session.connection().execute(_MINE, values)]


_OF_SENTENCES = {
    dialect: statement.order_by(_assignment.c.id).with_for_update()
    for dialect, statement in both(
        sa.select(*_COLUMNS).where(_assignment.c.reviewer_id == sa.bindparam("reviewer_id")),
        _assignment.c.sentence_id,
    ).items()
}


def of_sentences(
    session: Session, *, reviewer_id: int, sentence_ids: Collection[int]
) -> dict[int, Lease]:
    """A reviewer's assignments of these sentences, by sentence; nobody sweeps them meanwhile."""
    rows = among(session, _OF_SENTENCES, sentence_ids, reviewer_id=reviewer_id)
    return {row[1]: Lease(*row) for row in rows}


_EXPIRED = (
    sa.select(_assignment.c.id, _assignment.c.sentence_id)
    .where(_assignment.c.project_id == sa.bindparam("project_id"))
    .where(_LEASED)
    .where(_assignment.c.leased_until <= sa.bindparam("now", type_=_assignment.c.leased_until.type))
    .where(_assignment.c.reviewer_id != sa.bindparam("but"))
    .order_by(_assignment.c.leased_until)
    .limit(SWEPT_AT_ONCE)
    .with_for_update(skip_locked=True)
)


def expired(session: Session, *, project_id: int, now: datetime, but: int) -> list[tuple[int, int]]:
    """Leases that have run out, one reviewer's left out: pairs of key and sentence, held.

    What is being decided at this very moment is passed over: it comes in time.
    """
    values = {"project_id": project_id, "now": now, "but": but}
    rows = session.connection().execute(_EXPIRED, values)
    return [(key, sentence_id) for key, sentence_id in rows]


def _held(*conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(_assignment.c.id, _assignment.c.sentence_id)
        .where(_assignment.c.state == "leased", *conditions)
        .order_by(_assignment.c.id)
        .with_for_update(skip_locked=True)
    )


def held_by(
    session: Session, *, project_id: int, reviewer_id: int, fences: dict[int, int] | None = None
) -> list[tuple[int, int]]:
    """What a reviewer holds undecided, as pairs of key and sentence, held.

    With `fences`, by sentence, only what was not given out anew since.
    """
    statement = _held(
        _assignment.c.reviewer_id == reviewer_id, _assignment.c.project_id == project_id
    )
    if fences is None:
        return [(key, sentence) for key, sentence in session.connection().execute(statement)]
    known = session.connection().execute(statement.add_columns(_assignment.c.fence))
    return [(key, sentence) for key, sentence, fence in known if fences.get(sentence) == fence]


def held_of(
    session: Session, *, project_id: int, sentence_ids: Collection[int]
) -> list[tuple[int, int]]:
    """Everybody's leases of these sentences, as pairs of key and sentence, held."""
    if not sentence_ids:
        return []
    statement = _held(
        _assignment.c.project_id == project_id,
        _assignment.c.sentence_id.in_(list(sentence_ids)),
    )
    return [(key, sentence) for key, sentence in session.connection().execute(statement)]


def _set_state(dialect: str) -> sa.Update:
    return (
        sa.update(_assignment)
        .where(_assignment.c.id.in_(sa.select(listed(dialect, sa.BigInteger).c.value)))
        .values(state=sa.bindparam("new_state"))
    )


_SET_STATE = {dialect: _set_state(dialect) for dialect in ("sqlite", "postgresql")}
_RENEW = {
    dialect: _set_state(dialect).values(
        state="leased",
        leased_until=sa.bindparam("until", type_=_assignment.c.leased_until.type),
        fence=_assignment.c.fence + sa.bindparam("by"),
    )
    for dialect in ("sqlite", "postgresql")
}


def set_state(session: Session, *, ids: Collection[int], state: str) -> None:
    """Give assignments another state, by their keys."""
    if ids:
        name = session.get_bind().dialect.name
        values = {"keys": among_value(session, ids), "new_state": state}
        session.connection().execute(_SET_STATE[name], values)


def renew(session: Session, *, ids: Collection[int], until: datetime, is_anew: bool) -> None:
    """Let leases last until then; `is_anew` gives each a new fence."""
    if ids:
        name = session.get_bind().dialect.name
        values = {"keys": among_value(session, ids), "until": until, "by": int(is_anew)}
        session.connection().execute(_RENEW[name], values)


def _give(insert: Any) -> Any:
    return insert.on_conflict_do_update(
        index_elements=["sentence_id", "reviewer_id"],
        set_={
            "state": insert.excluded.state,
            "leased_at": insert.excluded.leased_at,
            "leased_until": insert.excluded.leased_until,
            "fence": _assignment.c.fence + 1,
        },
    )


_GIVE = {
    "sqlite": _give(sqlite.insert(_assignment)),
    "postgresql": _give(postgresql.insert(_assignment)),
}


def give(
    session: Session,
    *,
    project_id: int,
    reviewer_id: int,
    sentence_ids: Sequence[int],
    state: str,
    now: datetime,
    until: datetime,
) -> None:
    """Give sentences to a reviewer, in this state; each gets a new fence."""
    rows = [
        {
            "project_id": project_id,
            "sentence_id": key,
            "reviewer_id": reviewer_id,
            "state": state,
            "leased_at": now,
            "leased_until": until,
            "fence": 1,
        }
        for key in sentence_ids
    ]
    if rows:
        session.connection().execute(_GIVE[session.get_bind().dialect.name], rows)


_COUNTS = both(
    sa.select(_assignment.c.sentence_id, sa.func.count())
    .where(_assignment.c.state.in_(HELD))
    .group_by(_assignment.c.sentence_id),
    _assignment.c.sentence_id,
)


def n_taken(session: Session, *, sentence_ids: Collection[int]) -> dict[int, int]:
    """How many places of each sentence are taken; a sentence without any is left out."""
    return {row[0]: row[1] for row in among(session, _COUNTS, sentence_ids)}


def projects_held(session: Session, *, reviewer_id: int) -> list[int]:
    """The projects in which a reviewer holds anything undecided."""
    statement = (
        sa.select(_assignment.c.project_id)
        .where(_assignment.c.reviewer_id == reviewer_id, _assignment.c.state == "leased")
        .distinct()
        .order_by(_assignment.c.project_id)
    )
    return list(session.connection().execute(statement).scalars())
