"""The annotate loop: apply ops exactly once and in order, and say what comes next."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from db.models import Project
from db.queries import events, queue
from db.queries.queue import Place as Place
from workbench.errors import NotAllowedError
from workbench.services.decisions import Ack, AckStatus, BadOp, Op
from workbench.services.op_batch import OpBatch
from workbench.services.permissions import Actor, Permission, Role, check

MAX_CLOCK_STEP_BACK = timedelta(seconds=5)
log = logging.getLogger(__name__)


def take_part(
    session: Session, *, actor: Actor, project: Project, now: datetime, locked: bool = False
) -> Place:
    """Where the actor stands in a project; an admin is made a member when they first label.

    Raises:
        NotFoundError: The actor has no part in this project.
        NotAllowedError: The actor is no person.
    """
    check(actor, Permission.ANNOTATE, project_id=project.id)
    if actor.account_id is None:
        message = "Only a person can label. Sign in with an account."
        raise NotAllowedError(message)
    project_id, account_id = project.id, actor.account_id
    place = queue.place(session, project_id=project_id, account_id=account_id, locked=locked)
    if place is None and locked:
        queue.join(
            session,
            project_id=project_id,
            account_id=account_id,
            role=str(Role.MANAGER),
            now=now,
        )
        place = queue.place(session, project_id=project_id, account_id=account_id, locked=True)
    return place or Place(id=0, n_done=0, n_events=0, active_ms=0, queue_mark=0, chain_hash="")


def apply_ops(
    session: Session, *, actor: Actor, project: Project, ops: Sequence[Op | BadOp], now: datetime
) -> tuple[list[Ack], Place]:
    """Apply a batch of ops in its order; each is answered by itself.

    Args:
        session: The transaction that holds them all; nothing is acknowledged before it commits.
        actor: The reviewer; their membership row is locked first, and with it their event chain.
        project: Where.
        ops: What came in, unreadable ones included.
        now: The database's clock.

    Returns:
        One ack per op in the same order, and where the reviewer stands now.
    """
    place = take_part(session, actor=actor, project=project, now=now, locked=True)
    assert actor.account_id is not None, "take_part() has seen to it"  # noqa: S101
    reviewer_id, project_id = actor.account_id, project.id
    now = _steady(session, now, reviewer_id=reviewer_id, project_id=project_id)
    batch = OpBatch(session, reviewer_id=reviewer_id, project=project, place=place, now=now)
    batch.load(ops)
    acks = [
        Ack(op.op_id, AckStatus.REFUSED, reason=op.reason)
        if isinstance(op, BadOp)
        else batch.apply(op)
        for op in ops
    ]
    return acks, batch.finish()


def _steady(session: Session, now: datetime, *, reviewer_id: int, project_id: int) -> datetime:
    # A clock that was set back must not put an event before the one it follows.
    last = events.latest_at(session, project_id=project_id, reviewer_id=reviewer_id)
    if last is None or now >= last - MAX_CLOCK_STEP_BACK:
        return now
    log.warning("The clock is %s behind the last event: that one's time is used.", last - now)
    return last
