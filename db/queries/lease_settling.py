"""Assignments put right in bulk, after answers, sentences or subsets changed by another way."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from db.models import Account, Annotation, Assignment, Sentence
from db.models.naming import table
from db.queries.demand import among_value
from db.queries.leases import set_state
from db.queries.many import among, both, listed

_assignment = table(Assignment)
_annotation = table(Annotation)
_sentence = table(Sentence)
_account = table(Account)


def _settle(dialect: str) -> Any:
    insert = (sqlite if dialect == "sqlite" else postgresql).insert(_assignment)
    state = sa.case((_annotation.c.status == "labelled", "done"), else_="skipped")
    answered = (
        sa.select(
            _annotation.c.project_id,
            _annotation.c.sentence_id,
            _annotation.c.reviewer_id,
            state,
            _annotation.c.decided_at,
            _annotation.c.decided_at,
            sa.literal(0),
        )
        .where(_annotation.c.sentence_id.in_(sa.select(listed(dialect, sa.BigInteger).c.value)))
        .where(_annotation.c.status != "open")
    )
    names = ["project_id", "sentence_id", "reviewer_id", "state", "leased_at", "leased_until"]
    return insert.from_select([*names, "fence"], answered).on_conflict_do_update(
        index_elements=["sentence_id", "reviewer_id"],
        set_={"state": insert.excluded.state},
        where=_assignment.c.state != insert.excluded.state,
    )


_SETTLE = {dialect: _settle(dialect) for dialect in ("sqlite", "postgresql")}


def _let_go(dialect: str) -> tuple[sa.Update, ...]:
    here = _assignment.c.sentence_id.in_(sa.select(listed(dialect, sa.BigInteger).c.value))
    is_answered = (
        sa.select(sa.literal(1))
        .where(_annotation.c.sentence_id == _assignment.c.sentence_id)
        .where(_annotation.c.reviewer_id == _assignment.c.reviewer_id)
        .where(_annotation.c.status != "open")
        .exists()
    )
    is_queued = (
        sa.select(sa.literal(1))
        .where(_sentence.c.id == _assignment.c.sentence_id, _sentence.c.is_queued)
        .exists()
    )
    return (
        sa.update(_assignment)
        .where(here, _assignment.c.state.in_(("done", "skipped")), ~is_answered)
        .values(state="released"),
        sa.update(_assignment)
        .where(here, _assignment.c.state == "leased", ~is_queued)
        .values(state="released"),
    )


_LET_GO = {dialect: _let_go(dialect) for dialect in ("sqlite", "postgresql")}


def settle(session: Session, *, sentence_ids: Collection[int]) -> None:
    """Make assignments of these sentences say what was answered, however it came in.

    Nobody holds what is out of the queue.
    """
    if not sentence_ids:
        return
    name = session.get_bind().dialect.name
    keys = {"keys": among_value(session, sentence_ids)}
    for statement in (_SETTLE[name], *_LET_GO[name]):
        session.connection().execute(statement, keys)


def release_strangers(
    session: Session, *, subset_keys: dict[int, int], named: dict[int, set[int]]
) -> None:
    """Take leases of subsets' sentences from whoever the subset is not given to.

    `subset_keys` has each sentence's subset, `named` the reviewers of each.
    """
    statement = both(
        sa.select(_assignment.c.id, _assignment.c.sentence_id, _assignment.c.reviewer_id).where(
            _assignment.c.state == "leased"
        ),
        _assignment.c.sentence_id,
    )
    rows = among(session, statement, [key for key, subset in subset_keys.items() if subset])
    ids = [key for key, sentence, who in rows if who not in named.get(subset_keys[sentence], set())]
    set_state(session, ids=ids, state="released")


_IS_LABELLED = _annotation.c.status == "labelled"
_UNLIKE = (
    sa.select(_annotation.c.sentence_id, _account.c.public_id)
    .select_from(_annotation)
    .join(_account, _account.c.id == _annotation.c.reviewer_id)
    .outerjoin(
        _assignment,
        sa.and_(
            _assignment.c.sentence_id == _annotation.c.sentence_id,
            _assignment.c.reviewer_id == _annotation.c.reviewer_id,
        ),
    )
    .where(_annotation.c.project_id == sa.bindparam("project_id"))
    .where(
        sa.func.coalesce(_assignment.c.state, "released")
        != sa.case(
            (_IS_LABELLED, "done"),
            (_annotation.c.status == "skipped", "skipped"),
            (_assignment.c.state.in_(("done", "skipped")), "open"),
            else_=sa.func.coalesce(_assignment.c.state, "released"),
        )
    )
    .order_by(_annotation.c.id)
)
_UNANSWERED = (
    sa.select(_assignment.c.sentence_id, _account.c.public_id)
    .join(_account, _account.c.id == _assignment.c.reviewer_id)
    .where(_assignment.c.project_id == sa.bindparam("project_id"))
    .where(_assignment.c.state.in_(("done", "skipped")))
    .where(
        ~sa.exists().where(
            _annotation.c.sentence_id == _assignment.c.sentence_id,
            _annotation.c.reviewer_id == _assignment.c.reviewer_id,
        )
    )
    .order_by(_assignment.c.id)
)


def unlike(session: Session, *, project_id: int) -> list[tuple[int, str]]:
    """Assignments that do not say what was answered: sentence, and its reviewer's public id."""
    values = {"project_id": project_id}
    return [
        (sentence_id, reviewer)
        for statement in (_UNLIKE, _UNANSWERED)
        for sentence_id, reviewer in session.connection().execute(statement, values)
    ]


def release_all(session: Session, *, project_id: int) -> None:
    """Let nobody hold anything undecided in a project."""
    session.connection().execute(
        sa.update(_assignment)
        .where(_assignment.c.project_id == project_id, _assignment.c.state == "leased")
        .values(state="released")
    )
