"""How complete a project is: sentences by how many people they need and how many decided them."""

from collections.abc import Collection, Iterator

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Annotation, Assignment, Demand, Sentence
from db.models.naming import table

_annotation = table(Annotation)
_assignment = table(Assignment)
_demand = table(Demand)
_sentence = table(Sentence)


def decided(session: Session, *, project_id: int, reviewer_ids: Collection[int]) -> tuple[int, int]:
    """Queued sentences that anybody decided, and those that all of these people did.

    Reads every annotation of the project.
    """
    is_theirs = _annotation.c.reviewer_id.in_(reviewer_ids)
    per_sentence = (
        sa.select(sa.func.sum(sa.case((is_theirs, 1), else_=0)).label("n"))
        .select_from(_annotation)
        .join(_sentence, _sentence.c.id == _annotation.c.sentence_id)
        .where(_annotation.c.project_id == project_id, _annotation.c.status != "open")
        .where(_sentence.c.is_queued)
        .group_by(_annotation.c.sentence_id)
        .subquery()
    )
    is_whole = per_sentence.c.n >= max(1, len(reviewer_ids))
    n_whole = sa.func.coalesce(sa.func.sum(sa.case((is_whole, 1), else_=0)), 0)
    n_touched, n_complete = session.execute(sa.select(sa.func.count(), n_whole)).one()
    return n_touched, n_complete


def asked(session: Session, *, project_id: int) -> dict[tuple[int, int], int]:
    """How many sentences need so many people and were labelled by so many; places held are none.

    Reads every queued sentence of the project, and no annotation.
    """
    whole = (
        sa.select(_demand.c.n_wanted, _demand.c.n_taken, sa.func.count())
        .where(_demand.c.project_id == project_id)
        .group_by(_demand.c.n_wanted, _demand.c.n_taken)
    )
    found = {(wanted, taken): many for wanted, taken, many in session.execute(whole)}
    for wanted, taken, held, many in _held(session, project_id):
        found[wanted, taken] -= many
        found[wanted, taken - held] = found.get((wanted, taken - held), 0) + many
    return {key: many for key, many in found.items() if many}


def _held(session: Session, project_id: int) -> Iterator[tuple[int, int, int, int]]:
    per_sentence = (
        sa.select(_assignment.c.sentence_id, sa.func.count().label("n"))
        .where(_assignment.c.project_id == project_id, sa.text("assignment.state = 'leased'"))
        .group_by(_assignment.c.sentence_id)
        .subquery()
    )
    statement = (
        sa.select(_demand.c.n_wanted, _demand.c.n_taken, per_sentence.c.n, sa.func.count())
        .join(per_sentence, per_sentence.c.sentence_id == _demand.c.sentence_id)
        .group_by(_demand.c.n_wanted, _demand.c.n_taken, per_sentence.c.n)
    )
    for row in session.execute(statement):
        yield row[0], row[1], row[2], row[3]
