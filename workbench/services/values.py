"""A stored answer as a value, as columns, and as the browser gets it."""

from typing import Any

from db.queries.annotations import Stored
from workbench.services.decisions import Value


def value_of(stored: Stored | None) -> Value:
    """What is stored, without its version; the empty value where nothing is."""
    if stored is None:
        return Value()
    start, end = stored.mention_start, stored.mention_end
    return Value(
        stored.status,
        stored.labels,
        stored.check_worthiness,
        stored.comment,
        stored.is_flagged,
        stored.skip_reason,
        None if start is None or end is None else (start, end),
    )


def mention_columns(value: Value) -> dict[str, int | None]:
    """What a comment mentions, as columns of its annotation."""
    start, end = value.mention or (None, None)
    return {"mention_start": start, "mention_end": end}


def as_mine(stored: Stored | None) -> dict[str, Any] | None:
    """A stored annotation as the browser gets it; None where there is none."""
    return {"version": stored.version, **value_of(stored).as_json()} if stored else None
