"""A talk, and a reply for everybody, as they are read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.queries.replies import RemarkRow, SharedRow
from db.queries.talk_lists import TalkRow
from workbench.services.decisions import sentence_id


@dataclass(frozen=True, slots=True)
class RemarkView:
    """Something said or done in a talk.

    Attributes:
        id: Its key.
        by: The name of who said it; empty where it was the reader.
        act: `reply`, `close`, `reopen`, `share` or `withdraw`.
        text: What was said; empty but for a reply.
        section: The section of the guideline that it names; empty for none.
        guideline: The version of the guideline that it was read in.
        at: When.
        is_shared: Whether everybody in the project sees it.
        is_askers: Whether the asker said it.
        is_new: Whether the reader has not seen it yet.
    """

    id: int
    by: str
    act: str
    text: str
    section: str
    guideline: int | None
    at: datetime
    is_shared: bool
    is_askers: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class TalkView:
    """A question about a sentence, and what became of it.

    Attributes:
        id: Its key.
        state: `open`, `answered`, `closed` or `withdrawn`.
        asked_at: When its asker last said something.
        by: The name of who asked; empty where it was the reader.
        comment: The comment; None where the sentence was flagged only.
        mention: What part of the sentence the comment is about, in code points; None for none.
        is_flagged: Whether the asker has the sentence flagged.
        sentence: The public id of the sentence.
        article: The public id of its article.
        title: The article's title, or its file.
        text: The sentence.
        before: What stands before it in the article, as far as it is shown.
        after: The same of what stands after it.
        is_replaced: Whether its article has a newer version, which lacks the sentence.
        remarks: What was said and done, in order.
    """

    id: int
    state: str
    asked_at: datetime
    by: str
    comment: str | None
    mention: tuple[int, int] | None
    is_flagged: bool
    sentence: str
    article: str
    title: str
    text: str
    before: str
    after: str
    is_replaced: bool
    remarks: tuple[RemarkView, ...]


@dataclass(frozen=True, slots=True)
class TalkList:
    """One page of talks, and how many there are in all."""

    rows: tuple[TalkView, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SharedView:
    """What was answered for everybody: the sentence and the reply, and not who asked."""

    id: int
    text: str
    section: str
    guideline: int | None
    at: datetime
    sentence: str
    title: str
    quote: str
    mention: tuple[int, int] | None
    is_new: bool


def view(
    row: TalkRow, said: Sequence[RemarkRow], reader_id: int | None, unseen: Collection[int]
) -> TalkView:
    """A talk as somebody reads it; `unseen` are the replies that they have not seen."""
    return TalkView(
        id=row.id,
        state=row.state,
        asked_at=row.asked_at,
        by="" if row.asker_id == reader_id else row.asker,
        comment=row.comment,
        mention=_mention(row.mention_start, row.mention_end),
        is_flagged=bool(row.is_flagged),
        sentence=sentence_id(row.article, row.start, row.end),
        article=row.article,
        title=row.title,
        text=row.text,
        before=row.before,
        after=row.after,
        is_replaced=row.is_replaced,
        remarks=tuple(
            RemarkView(
                id=one.id,
                by="" if one.author_id == reader_id else one.author,
                act=one.act,
                text=one.text,
                section=one.section,
                guideline=one.guideline,
                at=one.created_at,
                is_shared=one.is_shared,
                is_askers=one.author_id == row.asker_id,
                is_new=one.id in unseen,
            )
            for one in said
        ),
    )


def shared_view(row: SharedRow, *, is_new: bool) -> SharedView:
    """A reply for everybody as anybody reads it."""
    return SharedView(
        id=row.remark_id,
        text=row.text,
        section=row.section,
        guideline=row.guideline,
        at=row.shared_at,
        sentence=sentence_id(row.article, row.start, row.end),
        title=row.title,
        quote=row.sentence,
        mention=_mention(row.mention_start, row.mention_end),
        is_new=is_new,
    )


def _mention(start: int | None, end: int | None) -> tuple[int, int] | None:
    return None if start is None or end is None else (start, end)
