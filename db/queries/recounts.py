"""What is left to count of a project whose queue settings were changed."""

from itertools import accumulate, takewhile

import sqlalchemy as sa
from sqlmodel import Session

from db.models import AnnotationEvent, Article, Sentence
from db.models.naming import table

_article = table(Article)
_event = table(AnnotationEvent)
_sentence = table(Sentence)
_MOST_ARTICLES = 500


def part(session: Session, *, project_id: int, above: int, most: int) -> list[int]:
    """The keys of the next articles with so many segments in all; one, if that has more."""
    statement = (
        sa.select(_article.c.id, _article.c.n_segments)
        .where(_article.c.project_id == project_id, _article.c.id > above)
        .order_by(_article.c.id)
        .limit(_MOST_ARTICLES)
    )
    rows = session.execute(statement).all()
    sums = takewhile(lambda n: n <= most, accumulate(row.n_segments for row in rows))
    n = max(1, sum(1 for _ in sums))
    return [row.id for row in rows[:n]]


def n_articles(session: Session, *, project_id: int) -> int:
    """How many articles a project has."""
    statement = sa.select(sa.func.count()).where(_article.c.project_id == project_id)
    n: int = session.execute(statement).scalar_one()
    return n


def last_answer(session: Session) -> int:
    """The number of the newest event there is; 0 without any."""
    found: int | None = session.execute(sa.select(sa.func.max(_event.c.id))).scalar()
    return found or 0


def answered_since(
    session: Session, *, project_id: int, answer: int, most: int
) -> tuple[int | None, set[int]]:
    """The articles of a project that were answered in after an event.

    Returns:
        The number of the last event that was looked at, or None if there is no later one; and the
        keys of the articles.
    """
    statement = (
        sa.select(_event.c.id, _sentence.c.article_id)
        .join(_sentence, _sentence.c.id == _event.c.sentence_id)
        .where(_event.c.id > answer, _event.c.project_id + 0 == project_id)  # by the number
        .order_by(_event.c.id)
        .limit(most)
    )
    rows = session.execute(statement).all()
    return (rows[-1].id if len(rows) == most else None), {row.article_id for row in rows}
