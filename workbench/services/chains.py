"""The chain of a reviewer's events: each holds the hash of the one before it. Pure code."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import orjson

HASHED = (
    "op_id",
    "project_id",
    "sentence_id",
    "reviewer_id",
    "act",
    "version",
    "old",
    "new",
    "label_set_id",
    "guideline_id",
    "active_ms",
    "shown_at",
    "decided_at",
    "stored_at",
    "payload_hash",
)


def chained(previous: str, event: dict[str, Any]) -> str:
    """The hash of an event: of the one before it and of everything the event says.

    Times are hashed in UTC, as they are stored: a browser may send another zone's.
    """
    body = {key: _in_utc(event[key]) for key in HASHED}
    return hashlib.sha256(
        previous.encode() + orjson.dumps(body, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)
    ).hexdigest()


def _in_utc(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value
