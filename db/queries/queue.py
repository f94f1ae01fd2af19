"""A reviewer's queue: where they stand, what comes next, and how much is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from db.models import Annotation, Article, AuditEvent, Membership, Project, Sentence
from db.models.naming import table

_annotation = table(Annotation)
_audit = table(AuditEvent)
_article = table(Article)
_sentence = table(Sentence)
_membership = table(Membership)
_project = table(Project)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reviewer stands in a project, and the head of their event chain."""

    id: int
    n_done: int
    n_events: int
    active_ms: int
    queue_mark: int
    chain_hash: str


_PLACE = sa.select(
    *(_membership.c[name] for name in Place.__dataclass_fields__),
).where(
    _membership.c.project_id == sa.bindparam("project_id"),
    _membership.c.account_id == sa.bindparam("account_id"),
    _membership.c.ended_at.is_(None),
)
_PLACE_LOCKED = _PLACE.with_for_update()


def place(
    session: Session, *, project_id: int, account_id: int, locked: bool = False
) -> Place | None:
    """Where the reviewer stands; `locked` holds the row, and with it the event chain."""
    statement = _PLACE_LOCKED if locked else _PLACE
    values = {"project_id": project_id, "account_id": account_id}
    row = session.connection().execute(statement, values).first()
    return Place(*row) if row else None


_MEMBER = ["project_id", "account_id"]
_JOIN = {
    "sqlite": sqlite.insert(_membership).on_conflict_do_update(
        index_elements=_MEMBER, set_={"ended_at": None}
    ),
    "postgresql": postgresql.insert(_membership).on_conflict_do_update(
        index_elements=_MEMBER, set_={"ended_at": None}
    ),
}


def join(session: Session, *, project_id: int, account_id: int, role: str, now: datetime) -> None:
    """Make somebody a member, or one again; two requests at once make one membership."""
    counts = {"n_done": 0, "n_events": 0, "active_ms": 0, "queue_mark": 0, "chain_hash": ""}
    keys = {"project_id": project_id, "account_id": account_id}
    session.connection().execute(
        _JOIN[session.get_bind().dialect.name], {**keys, **counts, "role": role, "created_at": now}
    )


_MOVE = (
    sa.update(_membership)
    .where(_membership.c.id == sa.bindparam("row_id"))
    .values(
        n_done=sa.bindparam("done"),
        n_events=sa.bindparam("events"),
        active_ms=sa.bindparam("active"),
        queue_mark=sa.bindparam("mark"),
        chain_hash=sa.bindparam("chain"),
    )
)


def move(session: Session, *, to: Place) -> None:
    """Store where the reviewer stands now."""
    session.connection().execute(
        _MOVE,
        {
            "row_id": to.id,
            "done": to.n_done,
            "events": to.n_events,
            "active": to.active_ms,
            "mark": to.queue_mark,
            "chain": to.chain_hash,
        },
    )


# Looked up for one sentence after the other: as EXISTS, PostgreSQL may gather all that the reviewer
# has ever done and compare each sentence with each of it. As IS DISTINCT FROM, it expects nearly
# all to be open and walks the queue from the mark on; as IS NULL, next to none, and reads it all.
_DONE = (
    sa.select(sa.literal_column("1"))
    .where(_annotation.c.reviewer_id == sa.bindparam("reviewer_id"))
    .where(_annotation.c.sentence_id == _sentence.c.id)
    .where(_annotation.c.status != "open")
    .limit(sa.literal_column("1"))
    .correlate(_sentence)
    .scalar_subquery()
)
_IS_OPEN = _DONE.is_distinct_from(sa.literal_column("1"))
# As the index on the queue says it: SQLAlchemy writes `is_queued = 1` on SQLite, which then does
# not see that the index holds all that is asked for, and reads every sentence there is.
_IS_QUEUED = sa.text("sentence.is_queued")
_OPEN = (
    _sentence.c.project_id == sa.bindparam("project_id"),
    _IS_QUEUED,
    _sentence.c.queue_key >= sa.bindparam("first_key"),
    _IS_OPEN,
)
_FIRST_OPEN = (
    sa.select(_sentence.c.queue_key).where(*_OPEN).order_by(_sentence.c.queue_key).limit(1)
)
_LAST_QUEUED = sa.select(sa.func.max(_sentence.c.queue_key)).where(
    _sentence.c.project_id == sa.bindparam("project_id"), _IS_QUEUED
)


def first_open(session: Session, *, project_id: int, reviewer_id: int, mark: int) -> int:
    """The place of the first sentence still to do at or after the mark; the end if none is."""
    values = {"project_id": project_id, "reviewer_id": reviewer_id, "first_key": mark}
    connection = session.connection()
    found: int | None = connection.execute(_FIRST_OPEN, values).scalar()
    if found is not None:
        return found
    last: int | None = connection.execute(_LAST_QUEUED, {"project_id": project_id}).scalar()
    return max(mark, 0 if last is None else last + 1)


WINDOW_COLUMNS = (
    _sentence.c.id,
    _sentence.c.article_id,
    _article.c.public_id,
    _sentence.c.start,
    _sentence.c.end,
    _sentence.c.kind,
    _sentence.c.queue_key,
)
_WINDOW = (
    sa.select(*WINDOW_COLUMNS)
    .join(_article, _article.c.id == _sentence.c.article_id)
    .where(*_OPEN)
    .order_by(_sentence.c.queue_key)
    .limit(sa.bindparam("n"))
)


@dataclass(frozen=True, slots=True)
class QueuedSentence:
    """A sentence as the window needs it."""

    id: int
    article_id: int
    article: str
    start: int
    end: int
    kind: str
    queue_key: int


def window(
    session: Session, *, project_id: int, reviewer_id: int, first_key: int, limit: int
) -> list[QueuedSentence]:
    """The next sentences still to do from this place on, in the order of the queue."""
    values = {
        "project_id": project_id,
        "reviewer_id": reviewer_id,
        "first_key": first_key,
        "n": limit,
    }
    return [QueuedSentence(*row) for row in session.connection().execute(_WINDOW, values)]


# Every change of an article writes a row of the audit log, whose rows are written one after the
# other: what has a higher number than the newest one seen was done after that was seen.
_LAST_CHANGE = sa.select(sa.func.max(_audit.c.id))
_CHANGED = (
    sa.select(_audit.c.object_id)
    .where(_audit.c.id > sa.bindparam("seen"))
    # Joined to nothing, so that SQLite goes by the number and not through all acts on articles.
    .where(_audit.c.object_type + "" == "article", _audit.c.act != "import_article")
)
_CHANGED_ARTICLES = _CHANGED.distinct().limit(sa.bindparam("most"))
# From the changed articles to their sentences; the other way leads through the whole queue.
_key = _sentence.c.queue_key + 0
_BEHIND = (
    sa.select(*WINDOW_COLUMNS)
    .join(_article, _article.c.id == _sentence.c.article_id)
    .where(_article.c.project_id == sa.bindparam("project_id"), _article.c.public_id.in_(_CHANGED))
    .where(_IS_QUEUED, _IS_OPEN)
    .where(_key >= sa.bindparam("first_key"), _key < sa.bindparam("before_key"))
    .order_by(_sentence.c.queue_key)
    .limit(sa.bindparam("n"))
)


def last_change(session: Session) -> int:
    """A number that grows with every change of an article; 0 before the first."""
    return session.connection().execute(_LAST_CHANGE).scalar() or 0


def changed_articles(session: Session, *, seen: int, most: int) -> set[str]:
    """The public ids of articles that were changed after `seen`, at most so many."""
    values = {"seen": seen, "most": most}
    return set(session.connection().execute(_CHANGED_ARTICLES, values).scalars())


def behind(
    session: Session,
    *,
    project_id: int,
    reviewer_id: int,
    first_key: int,
    before_key: int,
    seen: int,
    limit: int,
) -> list[QueuedSentence]:
    """Sentences still to do before a place, of articles changed after `seen`, in order."""
    values = {
        "project_id": project_id,
        "reviewer_id": reviewer_id,
        "first_key": first_key,
        "before_key": before_key,
        "seen": seen,
        "n": limit,
    }
    return [QueuedSentence(*row) for row in session.connection().execute(_BEHIND, values)]


_N_QUEUED = sa.select(_project.c.n_queued).where(_project.c.id == sa.bindparam("project_id"))


def n_queued(session: Session, *, project_id: int) -> int:
    """How many sentences the project's queue has."""
    values = {"project_id": project_id}
    number: int = session.connection().execute(_N_QUEUED, values).scalar_one()
    return number


def done_counts(
    session: Session, *, reviewer_id: int, article_ids: Iterable[int]
) -> dict[int, int]:
    """How many queued sentences of each article the reviewer has done."""
    statement = (
        sa.select(_annotation.c.article_id, sa.func.count())
        .join(_sentence, _sentence.c.id == _annotation.c.sentence_id)
        .where(_annotation.c.reviewer_id == reviewer_id)
        .where(_annotation.c.article_id.in_(list(article_ids)))
        .where(_annotation.c.status != "open")
        .where(_sentence.c.is_queued)
        .group_by(_annotation.c.article_id)
    )
    return {article_id: n for article_id, n in session.execute(statement)}  # noqa: C416 - a row is no pair to mypy


def change_done(session: Session, *, project_id: int, reviewer_ids: Iterable[int], by: int) -> None:
    """Count a sentence into (or out of) what these reviewers have done of the queue."""
    session.execute(
        sa.update(_membership)
        .where(_membership.c.project_id == project_id)
        .where(_membership.c.account_id.in_(list(reviewer_ids)))
        .values(n_done=_membership.c.n_done + by)
    )
