"""How many reviewers sentences need and have, and where a reviewer's search for more begins.

All that changes these counts goes one after the other in a project: `lock` is asked first.
"""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from db.models import Assignment, Demand, Project, QueueMark, SubsetReviewer
from db.models.naming import table
from db.queries.many import listed

_demand = table(Demand)
_mark = table(QueueMark)
_assignment = table(Assignment)
_project = table(Project)
_named = table(SubsetReviewer)

QUEUE_LOCK = 0x46435151  # any number of our own; the second one is the project's
END = (1 << 62) - 1
"""A mark behind every sentence there can be."""
HELD = ("leased", "done")
SEEN = ("leased", "done", "skipped")
"""States after which a sentence is not offered to the same reviewer again."""

# As they are, not as values: the statements of the hot path are then the same at every time.
_SEEN: tuple[sa.ColumnElement[str], ...] = tuple(sa.literal_column(f"'{state}'") for state in SEEN)
_IS_OPEN = sa.text("demand.n_taken < demand.n_wanted")
_OPEN_AS_INDEXED = sa.text("n_taken < n_wanted")  # as the index says it


_PROJECT = (
    sa.select(_project.c.id)
    .where(_project.c.id == sa.bindparam("row_id"))
    .with_for_update(read=True, key_share=True)
)


def lock(session: Session, *, project_id: int) -> None:
    """Be the only one who gives out sentences of a project, until the transaction ends.

    The project's row is held before, as by whoever changes articles: so nobody waits for each
    other. On SQLite the transaction is the only writer already.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_PROJECT, {"row_id": project_id})
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(QUEUE_LOCK, project_id)))


# Looked up for one sentence after the other: as EXISTS, PostgreSQL may gather all that the reviewer
# has ever done before it looks for the first one; as IS NULL, it expects to find next to none.
_SEEN_BY_THEM = (
    sa.select(sa.literal_column("1"))
    .where(_assignment.c.sentence_id == _demand.c.sentence_id)
    .where(_assignment.c.reviewer_id == sa.bindparam("reviewer_id"))
    .where(_assignment.c.state.in_(_SEEN))
    .limit(sa.literal_column("1"))
    .correlate(_demand)
    .scalar_subquery()
)
_NEXT = (
    sa.select(_demand.c.sentence_id, _demand.c.turn)
    .where(_demand.c.project_id == sa.bindparam("project_id"))
    .where(_demand.c.subset_key == sa.bindparam("subset_key"))
    .where(_demand.c.n_taken == sa.bindparam("level"))
    .where(_OPEN_AS_INDEXED)
    .where(_demand.c.turn >= sa.bindparam("mark"))
    .where(_SEEN_BY_THEM.is_distinct_from(sa.literal_column("1")))
    .order_by(_demand.c.turn)
    .limit(sa.bindparam("n"))
)


def open_for(
    session: Session,
    *,
    project_id: int,
    reviewer_id: int,
    subset_key: int,
    level: int,
    mark: int,
    limit: int,
) -> list[tuple[int, int]]:
    """Sentences that so many reviewers have and more are needed for, and this one had not.

    Pairs of sentence and turn, in the order of their turns, from the mark on.
    """
    values = {
        "project_id": project_id,
        "reviewer_id": reviewer_id,
        "subset_key": subset_key,
        "level": level,
        "mark": mark,
        "n": limit,
    }
    return [(key, turn) for key, turn in session.connection().execute(_NEXT, values)]


_MARKS = sa.select(_mark.c.subset_key, _mark.c.level, _mark.c.turn).where(
    _mark.c.project_id == sa.bindparam("project_id"),
    _mark.c.reviewer_id == sa.bindparam("reviewer_id"),
)
_MARK_KEY = ["project_id", "subset_key", "level", "reviewer_id"]
_SET_MARK: dict[str, Any] = {
    "sqlite": (on := sqlite.insert(_mark)).on_conflict_do_update(
        index_elements=_MARK_KEY, set_={"turn": on.excluded.turn}
    ),
    "postgresql": (pg := postgresql.insert(_mark)).on_conflict_do_update(
        index_elements=_MARK_KEY, set_={"turn": pg.excluded.turn}
    ),
}


def marks(session: Session, *, project_id: int, reviewer_id: int) -> dict[tuple[int, int], int]:
    """Where a reviewer's search begins, by subset and level; without one it begins at 0."""
    values = {"project_id": project_id, "reviewer_id": reviewer_id}
    rows = session.connection().execute(_MARKS, values)
    return {(subset_key, level): turn for subset_key, level, turn in rows}


def set_mark(
    session: Session, *, project_id: int, reviewer_id: int, subset_key: int, level: int, turn: int
) -> None:
    """Let a reviewer's search begin here: nothing before it is for them."""
    values = {
        "project_id": project_id,
        "reviewer_id": reviewer_id,
        "subset_key": subset_key,
        "level": level,
        "turn": turn,
    }
    session.connection().execute(_SET_MARK[session.get_bind().dialect.name], values)


def _newly_open(dialect: str) -> sa.Select[Any]:
    """The first of `keys` that lies before a mark and is for that mark's reviewer."""
    seen = (
        sa.select(sa.literal(1))
        .where(_assignment.c.sentence_id == _demand.c.sentence_id)
        .where(_assignment.c.reviewer_id == _mark.c.reviewer_id)
        .where(_assignment.c.state.in_(_SEEN))
        .correlate(_demand, _mark)
        .exists()
    )
    return (
        sa.select(sa.func.min(_demand.c.turn))
        .where(_demand.c.sentence_id.in_(sa.select(listed(dialect, sa.BigInteger).c.value)))
        .where(_demand.c.subset_key == _mark.c.subset_key)
        .where(_demand.c.n_taken == _mark.c.level)
        .where(_IS_OPEN)
        .where(_demand.c.turn < _mark.c.turn)
        .where(~seen)
        .correlate(_mark)
    )


def _lower(dialect: str) -> sa.Update:
    first = _newly_open(dialect).scalar_subquery()
    return (
        sa.update(_mark)
        .where(_mark.c.project_id == sa.bindparam("of_project"))
        .where(first.is_not(None))
        .values(turn=first)
    )


_LOWER = {dialect: _lower(dialect) for dialect in ("sqlite", "postgresql")}


def lower_marks(session: Session, *, project_id: int, sentence_ids: Collection[int]) -> None:
    """Let nobody's search begin behind one of these that has become open for them."""
    if sentence_ids:
        keys = among_value(session, sentence_ids)
        name = session.get_bind().dialect.name
        session.connection().execute(_LOWER[name], {"of_project": project_id, "keys": keys})


def among_value(session: Session, keys: Collection[int]) -> Any:
    """Keys as the one value that a statement for either database takes."""
    ordered = sorted(set(keys))
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return f"[{','.join(map(str, ordered))}]" if is_sqlite else ordered


def _change(dialect: str) -> sa.Update:
    return (
        sa.update(_demand)
        .where(_demand.c.sentence_id.in_(sa.select(listed(dialect, sa.BigInteger).c.value)))
        .values(n_taken=_demand.c.n_taken + sa.bindparam("by"))
    )


_CHANGE = {dialect: _change(dialect) for dialect in ("sqlite", "postgresql")}


def change_taken(
    session: Session, *, project_id: int, sentence_ids: Collection[int], by: int
) -> None:
    """Count a place of each of these sentences as taken (1) or given back (-1)."""
    if sentence_ids:
        keys = among_value(session, sentence_ids)
        name = session.get_bind().dialect.name
        session.connection().execute(_CHANGE[name], {"keys": keys, "by": by})
        lower_marks(session, project_id=project_id, sentence_ids=sentence_ids)


_IS_NAMED = (
    sa.select(sa.literal(1))
    .where(_named.c.subset_id == _demand.c.subset_key)
    .where(_named.c.reviewer_id == sa.bindparam("who"))
    .exists()
)
_TAKE = (
    sa.update(_demand)
    .where(_demand.c.sentence_id == sa.bindparam("row_id"))
    .where(_demand.c.n_taken < _demand.c.n_wanted)
    .where(sa.or_(_demand.c.subset_key == 0, _IS_NAMED))
    .values(n_taken=_demand.c.n_taken + 1)
)


def take(session: Session, *, project_id: int, sentence_id: int, reviewer_id: int) -> bool:
    """Take a place of one sentence, if one is free and for this reviewer; whether it was."""
    values = {"row_id": sentence_id, "who": reviewer_id}
    if session.connection().execute(_TAKE, values).rowcount != 1:
        return False
    lower_marks(session, project_id=project_id, sentence_ids=[sentence_id])
    return True


_N_OPEN_FOR = sa.select(sa.func.count()).select_from(
    _NEXT.with_only_columns(_demand.c.sentence_id).order_by(None).subquery()
)


def n_open_for(
    session: Session,
    *,
    project_id: int,
    reviewer_id: int,
    subset_key: int,
    level: int,
    mark: int,
    most: int,
) -> int:
    """How many sentences `open_for` would find; no more than `most` are counted."""
    values = {
        "project_id": project_id,
        "reviewer_id": reviewer_id,
        "subset_key": subset_key,
        "level": level,
        "mark": mark,
        "n": most,
    }
    number: int = session.connection().execute(_N_OPEN_FOR, values).scalar_one()
    return number


_ELSEWHERE = sa.select(sa.func.count()).select_from(
    sa.select(_demand.c.sentence_id)
    .where(_demand.c.project_id == sa.bindparam("project_id"))
    .where(_demand.c.subset_key.not_in(sa.bindparam("subset_keys", expanding=True)))
    .where(_OPEN_AS_INDEXED)
    .limit(sa.bindparam("n"))
    .subquery()
)


def n_elsewhere(
    session: Session, *, project_id: int, subset_keys: Collection[int], most: int
) -> int:
    """How many open sentences belong to other subsets than these; at most `most` are counted."""
    values = {"project_id": project_id, "subset_keys": list(subset_keys), "n": most}
    number: int = session.connection().execute(_ELSEWHERE, values).scalar_one()
    return number
