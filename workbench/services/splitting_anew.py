"""An article whose language was wrong is split anew, as long as nobody has decided about it."""

from datetime import datetime

from sqlmodel import Session

from db.queries import segments
from workbench.errors import InputError
from workbench.services import edits, metadata, projects, repairing
from workbench.services.permissions import Actor
from workbench.services.repairing import Piece
from workbench.text import segmenting

SPLIT_ANEW = "split_anew"


def split_anew(
    session: Session, *, actor: Actor, slug: str, article: str, language: str, now: datetime
) -> int:
    """Split an article anew in a language; how many segments it has now.

    What stood there before stands aside, as after any repair by hand, and can be taken back.

    Raises:
        NotFoundError: There is no such project or article, or it is not the actor's to see.
        NotAllowedError: The actor does not edit articles.
        InputError: Somebody has decided about its sentences, or the language is none.
    """
    edit = edits.begin(session, actor=actor, slug=slug, article=article, now=now)
    n_answers, n_people = segments.n_decided(session, article_id=edit.article.id)
    if n_answers:
        people = "1 person has" if n_people == 1 else f"{n_people} people have"
        message = (
            f"{people} answered for {n_answers:,} of its sentences, which splitting anew would "
            "set aside. Split and merge them by hand."
        )
        raise InputError(message)
    before = edit.article.language
    metadata.change(
        session, actor=actor, slug=slug, article=article, values={"language": language}, now=now
    )
    queued = frozenset(edit.project.settings.get("queued_kinds", projects.QUEUED_KINDS))
    pieces = [
        Piece(part.start, part.end, str(part.kind), str(part.kind) in queued, part.reason)
        for part in segmenting.segment(edit.article.text, language)
    ]
    old = segments.live(session, article_id=edit.article.id)
    repairing.rearrange(edit, SPLIT_ANEW, old=old, pieces=pieces, language=before)
    return len(pieces)
