"""Talks as they are written: a question noted or moved, a remark added, a reply shared or seen."""

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from db.models import Remark, RemarkSeen, Sentence, SharedReply, Talk
from db.models.naming import table
from db.queries.many import among, both

_talk = table(Talk)
_remark = table(Remark)
_shared = table(SharedReply)
_seen = table(RemarkSeen)
_sentence = table(Sentence)
_DIALECTS = (("sqlite", sqlite), ("postgresql", postgresql))
_SEE = {name: dialect.insert(_seen).on_conflict_do_nothing() for name, dialect in _DIALECTS}


def _asking(insert: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    news = {"state": "open", "asked_at": insert.excluded.asked_at}
    return insert.values(state="open").on_conflict_do_update(
        index_elements=["reviewer_id", "sentence_id"], set_=news
    )


_ASK = {name: _asking(dialect.insert(_talk)) for name, dialect in _DIALECTS}


def ask(
    session: Session, *, project_id: int, sentence_id: int, reviewer_id: int, now: datetime
) -> None:
    """Note that a reviewer asks about a sentence, for the first time or again."""
    values = {"project_id": project_id, "sentence_id": sentence_id, "reviewer_id": reviewer_id}
    statement = _ASK[session.get_bind().dialect.name]
    session.connection().execute(statement, values | {"asked_at": now})


def withdraw(session: Session, *, sentence_id: int, reviewer_id: int) -> None:
    """Note that a reviewer has taken their question back."""
    session.connection().execute(
        sa.update(_talk)
        .where(_talk.c.sentence_id == sentence_id, _talk.c.reviewer_id == reviewer_id)
        .values(state="withdrawn")
    )


def locked(session: Session, *, project_id: int, talk_id: int) -> Talk | None:
    """A talk of this project, held until the transaction ends."""
    statement = (
        select(Talk)
        .where(col(Talk.id) == talk_id, col(Talk.project_id) == project_id)
        .with_for_update()
    )
    return session.exec(statement).one_or_none()


_OF_ARTICLES = both(
    sa.select(_talk.c.id, _talk.c.sentence_id, _talk.c.reviewer_id)
    .join(_sentence, _sentence.c.id == _talk.c.sentence_id)
    .order_by(_talk.c.id)
    .with_for_update(of=_talk),
    _sentence.c.article_id,
)


def of_articles(session: Session, *, article_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """The talks about these articles, by sentence and asker, held until the transaction ends."""
    rows = among(session, _OF_ARTICLES, article_ids)
    return {(sentence_id, reviewer_id): key for key, sentence_id, reviewer_id in rows}


_MOVE = (
    sa.update(_talk)
    .where(_talk.c.id == sa.bindparam("row_id"))
    .values(sentence_id=sa.bindparam("heir"))
)


def move(session: Session, *, to: Mapping[int, int]) -> None:
    """Let talks be about other sentences, of which their askers have no talk yet."""
    if to:
        rows = [{"row_id": key, "heir": heir} for key, heir in sorted(to.items())]
        session.connection().execute(_MOVE, rows)


def add(session: Session, *, remark: Remark) -> Remark:
    """Add a remark; it comes back with its key."""
    session.add(remark)
    session.flush()
    return remark


def by_op(session: Session, *, op_id: str) -> Remark | None:
    """What was said or done under this `op_id`, if anything was."""
    return session.exec(select(Remark).where(col(Remark.op_id) == op_id)).one_or_none()


def reply_of(session: Session, *, talk_id: int, remark_id: int) -> Remark | None:
    """A reply of this talk."""
    return session.exec(
        select(Remark)
        .where(col(Remark.id) == remark_id, col(Remark.talk_id) == talk_id)
        .where(col(Remark.act) == "reply")
    ).one_or_none()


def is_shared(session: Session, *, remark_id: int) -> bool:
    """Whether everybody in the project sees a reply."""
    return session.get(SharedReply, remark_id) is not None


def share(session: Session, *, remark_id: int, project_id: int, now: datetime) -> None:
    """Show a reply to everybody in the project."""
    values = {"remark_id": remark_id, "project_id": project_id, "shared_at": now}
    session.connection().execute(sa.insert(_shared).values(**values))


def unshare(session: Session, *, remark_id: int) -> None:
    """Show a reply to its asker alone; the remarks keep that it was shared."""
    session.connection().execute(sa.delete(_shared).where(_shared.c.remark_id == remark_id))


def see(session: Session, *, account_id: int, remark_ids: Collection[int]) -> None:
    """Note that somebody has had these replies on their screen; again changes nothing."""
    if not remark_ids:
        return
    rows = [{"account_id": account_id, "remark_id": key} for key in sorted(remark_ids)]
    session.connection().execute(_SEE[session.get_bind().dialect.name], rows)
