"""Versions of articles that an import has a part in, and what the audit log tells of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Article, ArticleVersion, AuditEvent
from db.models.naming import table

_article = table(Article)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A newer and an older version of an article, one of them of an import at least."""

    newer_id: int
    newer: str
    is_newer_in: bool
    older_id: int
    is_older_in: bool


def versions(session: Session, *, project_id: int, number: int) -> list[VersionRow]:
    """What an import's articles replaced, and what replaced them."""
    version, newer, older = table(ArticleVersion), _article.alias("newer"), _article.alias("older")
    is_newer_in, is_older_in = (one.c.import_batch == number for one in (newer, older))
    statement = (
        sa.select(newer.c.id, newer.c.public_id, is_newer_in, older.c.id, is_older_in)
        .select_from(
            version.join(newer, newer.c.id == version.c.article_id).join(
                older, older.c.id == version.c.replaces_id
            )
        )
        .where(newer.c.project_id == project_id, is_newer_in | is_older_in)
        .order_by(newer.c.id)
    )
    return [VersionRow(*row) for row in session.execute(statement)]


def replacements(session: Session, *, act: str, older: str) -> Iterator[dict[str, Any]]:
    """What the audit log tells of an article that was replaced, newest first, by its public id."""
    event = table(AuditEvent)
    statement = (
        sa.select(event.c.details)
        .where(event.c.act == act)
        .where(sa.cast(event.c.details, sa.Text).contains(older, autoescape=True))
        .order_by(event.c.id.desc())
    )
    return iter(session.execute(statement).scalars().all())
