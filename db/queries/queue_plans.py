"""What a project's queue has already: labels by sentence, whatever the setting."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Annotation, Sentence, SubsetArticle
from db.models.naming import table
from db.queries.many import among, both

_annotation = table(Annotation)
_member = table(SubsetArticle)
_sentence = table(Sentence)

_LABELLED = both(
    sa.select(_annotation.c.sentence_id, sa.func.count())
    .where(_annotation.c.status == "labelled")
    .group_by(_annotation.c.sentence_id),
    _annotation.c.article_id,
)


def n_labelled(session: Session, *, article_ids: Collection[int]) -> dict[int, int]:
    """By how many people each sentence of these articles is labelled; by nobody is left out."""
    return {row[0]: row[1] for row in among(session, _LABELLED, article_ids)}


def groups(session: Session, *, project_id: int) -> list[tuple[int, int, int]]:
    """How many queued sentences are in which subset and labelled by how many people.

    Triples of subset (0 for none), people and sentences. Reads every sentence of the queue.
    """
    labelled = (
        sa.select(_annotation.c.sentence_id, sa.func.count().label("n"))
        .where(_annotation.c.project_id == project_id, _annotation.c.status == "labelled")
        .group_by(_annotation.c.sentence_id)
        .subquery()
    )
    subset_key = sa.func.coalesce(_member.c.subset_id, 0)
    n = sa.func.coalesce(labelled.c.n, 0)
    statement = (
        sa.select(subset_key, n, sa.func.count())
        .select_from(_sentence)
        .outerjoin(_member, _member.c.article_id == _sentence.c.article_id)
        .outerjoin(labelled, labelled.c.sentence_id == _sentence.c.id)
        .where(_sentence.c.project_id == project_id, _sentence.c.is_queued)
        .group_by(subset_key, n)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]
