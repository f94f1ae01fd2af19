"""JSON of the annotate loop, in and out: parse, bound, refuse."""

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import UUID

import orjson

from workbench.errors import InputError
from workbench.services.decisions import Ack, Act, BadOp, Op
from workbench.services.opening import Notice

MAX_BODY = 1_000_000
MAX_OPS = 100
MAX_HAVE = 2_000
MAX_ARTICLES = 10  # asked for by name in one request
MAX_ACTIVE_MS = 24 * 3600 * 1000
MAX_VERSION = 2**31 - 1  # it is looked for in the database, whose integers end here
NO_DAY = datetime.min.replace(tzinfo=UTC)  # a time that no clock can mean


@dataclass(frozen=True, slots=True)
class Batch:
    """One request of the annotate loop."""

    project: str
    reviewer: str
    ops: tuple[Op | BadOp, ...]
    after: str
    want: int
    have: tuple[str, ...]
    label_set: int | None = None
    guideline: int | None = None
    release: dict[str, int] = field(default_factory=dict)
    articles: tuple[str, ...] = ()


def parse_batch(body: bytes) -> Batch:
    """Read a request; an op that cannot be read is kept as such, to be answered by itself.

    Raises:
        InputError: The whole of it cannot be read.
    """
    if len(body) > MAX_BODY:
        message = f"The request is too long: at most {MAX_BODY:,} bytes are read. Send fewer ops."
        raise InputError(message)
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        message = f"The request is not JSON: {error.msg}."
        raise InputError(message) from error
    if not isinstance(data, dict) or not isinstance(data.get("ops", []), list):
        message = "The request has no list of ops."
        raise InputError(message)
    ops = data.get("ops", [])
    if len(ops) > MAX_OPS:
        message = f"The request has {len(ops)} ops; at most {MAX_OPS} are read."
        raise InputError(message)
    return Batch(
        project=_text(data, "project"),
        reviewer=_text(data, "reviewer"),
        ops=tuple(_op_or_bad(op) for op in ops),
        after=_text(data, "after"),
        want=_whole(data.get("want", 0), "want", most=1000),
        have=_names(data, "have")[:MAX_HAVE],
        label_set=_version(_rules(data), "label_set"),
        guideline=_version(_rules(data), "guideline"),
        release=_fences(data),
        articles=_names(data, "articles")[:MAX_ARTICLES],
    )


def answer(
    acks: list[Ack],
    *,
    items: list[dict[str, Any]],
    articles: dict[str, Any],
    progress: dict[str, Any],
    cursor: str,
    is_whole: bool = False,
    notice: Notice | None = None,
    talk: dict[str, Any] | None = None,
    lease_seconds: int | None = None,
) -> bytes:
    """The answer's bytes."""
    return orjson.dumps(
        {
            "acks": [{**asdict(ack), "status": str(ack.status)} for ack in acks],
            "window": items,
            "articles": articles,
            "progress": progress,
            "cursor": cursor,
            "whole": is_whole,
            "notice": notice,
            "talk": talk,
            "lease_seconds": lease_seconds,
        }
    )


def _op_or_bad(data: Any) -> Op | BadOp:
    op_id = str(data.get("op_id", ""))[:80] if isinstance(data, dict) else ""
    try:
        return _op(data)
    except InputError as error:
        return BadOp(op_id, str(error))


def _op(data: Any) -> Op:
    if not isinstance(data, dict):
        message = "An op is not an object."
        raise InputError(message)
    act = data.get("act", "label")
    if act not in list(Act):
        message = f"There is no act '{str(act)[:40]}'."
        raise InputError(message)
    if act == Act.LABEL and data.get("labels") is None:
        message = "'labels' is missing. Send [] for none of the labels."
        raise InputError(message)
    worth = data.get("check_worthiness")
    flagged = data.get("flagged")
    return Op(
        op_id=_uuid(data.get("op_id"), "op_id"),
        sentence=_text(data, "sentence"),
        base_version=_whole(data.get("base_version", 0), "base_version"),
        act=Act(act),
        labels=_names(data, "labels"),
        check_worthiness=None if worth is None else _whole(worth, "check_worthiness", most=2),
        reason=_optional_text(data, "reason"),
        comment=_optional_text(data, "comment"),
        mention=_mention(data.get("mention")),
        flagged=True if flagged is None else bool(flagged),
        copied_from=_optional_text(data, "copied_from"),
        undoes=_optional_uuid(data, "undoes"),
        together=_optional_uuid(data, "together"),
        label_set=_version(data, "label_set"),
        guideline=_version(data, "guideline"),
        active_ms=min(_whole(data.get("active_ms") or 0, "active_ms"), MAX_ACTIVE_MS),
        shown_at=_moment(data, "shown_at"),
        decided_at=_moment(data, "decided_at"),
    )


def _mention(value: Any) -> tuple[int, int] | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        message = "'mention' is not an object with start and end."
        raise InputError(message)
    return _whole(value.get("start"), "mention.start"), _whole(value.get("end"), "mention.end")


def _rules(data: dict[str, Any]) -> dict[str, Any]:
    """Under which versions a tab works; nothing where it does not say."""
    rules = data.get("rules")
    return rules if isinstance(rules, dict) else {}


def _fences(data: dict[str, Any]) -> dict[str, int]:
    """What a page gives back that is closed: the fence of each sentence, by public id."""
    given = data.get("release") or {}
    if not isinstance(given, dict):
        message = "'release' does not say which sentences were held under which fence."
        raise InputError(message)
    names = list(given)[:MAX_HAVE]
    return {name: _whole(given[name], "release", most=MAX_VERSION) for name in names}


def _version(data: dict[str, Any], name: str) -> int | None:
    return None if data.get(name) is None else _whole(data[name], name, most=MAX_VERSION)


def _names(data: dict[str, Any], name: str) -> tuple[str, ...]:
    value = data.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        message = f"'{name}' is not a list of texts."
        raise InputError(message)
    return tuple(value)


def _uuid(value: Any, name: str) -> str:
    try:
        return str(UUID(value))
    except (ValueError, AttributeError, TypeError):
        message = f"'{name}' is not a UUID."
        raise InputError(message) from None


def _optional_uuid(data: dict[str, Any], name: str) -> str | None:
    return None if data.get(name) is None else _uuid(data[name], name)


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name, "")
    if value is None:
        return ""
    if not isinstance(value, str):
        message = f"'{name}' is not a text."
        raise InputError(message)
    return value


def _optional_text(data: dict[str, Any], name: str) -> str | None:
    value = data.get(name)
    if value is None:
        return None
    # PostgreSQL cannot hold NUL; nobody types one.
    return _text(data, name).replace("\x00", "\ufffd")


def _whole(value: Any, name: str, *, most: int = 1 << 31) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        message = f"'{name}' is not a whole number from 0 to {most}."
        raise InputError(message)
    return value


def _moment(data: dict[str, Any], name: str) -> datetime | None:
    value = data.get(name)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo else _no_moment(name)
    except OverflowError:  # the first and last days of the calendar have no time in UTC
        return NO_DAY
    except (TypeError, ValueError):
        return _no_moment(name)


def _no_moment(name: str) -> NoReturn:
    message = f"'{name}' is not a time with a zone."
    raise InputError(message) from None
