"""Versions after an import was taken out: the article that one of it replaced stands again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from db.models import Article, Project
from db.queries import article_versions, import_versions, segments
from workbench.services.article_versions import REPLACED
from workbench.services.edits import Edit
from workbench.services.permissions import Actor


@dataclass(frozen=True, slots=True)
class Loose:
    """What taking an import out leaves to be put right among versions.

    Attributes:
        restored: Older articles that stand again, by key, with the public id of what had
            replaced each.
        linked: Newer articles that stay, by key, with the older one that each replaces now.
    """

    restored: Mapping[int, str]
    linked: Mapping[int, int]


def loosened_by(session: Session, *, project_id: int, number: int) -> Loose:
    """What an import replaced, and what replaced it; asked before it is taken out."""
    rows = import_versions.versions(session, project_id=project_id, number=number)
    newer_of = {row.older_id: row for row in rows}
    restored: dict[int, str] = {}
    linked: dict[int, int] = {}
    for row in rows:
        if row.is_older_in or not row.is_newer_in:
            continue
        top = row
        while top.is_newer_in and top.newer_id in newer_of:
            top = newer_of[top.newer_id]
        if top.is_newer_in:
            restored[row.older_id] = row.newer
        else:
            linked[top.newer_id] = row.older_id
    return Loose(restored, linked)


def mend(
    session: Session, *, actor: Actor, project: Project, loose: Loose, now: datetime
) -> list[str]:
    """Bring older articles back into the queue as they were; their public ids, in order."""
    for newer, older in loose.linked.items():
        article_versions.link(session, article_id=newer, replaces_id=older)
    back = []
    for key, replaced_by in loose.restored.items():
        article = session.get_one(Article, key)
        _requeue(Edit(session, actor, project, article, now), replaced_by)
        back.append(article.public_id)
    return sorted(back)


def _requeue(edit: Edit, replaced_by: str) -> None:
    """Queue what was in the queue when the article was replaced, as the audit log tells."""
    events = segments.changes(edit.session, object_id=replaced_by, acts=(REPLACED,))
    older = edit.article.public_id
    told = [event.details for event in events if event.details.get("replaces") == older]
    # What replaced it first may be gone, and what came after has taken its place.
    told = told or list(import_versions.replacements(edit.session, act=REPLACED, older=older))
    here = (
        details
        for details in told
        if (details.get("project"), details.get("replaces")) == (edit.project.slug, older)
    )
    spans = {(start, end) for start, end in next(here, {}).get("queued", [])}
    rows = [
        row
        for row in segments.live(edit.session, article_id=edit.article.id)
        if (row.start, row.end) in spans and not row.is_queued
    ]
    if rows:
        segments.write(edit.session, rows=[replace(row, is_queued=True) for row in rows])
        edit.count({row.id: 1 for row in rows})
        edit.look_from(min(row.queue_key for row in rows))
