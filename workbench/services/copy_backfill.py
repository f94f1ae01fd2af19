"""Find the wire copies of what came in before they were looked for at import."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import groupby

from sqlmodel import Session

from db.queries import copies as queries
from workbench.services import copies
from workbench.services.permissions import Actor, Permission, check

ARTICLES_A_TRANSACTION = 50  # labels wait no longer than behind an import


def left(session: Session, *, actor: Actor) -> list[tuple[int, int]]:
    """Project and key of each article with a queued sentence that was never looked at, in order."""
    found = queries.never_looked_at(session)
    for project_id in {project_id for project_id, _ in found}:
        check(actor, Permission.IMPORT_ARTICLES, project_id=project_id)
    return found


def fill(
    open_session: Callable[[], AbstractContextManager[Session]], *, actor: Actor
) -> Iterator[int]:
    """Look at what is left, some articles to a transaction; stop it, and what is done stays.

    Args:
        open_session: The boundary's write transaction.
        actor: Who may import into every project that has something left.

    Yields:
        How many articles were looked at, after each transaction is committed.
    """
    with open_session() as session:
        waiting = left(session, actor=actor)
    for project_id, rows in groupby(waiting, key=lambda row: row[0]):
        ids = [article_id for _, article_id in rows]
        for start in range(0, len(ids), ARTICLES_A_TRANSACTION):
            part = ids[start : start + ARTICLES_A_TRANSACTION]
            with open_session() as session:
                articles = queries.articles(session, article_ids=part)
                copies.note(session, project_id=project_id, articles=articles)
            yield len(part)
