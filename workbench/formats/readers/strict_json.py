"""JSON as it may come in: no NaN, no key twice, no number that a database cannot hold."""

import json
from collections.abc import Iterable
from typing import Any

from workbench.formats.readers.record import ReaderError

_LARGEST = 2**63
_MOST_DIGITS = 20


def parsed(text: str, *, depth: int) -> object:
    """Parse one value.

    Args:
        text: The JSON.
        depth: How deep lists and objects may be nested.

    Raises:
        ReaderError: It is no JSON, or holds what is refused.
    """
    try:
        value: object = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        message = f"It is not valid JSON from character {error.pos + 1} on. Write it anew."
        raise ReaderError(message) from error
    except RecursionError as error:
        raise ReaderError(_too_deep(depth)) from error
    _refuse_depth(value, depth)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "A key stands in it twice. Remove one of the two."
        raise ReaderError(message)
    return found


def _integer(digits: str) -> int:
    number = int(digits) if len(digits) <= _MOST_DIGITS else _LARGEST
    if not -_LARGEST <= number < _LARGEST:
        message = "It holds a whole number over 2^63. Put it in quotation marks."
        raise ReaderError(message)
    return number


def _decimal(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        message = "It holds a number too large to be kept. Put it in quotation marks."
        raise ReaderError(message)
    return number


def _constant(name: str) -> float:
    message = f"It holds {name}, which is not JSON. Put null or a number there."
    raise ReaderError(message)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_decimal,
    parse_constant=_constant,
)


def _refuse_depth(value: object, depth: int) -> None:
    level = _nested([value])
    for _ in range(depth):
        if not level:
            return
        level = [
            inner
            for outer in level
            for inner in _nested(outer.values() if isinstance(outer, dict) else outer)
        ]
    if level:
        raise ReaderError(_too_deep(depth))


def _nested(values: Iterable[object]) -> list[dict[str, object] | list[object]]:
    return [value for value in values if isinstance(value, dict | list)]


def _too_deep(depth: int) -> str:
    return f"It is nested more than {depth} deep. Flatten it."
