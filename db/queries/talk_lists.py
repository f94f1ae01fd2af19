"""Talks as they are read: questions with the sentences they are about."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import (
    Account,
    Annotation,
    Article,
    ArticleVersion,
    Remark,
    Sentence,
    Talk,
)
from db.models.naming import table
from db.queries.words import storable

_account = table(Account)
_annotation = table(Annotation)
_article = table(Article)
_remark = table(Remark)
_sentence = table(Sentence)
_talk = table(Talk)
_version = table(ArticleVersion)

CONTEXT = 280
"""How many code points before and after a sentence come with it."""

# By code points on both engines, as offsets are counted.
_START, _END = _sentence.c.start, _sentence.c.end
TEXT = sa.func.substr(_article.c.text, _START + 1, _END - _START)
_FIRST = sa.case((_START > CONTEXT, _START - CONTEXT), else_=0)
_BEFORE = sa.func.substr(_article.c.text, _FIRST + 1, _START - _FIRST)
_AFTER = sa.func.substr(_article.c.text, _END + 1, CONTEXT)
TITLE = sa.func.coalesce(_article.c.title, _article.c.source_name)


class Order(StrEnum):
    """What comes first: who has waited longest, who asked last, or what was replied to last."""

    WAITING = "waiting"
    NEWEST = "newest"
    REPLIED = "replied"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which talks of a project are looked for.

    Attributes:
        words: Texts that its sentence, comment or remarks must contain, whatever their case.
        states: The states it may be in.
        is_flagged: Whether the sentence is flagged; None for either.
        reviewer_id: Whose questions; None for everybody's.
        has_remarks: Whether only those in which something was said or done.
    """

    words: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    is_flagged: bool | None = None
    reviewer_id: int | None = None
    has_remarks: bool = False


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A question with its sentence in what stands around it.

    `is_replaced` says that the sentence is in an older version of its article.
    """

    id: int
    state: str
    asked_at: datetime
    asker_id: int
    asker: str
    comment: str | None
    mention_start: int | None
    mention_end: int | None
    is_flagged: bool | None
    article: str
    title: str
    start: int
    end: int
    text: str
    before: str
    after: str
    is_replaced: bool


def _with_answer(source: sa.FromClause) -> sa.FromClause:
    return source.outerjoin(
        _annotation,
        sa.and_(
            _annotation.c.sentence_id == _talk.c.sentence_id,
            _annotation.c.reviewer_id == _talk.c.reviewer_id,
        ),
    )


ABOUT = _with_answer(
    _talk.join(_sentence, _sentence.c.id == _talk.c.sentence_id).join(
        _article, _article.c.id == _sentence.c.article_id
    )
)
_TALK_COLUMNS = (
    _talk.c.id,
    _talk.c.state,
    _talk.c.asked_at,
    _talk.c.reviewer_id,
    _account.c.name,
    _annotation.c.comment,
    _annotation.c.mention_start,
    _annotation.c.mention_end,
    _annotation.c.is_flagged,
    _article.c.public_id,
    TITLE,
    _START,
    _END,
    TEXT,
    _BEFORE,
    _AFTER,
    sa.exists().where(_version.c.replaces_id == _article.c.id),
)
_HAS_REMARKS = sa.exists().where(_remark.c.talk_id == _talk.c.id)
# A question that was taken back before anybody said a word is as if it had not been asked.
_IS_THERE = sa.or_(_talk.c.state != "withdrawn", _HAS_REMARKS)


_LAST_REPLY = (
    sa.select(sa.func.max(_remark.c.id))
    .where(_remark.c.talk_id == _talk.c.id, _remark.c.act == "reply")
    .where(_remark.c.author_id != _talk.c.reviewer_id)
    .scalar_subquery()
)
_ORDERS: dict[Order, tuple[sa.ColumnElement[Any], ...]] = {
    Order.WAITING: (_talk.c.asked_at, _talk.c.id),
    Order.NEWEST: (_talk.c.asked_at.desc(), _talk.c.id.desc()),
    # Both engines: what has no reply comes after what has one.
    Order.REPLIED: (
        sa.case((_LAST_REPLY.is_(None), 1), else_=0),
        _LAST_REPLY.desc(),
        _talk.c.asked_at.desc(),
        _talk.c.id.desc(),
    ),
}


def _matching(project_id: int, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found = [_talk.c.project_id == project_id, _IS_THERE]
    if wanted.states:
        found.append(_talk.c.state.in_(wanted.states))
    if wanted.is_flagged is not None:
        found.append(_annotation.c.is_flagged.is_(wanted.is_flagged))
    if wanted.reviewer_id is not None:
        found.append(_talk.c.reviewer_id == wanted.reviewer_id)
    if wanted.has_remarks:
        found.append(_HAS_REMARKS)
    for word in map(storable, wanted.words):
        said = sa.exists().where(_remark.c.talk_id == _talk.c.id).where(_has(_remark.c.text, word))
        found.append(sa.or_(*(_has(t, word) for t in (TEXT, _annotation.c.comment)), said))
    return found


def _has(column: Any, word: str) -> sa.ColumnElement[bool]:
    found: sa.ColumnElement[bool] = column.icontains(word, autoescape=True)
    return found


def count(session: Session, *, project_id: int, wanted: Wanted) -> int:
    """How many talks there are of what is looked for."""
    source = ABOUT if wanted.words else _with_answer(_talk)
    statement = sa.select(sa.func.count()).select_from(source)
    n: int = session.execute(statement.where(*_matching(project_id, wanted))).scalar_one()
    return n


def page(
    session: Session,
    *,
    project_id: int,
    wanted: Wanted,
    order: Order,
    offset: int,
    limit: int,
) -> list[TalkRow]:
    """One page of the talks that are looked for, in an order."""
    # Found by their keys alone, so that the texts of one page are read and no others.
    found = (
        sa.select(_talk.c.id)
        .select_from(ABOUT if wanted.words else _with_answer(_talk))
        .where(*_matching(project_id, wanted))
        .order_by(*_ORDERS[order])
        .offset(offset)
        .limit(limit)
    )
    keys = list(session.execute(found).scalars())
    rows = (
        sa.select(*_TALK_COLUMNS)
        .select_from(ABOUT.join(_account, _account.c.id == _talk.c.reviewer_id))
        .where(_talk.c.id.in_(keys))
    )
    by_key = {row[0]: TalkRow(*row) for row in session.execute(rows)}
    return [by_key[key] for key in keys]


def n_open(session: Session, *, project_id: int) -> int:
    """How many questions wait for a reply."""
    statement = (
        sa.select(sa.func.count())
        .select_from(_talk)
        .where(_talk.c.project_id == project_id, _talk.c.state == "open")
    )
    n: int = session.execute(statement).scalar_one()
    return n
