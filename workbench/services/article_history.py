"""What became of an article since it came in: every change by hand, newest first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.queries import segments
from workbench.services import kinds, metadata, projects, repairing
from workbench.services.permissions import Actor, Permission, check
from workbench.services.recurring_edits import SET_ASIDE
from workbench.services.splitting_anew import SPLIT_ANEW

IMPORTED = "import_article"
MOST = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: when, by whom (empty where it is not known), and what, in words."""

    at: datetime
    by: str
    what: str


def history(session: Session, *, actor: Actor, slug: str, article: str) -> list[Entry]:
    """The changes of an article, the newest first, two hundred at most.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not edit articles.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.EDIT_ARTICLES, project_id=project.id)
    events = segments.changes(session, object_id=article, acts=WORDS, limit=MOST)
    return [
        Entry(event.at, str(event.details.get("by", "")), WORDS[event.act](event.details))
        for event in events
        if event.details.get("project", project.slug) == project.slug
    ]


def _n(details: dict[str, Any], name: str = "before") -> str:
    n = len(details.get(name, ()))
    return f"{n} segment" if n == 1 else f"{n} segments"


def _kind(details: dict[str, Any]) -> str:
    where = "in" if details.get("queued") else "not in"
    return f"{_n(details)} made {details.get('kind', '')}, {where} the queue"


def _made(details: dict[str, Any]) -> str:
    return f"{_n(details)} made {len(details.get('after', ()))}"


def _values(details: dict[str, Any]) -> str:
    before = details.get("before", {})
    return "; ".join(
        f"{metadata.called(name)}: {before.get(name) or 'nothing'} → {value or 'nothing'}"
        for name, value in details.get("after", {}).items()
    )


WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    IMPORTED: lambda _: "imported",
    kinds.CHANGED: _kind,
    kinds.TAKEN_BACK: lambda details: f"kind of {_n(details)} taken back",
    repairing.SPLIT: lambda details: f"split: {_made(details)}",
    repairing.MERGED: lambda details: f"merged: {_made(details)}",
    repairing.TAKEN_BACK: lambda details: f"taken back: {_made(details)}",
    SPLIT_ANEW: lambda details: f"split anew: {_made(details)}",
    SET_ASIDE: lambda details: f"{_n(details)} set aside, as in other articles of the source",
    metadata.CHANGED: _values,
}
