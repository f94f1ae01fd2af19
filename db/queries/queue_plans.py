"""What a project's queue has already: labels by sentence, whatever the setting."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Annotation
from db.models.naming import table
from db.queries.many import among, both

_annotation = table(Annotation)

_LABELLED = both(
    sa.select(_annotation.c.sentence_id, sa.func.count())
    .where(_annotation.c.status == "labelled")
    .group_by(_annotation.c.sentence_id),
    _annotation.c.article_id,
)


def n_labelled(session: Session, *, article_ids: Collection[int]) -> dict[int, int]:
    """By how many people each sentence of these articles is labelled; by nobody is left out."""
    return {row[0]: row[1] for row in among(session, _LABELLED, article_ids)}
