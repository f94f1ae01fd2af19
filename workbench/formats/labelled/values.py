"""Values of foreign JSON, each taken only if it is what it should be."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from workbench.formats.labelled.found import LineError, Origin, Problem

_HALF = re.compile(r"[\ud800-\udfff]")
_LATEST = 253_402_300_799  # the last second of the year 9999
_MOST_MS = 2**31 - 1


def text_of(values: Mapping[str, Any], *keys: str) -> str:
    """The text under the first of the keys that has one.

    Raises:
        LineError: There is none, or it is broken.
    """
    for key in keys:
        found = values.get(key)
        if isinstance(found, str) and found.strip():
            if _HALF.search(found):
                reason = "Its text holds half a character, which no text can. Export it anew."
                raise LineError(Problem.UNREADABLE, reason)
            return found
    raise LineError(Problem.NO_TEXT, f"It holds no text under '{keys[0]}'. Add it.")


def string(value: object) -> str | None:
    """A string that says something, or None."""
    return value if isinstance(value, str) and value.strip() else None


def strings(value: object, what: str) -> list[str]:
    """A list of strings; one string alone counts as one.

    Raises:
        LineError: It is something else.
    """
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return value
    raise LineError(Problem.UNREADABLE, f"'{what}' is no list of words. Write it as one.")


def objects(value: object, what: str) -> list[dict[str, Any]]:
    """A list of objects; nothing for nothing.

    Raises:
        LineError: It is something else.
    """
    if value is None:
        return []
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        return value
    raise LineError(Problem.UNREADABLE, f"'{what}' is no list of objects. Write it as one.")


def mapping(value: object) -> dict[str, Any]:
    """An object, or an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def when(value: object) -> datetime | None:
    """A time in ISO 8601 or in seconds since 1970; without a zone it counts as UTC."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LATEST:
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, str):
        try:
            found = datetime.fromisoformat(value)
            return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, OverflowError):
            return None
    return None


def milliseconds(value: object, *, unit: int = 1) -> int:
    """A time span in units of so many milliseconds; 0 where it is none."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
        return min(round(value * unit), _MOST_MS) if value < _MOST_MS else _MOST_MS
    return 0


def worth(value: object) -> int | None:
    """A check-worthiness from 0 to 2, or None."""
    is_one = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 2
    return value if is_one and isinstance(value, int) else None


def origin(values: Mapping[str, Any]) -> Origin:
    """What is known of the article."""
    return Origin(
        sentence_id=string(values.get("sentence_id")),
        title=string(values.get("title")),
        outlet=string(values.get("outlet")),
        author=string(values.get("author")),
        published=string(values.get("published")),
        url=string(values.get("url")),
    )
