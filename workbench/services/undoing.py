"""What a reviewer did last, told so that it can be taken back wherever they go on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import events
from db.queries.events import AFTER_ALL, ActOnSentence
from workbench.services import payloads
from workbench.services.decisions import sentence_id
from workbench.services.permissions import Actor, Permission, check

N_ACTS = 100
N_ARTICLES = 2  # those of the others are asked for when undo comes near them
AT_ONCE = 128
MOST_READ = 10_000  # events: the bound for somebody who labels and takes back all day long


@dataclass(frozen=True, slots=True)
class Recent:
    """A reviewer's last acts, oldest first, and the articles of the newest of them by their id."""

    acts: list[dict[str, Any]]
    articles: dict[str, dict[str, Any]]


def recent(session: Session, *, actor: Actor, project: Project) -> Recent:
    """The actor's last acts in a project that still stand, with the answers before each.

    What was taken back does not count, nor does the taking back.

    Raises:
        NotFoundError: The actor is not in the project.
        NotAllowedError: The actor does not label.
    """
    check(actor, Permission.ANNOTATE, project_id=project.id)
    rows = _standing(session, project_id=project.id, reviewer_id=actor.account_id or 0)
    keys = {
        name: key
        for key, name in list({row.article_id: row.article for row in rows}.items())[:N_ARTICLES]
    }
    return Recent(
        acts=[
            {
                "op_id": row.op_id,
                "sentence": sentence_id(row.article, row.start, row.end),
                "act": row.act,
                "old": row.old,
                "together": row.together,
            }
            for row in reversed(rows)
        ],
        articles=payloads.of_reviewer(session, actor=actor, keys=keys),
    )


def _standing(session: Session, *, project_id: int, reviewer_id: int) -> list[ActOnSentence]:
    """The last acts that were not taken back, newest first; what one press did comes whole."""
    standing: list[ActOnSentence] = []
    undone: set[str] = set()
    for row in _backwards(session, project_id=project_id, reviewer_id=reviewer_id):
        if row.undoes:
            undone.add(row.undoes)
        elif row.op_id not in undone:
            if len(standing) >= N_ACTS and not _is_one_press(row, standing[-1]):
                break
            standing.append(row)
    return standing


def _is_one_press(row: ActOnSentence, next_one: ActOnSentence) -> bool:
    return row.together is not None and row.together == next_one.together


def _backwards(session: Session, *, project_id: int, reviewer_id: int) -> Iterator[ActOnSentence]:
    """A reviewer's events, newest first, read by and by."""
    before = AFTER_ALL
    for _ in range(MOST_READ // AT_ONCE):
        rows = events.newest(
            session, project_id=project_id, reviewer_id=reviewer_id, n=AT_ONCE, before_id=before
        )
        yield from rows
        if len(rows) < AT_ONCE:
            return
        before = rows[-1].id
