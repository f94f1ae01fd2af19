"""What a reviewer did last, told so that it can be taken back wherever they go on."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import annotations, events
from workbench.services.decisions import sentence_id
from workbench.services.permissions import Actor, Permission, check
from workbench.services.windows import article_payload

N_ACTS = 20
N_ARTICLES = 2


@dataclass(frozen=True, slots=True)
class Recent:
    """A reviewer's last acts, oldest first, and the articles of the newest of them by their id."""

    acts: list[dict[str, Any]]
    articles: dict[str, dict[str, Any]]


def recent(session: Session, *, actor: Actor, project: Project) -> Recent:
    """The actor's last acts in a project, with the answers before and after each.

    Raises:
        NotFoundError: The actor is not in the project.
        NotAllowedError: The actor does not label.
    """
    check(actor, Permission.ANNOTATE, project_id=project.id)
    reviewer_id = actor.account_id or 0
    rows = events.newest(session, project_id=project.id, reviewer_id=reviewer_id, n=N_ACTS)
    keys = {
        name: key
        for key, name in list({row.article_id: row.article for row in rows}.items())[:N_ARTICLES]
    }
    mine = annotations.of_articles(session, reviewer_id=reviewer_id, article_ids=keys.values())
    return Recent(
        acts=[
            {
                "op_id": row.op_id,
                "sentence": sentence_id(row.article, row.start, row.end),
                "act": row.act,
                "old": row.old,
                "new": row.new,
                "active_ms": row.active_ms,
            }
            for row in reversed(rows)
        ],
        articles={
            name: article_payload(session, article_id=key, mine=mine) for name, key in keys.items()
        },
    )
