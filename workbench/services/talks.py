"""Talks as people read them: a manager everybody's, a reviewer their own and what is for everybody.

Nobody who only labels is shown another's question, comment, flag or name: the first pass is blind.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import replies
from db.queries import talk_lists as queries
from db.queries import talks as writes
from db.queries.talk_lists import Order, Wanted
from workbench.errors import InputError
from workbench.services import projects
from workbench.services.decisions import sentence_id
from workbench.services.permissions import Actor, Permission, check
from workbench.services.talk_views import SharedView, TalkList, shared_view, view

PER_PAGE = 10
MOST_WORDS = 8
MOST_SHARED = 200
MOST_AT_DESK = 40


class Show(StrEnum):
    """Which talks to show."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    FLAGGED = "flagged"
    ALL = "all"


_WANTED: dict[Show, dict[str, Any]] = {
    Show.OPEN: {"states": ("open",)},
    Show.ANSWERED: {"states": ("answered",)},
    Show.CLOSED: {"states": ("closed", "withdrawn")},
    Show.FLAGGED: {"is_flagged": True},
    Show.ALL: {},
}


def questions(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    search: str = "",
    show: Show = Show.OPEN,
    page: int = 1,
) -> TalkList:
    """One page of everybody's questions and flagged sentences.

    Open ones come in the order in which they were asked, so that who has waited longest is first;
    all others the newest first.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not answer questions.
        InputError: There are too many words to search for.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.ANSWER, project_id=project.id)
    wanted = Wanted(words=_words(search), **_WANTED[show])
    order = Order.WAITING if show is Show.OPEN else Order.NEWEST
    return _listed(session, actor, project, wanted, page=page, order=order)


def own(session: Session, *, actor: Actor, slug: str, page: int = 1) -> TalkList:
    """One page of the actor's own questions: what was replied to last comes first.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
    """
    project = _discussed(session, actor, slug)
    wanted = Wanted(reviewer_id=actor.account_id or 0)
    return _listed(session, actor, project, wanted, page=page, order=Order.REPLIED)


def shared(session: Session, *, actor: Actor, slug: str) -> list[SharedView]:
    """What was answered for everybody, the newest first.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
    """
    project = _discussed(session, actor, slug)
    unseen = _unseen(session, actor, project)
    rows = replies.shared(session, project_id=project.id, limit=MOST_SHARED)
    return [shared_view(row, is_new=row.remark_id in unseen) for row in rows]


def n_waiting(session: Session, *, actor: Actor, slug: str) -> int:
    """How many things wait for the actor: questions without a reply, or replies not yet seen.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
    """
    project = _discussed(session, actor, slug)
    if actor.may(Permission.ANSWER, project.id):
        return queries.n_open(session, project_id=project.id)
    return len(_unseen(session, actor, project))


def note_seen(session: Session, *, actor: Actor, slug: str, remark_ids: Sequence[int]) -> None:
    """Note that these replies were on the actor's screen; those that are not theirs are left out.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
    """
    project = _discussed(session, actor, slug)
    seen = _unseen(session, actor, project) & set(remark_ids)
    writes.see(session, account_id=actor.account_id or 0, remark_ids=seen)


def at_desk(session: Session, *, actor: Actor, project: Project) -> dict[str, Any]:
    """What the annotate page is told: how many replies are new, and what was said, by sentence.

    Only the actor's own questions that have a reply are told, the newest ones.
    """
    check(actor, Permission.ANNOTATE, project_id=project.id)
    unseen = _unseen(session, actor, project)
    wanted = Wanted(states=("open", "answered", "closed"), reviewer_id=actor.account_id or 0,
                    has_remarks=True)  # fmt: skip
    rows = queries.page(
        session,
        project_id=project.id,
        wanted=wanted,
        order=Order.REPLIED,
        offset=0,
        limit=MOST_AT_DESK,
    )
    said = replies.remarks(session, talk_ids=[row.id for row in rows])
    threads = {
        sentence_id(row.article, row.start, row.end): {
            "state": row.state,
            "remarks": [
                {
                    "text": one.text,
                    "section": one.section,
                    "by": "" if one.author_id == row.asker_id else one.author,
                    "at": one.created_at.date().isoformat(),
                    "is_new": one.id in unseen,
                }
                for one in said.get(row.id, ())
                if one.act == "reply"
            ],
        }
        for row in rows
    }
    return {"n_new": len(unseen), "threads": threads}


def _discussed(session: Session, actor: Actor, slug: str) -> Project:
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.DISCUSS, project_id=project.id)
    return project


def _unseen(session: Session, actor: Actor, project: Project) -> set[int]:
    return replies.unseen(session, project_id=project.id, account_id=actor.account_id or 0)


def _words(search: str) -> tuple[str, ...]:
    words = tuple(search.split())
    if len(words) > MOST_WORDS:
        message = f"Search for at most {MOST_WORDS} words."
        raise InputError(message)
    return words


def _listed(
    session: Session,
    actor: Actor,
    project: Project,
    wanted: Wanted,
    *,
    page: int,
    order: Order,
) -> TalkList:
    total = queries.count(session, project_id=project.id, wanted=wanted)
    rows = queries.page(
        session,
        project_id=project.id,
        wanted=wanted,
        order=order,
        offset=(max(page, 1) - 1) * PER_PAGE,
        limit=PER_PAGE,
    )
    said = replies.remarks(session, talk_ids=[row.id for row in rows])
    unseen = _unseen(session, actor, project)
    return TalkList(
        tuple(view(row, said.get(row.id, ()), actor.account_id, unseen) for row in rows), total
    )
