"""What was said in talks: to the asker, to everybody, and what of it somebody has not seen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from db.models import (
    Account,
    Annotation,
    Article,
    Guideline,
    Remark,
    RemarkSeen,
    Sentence,
    SharedReply,
    Talk,
)
from db.models.naming import table
from db.queries.talk_lists import ABOUT, TEXT, TITLE

_account = table(Account)
_annotation = table(Annotation)
_article = table(Article)
_guideline = table(Guideline)
_remark = table(Remark)
_seen = table(RemarkSeen)
_sentence = table(Sentence)
_shared = table(SharedReply)
_talk = table(Talk)


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """Something said or done in a talk."""

    id: int
    talk_id: int
    author_id: int
    author: str
    act: str
    text: str
    section: str
    guideline: int | None
    created_at: datetime
    is_shared: bool


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A reply for everybody, with the sentence it is about and nothing of who asked."""

    remark_id: int
    text: str
    section: str
    guideline: int | None
    shared_at: datetime
    article: str
    title: str
    start: int
    end: int
    sentence: str
    mention_start: int | None
    mention_end: int | None


def remarks(session: Session, *, talk_ids: Collection[int]) -> dict[int, list[RemarkRow]]:
    """What was said and done in these talks, in order."""
    statement = (
        sa.select(
            _remark.c.id,
            _remark.c.talk_id,
            _remark.c.author_id,
            _account.c.name,
            _remark.c.act,
            _remark.c.text,
            _remark.c.section,
            _guideline.c.version,
            _remark.c.created_at,
            _shared.c.remark_id.is_not(None),
        )
        .select_from(
            _remark.join(_account, _account.c.id == _remark.c.author_id)
            .outerjoin(_guideline, _guideline.c.id == _remark.c.guideline_id)
            .outerjoin(_shared, _shared.c.remark_id == _remark.c.id)
        )
        .where(_remark.c.talk_id.in_(list(talk_ids)))
        .order_by(_remark.c.id)
    )
    found: dict[int, list[RemarkRow]] = {}
    for row in session.execute(statement):
        found.setdefault(row[1], []).append(RemarkRow(*row))
    return found


def shared(session: Session, *, project_id: int, limit: int) -> list[SharedRow]:
    """The newest replies for everybody."""
    statement = (
        sa.select(
            _remark.c.id,
            _remark.c.text,
            _remark.c.section,
            _guideline.c.version,
            _shared.c.shared_at,
            _article.c.public_id,
            TITLE,
            _sentence.c.start,
            _sentence.c.end,
            TEXT,
            _annotation.c.mention_start,
            _annotation.c.mention_end,
        )
        .select_from(
            ABOUT.join(_remark, _remark.c.talk_id == _talk.c.id)
            .join(_shared, _shared.c.remark_id == _remark.c.id)
            .outerjoin(_guideline, _guideline.c.id == _remark.c.guideline_id)
        )
        .where(_shared.c.project_id == project_id)
        .order_by(_shared.c.shared_at.desc(), _remark.c.id.desc())
        .limit(limit)
    )
    return [SharedRow(*row) for row in session.execute(statement)]


_IS_NEW = (
    _remark.c.act == "reply",
    _remark.c.author_id != sa.bindparam("account_id"),
    ~sa.exists().where(
        _seen.c.remark_id == _remark.c.id, _seen.c.account_id == sa.bindparam("account_id")
    ),
)
# Two questions, each by an index of its own: asked with every window of sentences.
_UNSEEN = sa.union_all(
    sa.select(_remark.c.id)
    .join(_talk, _talk.c.id == _remark.c.talk_id)
    .where(_talk.c.reviewer_id == sa.bindparam("account_id"))
    .where(_talk.c.project_id == sa.bindparam("project_id"), *_IS_NEW),
    sa.select(_remark.c.id)
    .join(_shared, _shared.c.remark_id == _remark.c.id)
    .where(_shared.c.project_id == sa.bindparam("project_id"), *_IS_NEW),
)


def unseen(session: Session, *, project_id: int, account_id: int) -> set[int]:
    """The replies to somebody's questions, and those for everybody, that they have not seen."""
    values = {"project_id": project_id, "account_id": account_id}
    return set(session.connection().execute(_UNSEEN, values).scalars())
