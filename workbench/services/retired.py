"""What is kept on sentences that were split or merged since, shown at what took their place."""

from typing import Any

from sqlmodel import Session

from db.models import Article
from db.queries import repairs
from db.queries.annotations import Stored
from workbench.errors import InputError
from workbench.services.decisions import parse_sentence_id, sentence_id
from workbench.services.op_batch import as_mine


def lay_over(
    session: Session,
    *,
    article: Article,
    parts: list[dict[str, Any]],
    mine: dict[int, Stored],
    reviewer_id: int | None,
) -> None:
    """Give each segment `stale`: the labelled sentences that stood there before.

    Each has its id and text, how many people have decided about it, and one's own answer.

    Args:
        session: A read session.
        article: Which article.
        parts: Its segments as the page draws them; they are changed.
        mine: The reader's own answers, by sentence.
        reviewer_id: Whose decisions are told and counted; None for everybody's.
    """
    rows = repairs.retired_with_labels(session, article_id=article.id, reviewer_id=reviewer_id)
    for part in parts:
        _, start, end = parse_sentence_id(part["id"])
        part["stale"] = [
            {
                "id": sentence_id(article.public_id, row.start, row.end),
                "text": article.text[row.start : row.end],
                "n_labelled": row.n_labelled,
                "mine": as_mine(mine.get(row.id)),
            }
            for row in rows
            if row.start < end and start < row.end
        ]


def standing(parts: list[dict[str, Any]], *, sentence: str) -> str:
    """The id of the segment that stands where a sentence is or was; empty where none does."""
    try:
        article, start, end = parse_sentence_id(sentence)
    except InputError:
        return ""
    for part in parts:
        name, first, last = parse_sentence_id(part["id"])
        if name == article and first < end and start < last:
            return str(part["id"])
    return ""
