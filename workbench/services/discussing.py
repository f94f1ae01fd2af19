"""Talking about a sentence: reply, close and open again, and share a reply with everybody.

Who asked and who may answer talk; nobody else of those who label reads a word of it, for the first
pass is blind. A reply that is shared shows the sentence and the reply alone.
"""

from datetime import datetime

from sqlmodel import Session

from db.models import Article, Project, Remark, Sentence, Talk
from db.queries import projects as project_queries
from db.queries import talks as queries
from workbench.errors import InputError, NotAllowedError, NotFoundError, TakenError
from workbench.services import audit, projects
from workbench.services.decisions import sentence_id
from workbench.services.guidelines import sections
from workbench.services.permissions import Actor, Permission, check

LONGEST_REPLY = 4000
NO_TALK = "There is no such question, or it is not yours."
NO_REPLY = "There is no such reply in this discussion."
CLOSED = "This discussion is closed. Comment on the sentence again to ask anew."


def reply(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    talk: int,
    op_id: str,
    text: str,
    now: datetime,
    section: str = "",
    is_shared: bool = False,
    closes: bool = False,
) -> None:
    """Say something in a talk, once: sent again under its `op_id` it changes nothing.

    Args:
        session: A write transaction.
        actor: Who replies: somebody who may answer, or the reviewer who asked.
        slug: Which project.
        talk: The key of the talk.
        op_id: A UUID made when the box was drawn.
        text: What is said, as plain text.
        now: The database's clock.
        section: The heading of a section of the guideline in force; empty for none.
        is_shared: Whether everybody in the project is shown the reply; for who may answer.
        closes: Whether the talk is closed with it; for who may answer.

    Raises:
        NotFoundError: There is no such project or talk, or it is not the actor's to see.
        NotAllowedError: The actor may not talk here, or may not share or close.
        InputError: The text is empty or too long, or the guideline has no such section.
        TakenError: The talk was closed, and its asker replied.
    """
    project, found, answers = _found(session, actor=actor, slug=slug, talk=talk)
    if _is_done(session, op_id, found, act="reply"):
        return
    if (is_shared or closes) and not answers:
        check(actor, Permission.ANSWER, project_id=project.id)
    if found.state == "closed" and not answers:
        raise TakenError(CLOSED)
    said = text.replace("\x00", "\ufffd").strip()
    if not 0 < len(said) <= LONGEST_REPLY:
        message = f"A reply has 1 to {LONGEST_REPLY:,} characters; this has {len(said):,}."
        raise InputError(message)
    guideline = project_queries.newest_guideline(session, project_id=project.id)
    if section and section not in sections(guideline.text):
        message = "The guideline has no such section any more. Choose another."
        raise InputError(message)
    made = _add(
        session,
        actor,
        found,
        act="reply",
        op_id=op_id,
        now=now,
        text=said,
        section=section,
        guideline_id=guideline.id if section else None,
    )
    if is_shared:
        queries.share(session, remark_id=made.id, project_id=project.id, now=now)
    found.state = "closed" if closes else "answered" if answers else "open"
    found.asked_at = found.asked_at if answers else now
    session.add(found)
    session.flush()
    if answers:
        _record(
            session, actor, project, found, act="reply", now=now, shared=is_shared, closed=closes
        )


def close(
    session: Session, *, actor: Actor, slug: str, talk: int, op_id: str, now: datetime
) -> None:
    """Close a talk. Raises as `reply` does."""
    _turn(session, actor=actor, slug=slug, talk=talk, op_id=op_id, now=now, act="close")


def reopen(
    session: Session, *, actor: Actor, slug: str, talk: int, op_id: str, now: datetime
) -> None:
    """Open a closed talk again. Raises as `reply` does."""
    _turn(session, actor=actor, slug=slug, talk=talk, op_id=op_id, now=now, act="reopen")


def show(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    talk: int,
    remark: int,
    op_id: str,
    now: datetime,
    to_all: bool,
) -> None:
    """Show a reply to everybody in the project, or to its asker alone again.

    Raises as `reply` does; InputError for what the asker said: that stays between the two.
    """
    project, found, _ = _found(session, actor=actor, slug=slug, talk=talk)
    check(actor, Permission.ANSWER, project_id=project.id)
    shown = queries.reply_of(session, talk_id=found.id, remark_id=remark)
    if shown is None:
        raise NotFoundError(NO_REPLY)
    if to_all and shown.author_id == found.reviewer_id != actor.account_id:
        message = "What the asker said stays between the two of you. Share a reply of your own."
        raise InputError(message)
    act = "share" if to_all else "withdraw"
    is_shared = queries.is_shared(session, remark_id=shown.id)
    if _is_done(session, op_id, found, act=act) or is_shared is to_all:
        return
    _add(session, actor, found, act=act, op_id=op_id, now=now, about_id=shown.id)
    if to_all:
        queries.share(session, remark_id=shown.id, project_id=project.id, now=now)
    else:
        queries.unshare(session, remark_id=shown.id)
    _record(session, actor, project, found, act=f"{act}_reply", now=now)


def _found(session: Session, *, actor: Actor, slug: str, talk: int) -> tuple[Project, Talk, bool]:
    """The project, the talk, held, and whether the actor may answer in it."""
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.DISCUSS, project_id=project.id)
    if actor.account_id is None:
        message = "Only a person can reply. Sign in with an account."
        raise NotAllowedError(message)
    found = queries.locked(session, project_id=project.id, talk_id=talk)
    answers = actor.may(Permission.ANSWER, project.id)
    if found is None or not (answers or found.reviewer_id == actor.account_id):
        raise NotFoundError(NO_TALK)
    return project, found, answers


def _is_done(session: Session, op_id: str, talk: Talk, *, act: str) -> bool:
    # The talk is held, so that of two at once the second sees what the first has done.
    known = queries.by_op(session, op_id=op_id)
    if known is None:
        return False
    if (known.talk_id, known.act) != (talk.id, act):
        message = "This was sent for something else before. Load the page again."
        raise TakenError(message)
    return True


def _turn(
    session: Session, *, actor: Actor, slug: str, talk: int, op_id: str, now: datetime, act: str
) -> None:
    project, found, _ = _found(session, actor=actor, slug=slug, talk=talk)
    check(actor, Permission.ANSWER, project_id=project.id)
    state = "closed" if act == "close" else "open"
    if _is_done(session, op_id, found, act=act) or found.state == state:
        return
    _add(session, actor, found, act=act, op_id=op_id, now=now)
    found.state = state
    session.add(found)
    session.flush()
    _record(session, actor, project, found, act=f"{act}_talk", now=now)


def _add(
    session: Session,
    actor: Actor,
    talk: Talk,
    *,
    act: str,
    op_id: str,
    now: datetime,
    text: str = "",
    section: str = "",
    guideline_id: int | None = None,
    about_id: int | None = None,
) -> Remark:
    assert actor.account_id is not None, "_found() has seen to it"  # noqa: S101
    made = Remark(
        op_id=op_id,
        talk_id=talk.id,
        author_id=actor.account_id,
        act=act,
        text=text,
        section=section,
        guideline_id=guideline_id,
        about_id=about_id,
        created_at=now,
    )
    return queries.add(session, remark=made)


def _record(
    session: Session,
    actor: Actor,
    project: Project,
    talk: Talk,
    *,
    act: str,
    now: datetime,
    **details: bool,
) -> None:
    sentence = session.get_one(Sentence, talk.sentence_id)
    article = session.get_one(Article, sentence.article_id)
    audit.record(
        session,
        actor=actor,
        act=act,
        object_type="talk",
        object_id=sentence_id(article.public_id, sentence.start, sentence.end),
        now=now,
        project=project.slug,
        **details,
    )
