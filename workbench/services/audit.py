"""The only writer of audit rows: who did what to which object, chained by hash."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlmodel import Session

from db.models import AuditEvent
from db.queries import audit as queries
from workbench.services.permissions import Actor

NUMBERED = ("import_batch", "snapshot")
"""What is numbered in its project: its public name is `project/number`."""


def record(
    session: Session,
    *,
    actor: Actor,
    act: str,
    object_type: str,
    object_id: str,
    now: datetime,
    **details: Any,
) -> None:
    """Add a row in the same transaction as the act itself.

    Args:
        session: The transaction of the act.
        actor: Who acts.
        act: A verb in snake case, such as `import_article`.
        object_type: The table the object is in.
        object_id: Its public name; never a secret.
        now: When.
        details: What changed; no text of an article, no password, no token.
    """
    objects = [(object_id, details)]
    record_all(session, actor=actor, act=act, object_type=object_type, objects=objects, now=now)


def record_all(
    session: Session,
    *,
    actor: Actor,
    act: str,
    object_type: str,
    objects: Sequence[tuple[str, dict[str, Any]]],
    now: datetime,
) -> None:
    """Add a row for each of many objects to which the same was done; as `record` does for one.

    Args:
        session: The transaction of the acts.
        actor: Who acts.
        act: A verb in snake case, such as `import_article`.
        object_type: The table the objects are in.
        objects: The public name of each and its details, in order.
        now: When.
    """
    if not objects:
        return
    previous = queries.lock_last_hash(session)
    for object_id, details in objects:
        body = {
            "at": now.isoformat(),
            "actor": actor.public_id,
            "act": act,
            "object": [object_type, object_id],
            "details": details,
            "address": actor.address,
        }
        digest = hashlib.sha256(previous.encode() + orjson.dumps(body, option=orjson.OPT_SORT_KEYS))
        event = AuditEvent(
            at=now,
            actor_id=actor.account_id,
            act=act,
            object_type=object_type,
            object_id=object_id,
            project=project_of(object_type, object_id, details),
            details=details,
            address=actor.address,
            prev_hash=previous,
            hash=digest.hexdigest(),
        )
        session.add(event)
        previous = event.hash
    session.flush()


def project_of(object_type: str, object_id: str, details: Mapping[str, Any]) -> str | None:
    """The short name of the project that an act concerns, whose managers read of it; or None."""
    if object_type == "project":
        return object_id
    if object_type in NUMBERED:
        return object_id.partition("/")[0]
    named = details.get("project")
    return named if isinstance(named, str) else None
