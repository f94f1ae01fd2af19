"""A comment or a flag is a question: noted as it comes in, in the transaction of its op."""

from datetime import datetime

from sqlmodel import Session

from db.queries import talks
from workbench.services.decisions import Value


def note(
    session: Session,
    *,
    project_id: int,
    sentence_id: int,
    reviewer_id: int,
    old: Value,
    new: Value,
    now: datetime,
) -> None:
    """Open the talk about a sentence where a comment or a flag is new; end it where both are gone.

    Whoever calls has checked that the reviewer may label here.
    """
    is_comment = bool(new.comment) and (new.comment, new.mention) != (old.comment, old.mention)
    if is_comment or (new.flagged and not old.flagged):
        talks.ask(
            session,
            project_id=project_id,
            sentence_id=sentence_id,
            reviewer_id=reviewer_id,
            now=now,
        )
    elif (old.comment or old.flagged) and not (new.comment or new.flagged):
        talks.withdraw(session, sentence_id=sentence_id, reviewer_id=reviewer_id)
