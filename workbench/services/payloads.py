"""Articles as the browser draws them."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from db.models import Article, Project
from db.queries import annotations
from db.queries import articles as article_queries
from db.queries.annotations import Stored
from workbench.services.decisions import parse_sentence_id, sentence_id
from workbench.services.op_batch import as_mine
from workbench.services.permissions import Actor, Permission, check
from workbench.text.attributions import attributions
from workbench.text.kinds import Kind
from workbench.text.segments import Segment


def named(
    session: Session, *, actor: Actor, project: Project, names: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Articles of a project by their public ids; what is none of its is left out.

    Raises:
        NotFoundError: The actor is not in the project.
        NotAllowedError: The actor does not label.
    """
    check(actor, Permission.ANNOTATE, project_id=project.id)
    found = (
        article_queries.by_public_id(session, project_id=project.id, public_id=name)
        for name in names
    )
    keys = {article.public_id: article.id for article in found if article is not None}
    return of_reviewer(session, actor=actor, keys=keys)


def of_reviewer(
    session: Session, *, actor: Actor, keys: dict[str, int]
) -> dict[str, dict[str, Any]]:
    """Articles by their public ids, given their keys, with the actor's own answers."""
    mine = annotations.of_articles(
        session, reviewer_id=actor.account_id or 0, article_ids=keys.values()
    )
    return drawn(session, keys=keys, mine=mine)


def drawn(
    session: Session, *, keys: dict[str, int], mine: dict[int, Stored]
) -> dict[str, dict[str, Any]]:
    """The same, with answers that were looked up."""
    return {name: article_payload(session, article_id=key, mine=mine) for name, key in keys.items()}


def article_payload(
    session: Session, *, article_id: int, mine: dict[int, Stored]
) -> dict[str, Any]:
    """An article as the browser draws it: its header, and every segment with the gap before it.

    A segment of a quotation that runs over several has the quotation's number as `group`, and as
    `speaker` the id of the one that says whose words they are, where one does.
    """
    article = session.get_one(Article, article_id)
    text = article.text
    segments = []
    last = 0
    for row in article_queries.sentences_of(session, article_id=article_id):
        segments.append(
            {
                "id": sentence_id(article.public_id, row.start, row.end),
                "text": text[row.start : row.end],
                "kind": row.kind,
                "reason": row.reason,
                "queued": row.is_queued,
                "gap": gap(text[last : row.start]),
                "group": row.quote_group,
                "mine": as_mine(mine.get(row.id)),
            }
        )
        last = row.end
    _name_speakers(text, segments)
    return {
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published": article.published,
        "source": article.source_name,
        "segments": segments,
    }


def _name_speakers(text: str, segments: list[dict[str, Any]]) -> None:
    """Give each segment of a longer quotation `speaker`: the id of the one that says who speaks."""
    if all(part["group"] is None for part in segments):
        return
    spans = [
        Segment(*parse_sentence_id(part["id"])[1:], Kind(part["kind"]), part["reason"])
        for part in segments
    ]
    for part, by in zip(segments, attributions(text, spans), strict=True):
        if part["group"] is not None:
            part["speaker"] = None if by is None else segments[by]["id"]


def gap(white: str) -> str:
    """What the white space before a segment amounts to: paragraph, line, space or none."""
    if not white:
        return "none"
    n_breaks = len(f"{white}x".splitlines()) - 1  # knows CR LF, U+2028 and their like
    if n_breaks > 1 or "\u2029" in white:
        return "paragraph"
    return "line" if n_breaks else "space"
