"""The window: the sentences that come next, and the articles they stand in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.models import Project, Sentence
from db.queries import annotations, queue
from db.queries.annotations import Stored
from db.queries.queue import Place, QueuedSentence
from workbench.errors import InputError
from workbench.services import copies, leased_windows
from workbench.services.copies import Copy
from workbench.services.decisions import parse_sentence_id, sentence_id
from workbench.services.op_batch import as_mine
from workbench.services.payloads import drawn
from workbench.services.permissions import Actor, Permission, check

MOST = 100
MOST_CHANGED = 1000  # articles whose text is sent again to a browser that holds them


@dataclass(frozen=True, slots=True)
class Window:
    """What the browser needs to go on without asking.

    Attributes:
        items: Sentences in the order of the queue, each with id, article, version, kind, mine,
            and how many copies it has, with the labels the reviewer gave one of them last.
        articles: Header and segments of their articles, by article id, unless held already.
        cursor: The place after the last of them, and what was changed until then; handed back to
            get the next ones, and those that came before that place meanwhile.
        is_whole: Whether these are all that the reviewer holds: what the browser has besides
            and nobody has answered is no longer theirs.
    """

    items: list[dict[str, Any]]
    articles: dict[str, dict[str, Any]]
    cursor: str
    is_whole: bool = False


EMPTY = Window([], {}, "")


def progress(
    session: Session, *, actor: Actor, project: Project, place: Place, is_counted: bool = True
) -> dict[str, Any]:
    """Sentences done and left, and the mean seconds for one (None until ten are done).

    Where sentences are leased, what is left has to be counted: it is None unless `is_counted`,
    and with none left it is told where the rest is (see `leased_windows.progress`).
    """
    check(actor, Permission.ANNOTATE, project_id=project.id)
    seconds = place.active_ms / place.n_done / 1000 if place.n_done >= 10 else None
    left: dict[str, int | None] = {"left": None}
    if not leased_windows.is_leased(project):
        n_queued = queue.n_queued(session, project_id=project.id)
        left = {"left": max(0, n_queued - place.n_done)}
    elif is_counted:
        left |= leased_windows.progress(session, actor=actor, project=project, n_done=place.n_done)
    return {
        "done": place.n_done,
        **left,
        "seconds_per_sentence": None if seconds is None else round(seconds, 2),
    }


def open_window(
    session: Session,
    *,
    actor: Actor,
    project: Project,
    place: Place,
    after: str = "",
    want: int = 40,
    have: Iterable[str] = (),
    start: str | None = None,
) -> Window:
    """The next sentences of the actor's queue; asking twice gives the same ones.

    Args:
        session: A read session.
        actor: Whose queue.
        project: Where.
        place: Where the actor stands.
        after: A cursor from an earlier window; empty starts at the first sentence still to do.
        want: How many sentences at most.
        have: Ids of articles that the browser holds.
        start: The public id of a sentence to begin with, done or not.

    Raises:
        InputError: The cursor is not one of ours.
    """
    check(actor, Permission.ANNOTATE, project_id=project.id)
    reviewer_id = actor.account_id or 0
    notes: dict[int, dict[str, Any]] = {}
    is_whole = want > 0 and leased_windows.is_leased(project)
    if is_whole:
        changed, cursor = _changed(session, after=after)
        rows, notes = leased_windows.held(session, actor=actor, project=project)
    else:
        rows, changed, cursor = _next(
            session,
            project_id=project.id,
            reviewer_id=reviewer_id,
            mark=place.queue_mark,
            after=after,
            want=min(max(want, 0), MOST),
        )
    first = _start_row(session, project=project, start=start)
    if first is not None:
        rows = [first, *(row for row in rows if row.id != first.id)]
    kept = set(have) - changed
    article_ids = {row.article: row.article_id for row in rows}
    mine = annotations.of_articles(
        session, reviewer_id=reviewer_id, article_ids=article_ids.values()
    )
    known = copies.copies_of(
        session, actor=actor, project_id=project.id, sentence_ids=[row.id for row in rows]
    )
    return Window(
        items=[
            _item(row, mine.get(row.id), known.get(row.id, [])) | notes.get(row.id, {})
            for row in rows
        ],
        articles=drawn(
            session,
            keys={name: key for name, key in article_ids.items() if name not in kept},
            mine=mine,
        ),
        cursor=cursor,
        is_whole=is_whole,
    )


def _changed(session: Session, *, after: str) -> tuple[set[str], str]:
    """Which articles were changed since a cursor was given to somebody who leases; the new one."""
    newest = queue.last_change(session)
    _, seen = _read(after, newest) if after else (0, newest)
    if seen >= newest:
        return set(), f"0-{newest}"
    return queue.changed_articles(session, seen=seen, most=MOST_CHANGED), f"0-{newest}"


def _next(
    session: Session, *, project_id: int, reviewer_id: int, mark: int, after: str, want: int
) -> tuple[list[QueuedSentence], set[str], str]:
    """What comes after a cursor, which articles were changed since it was given, the new cursor.

    A repair, a change of kind or a new version may put sentences in front of the place that a
    browser has got to: what is open there in the changed articles comes first, beside what is
    wanted. The browser knows which of them it has.
    """
    asked = {"project_id": project_id, "reviewer_id": reviewer_id}
    newest = queue.last_change(session)  # first: what is changed meanwhile comes twice, not never
    key, seen = _read(after, newest) if after else (mark, newest)
    missed: list[QueuedSentence] = []
    changed: set[str] = set()
    if seen < newest and want:
        changed = queue.changed_articles(session, seen=seen, most=MOST_CHANGED)
        if changed:  # every sign-in is a row of that log too
            missed = queue.behind(
                session, **asked, first_key=mark, before_key=key, seen=seen, limit=MOST
            )
    rows = queue.window(session, **asked, first_key=max(key, mark), limit=want)
    if want and len(missed) < MOST:
        seen = newest
    if not rows and not after:
        return missed, changed, ""
    key = rows[-1].queue_key + 1 if rows else key
    return [*missed, *rows], changed, f"{key}-{seen}"


def _read(cursor: str, newest: int) -> tuple[int, int]:
    key, dash, seen = cursor.partition("-")
    if not dash:  # given by an earlier version to a tab that is still open
        seen = str(newest)
    if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in (key, seen)):
        message = "The cursor is not one of ours. Reload the page."
        raise InputError(message)
    return int(key), int(seen)  # 64 bits hold them


def _start_row(session: Session, *, project: Project, start: str | None) -> QueuedSentence | None:
    if start is None:
        return None
    try:
        article, first, last = parse_sentence_id(start)
    except InputError:
        return None
    keys = annotations.sentence_keys(
        session, project_id=project.id, article=article, start=first, end=last
    )
    if keys is None or not keys.is_queued:
        return None
    sentence = session.get_one(Sentence, keys.id)
    return QueuedSentence(
        sentence.id, keys.article_id, article, first, last, sentence.kind, keys.queue_key
    )


def _item(row: QueuedSentence, stored: Stored | None, copies: Sequence[Copy]) -> dict[str, Any]:
    return {
        "id": sentence_id(row.article, row.start, row.end),
        "article": row.article,
        "version": stored.version if stored else 0,
        "kind": row.kind,
        "mine": as_mine(stored),
        "copies": _copies(copies) if copies else None,
    }


def _copies(copies: Sequence[Copy]) -> dict[str, Any]:
    names = [copy.sentence for copy in copies]  # one of them may be answered a moment later
    return {"n": len(copies), "mine": _newest(copies), "sentences": names}


def _newest(copies: Iterable[Copy]) -> dict[str, Any] | None:
    decided = [(copy.decided_at, copy.id, copy) for copy in copies if copy.decided_at]
    if not decided:
        return None
    *_, newest = max(decided)
    return {
        "id": newest.sentence,
        "labels": list(newest.labels),
        "article_title": newest.article_title,
    }
