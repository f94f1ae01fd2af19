"""What each field of a record has to be when a file says it: anybody may have written the file."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from workbench.formats.final_labels import LabelSource
from workbench.formats.records import SCHEMA
from workbench.text.kinds import Kind
from workbench.whole_numbers import MOST

Check = tuple[frozenset[type], Callable[[Any], bool] | None]
"""Of which types a value may be, and what else of it has to hold; None is held to be right."""


class Fields:
    """What the fields of an object have to be.

    Attributes:
        types: Of which types each may be.
    """

    def __init__(self, checks: Mapping[str, Check]) -> None:
        """Take the checks of each field."""
        self.types = {name: types for name, (types, _) in checks.items()}
        self._judged = [(name, is_right) for name, (_, is_right) in checks.items() if is_right]
        self._right = set[tuple[type, ...]]()  # types that were met together, each right

    def wrong(self, values: Mapping[str, Any]) -> str | None:
        """The first field that is not what it should be; None if all are.

        Args:
            values: Every field, in the order of the checks.
        """
        met = tuple(map(type, values.values()))
        if met not in self._right:
            for name, kind in zip(self.types, met, strict=True):
                if kind not in self.types[name]:
                    return name
            self._right.add(met)
        for name, is_right in self._judged:
            value = values[name]
            if value is not None and not is_right(value):
                return name
        return None


MOST_VERSIONS = 999
LONGEST_ID = 40

_KINDS = frozenset(map(str, Kind))
_SOURCES = frozenset(map(str, LabelSource))
_HEX = frozenset("0123456789abcdef")


def _said(value: str) -> bool:
    return bool(value.strip())


def _said_each(values: Iterable[Any]) -> bool:
    # A loop: it is asked three times a record, and a generator takes as long as all the rest.
    for value in values:  # noqa: SIM110
        if type(value) is not str or not value.strip():
            return False
    return True


def _countable(value: int) -> bool:
    return 0 <= value <= MOST


def _votes_right(value: dict[str, Any]) -> bool:
    for one in value.values():
        if type(one) is not int or not 0 <= one <= MOST:
            return False
    return _said_each(value)


def _named(value: str) -> bool:
    return value.isascii() and value.isprintable() and _said(value) and len(value) <= LONGEST_ID


def _sha256(value: str) -> bool:
    return len(value) == 64 and set(value) <= _HEX


def _time(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


_STRING, _INTEGER, _FLAG, _LIST, _OBJECT = (
    frozenset([kind]) for kind in (str, int, bool, list, dict)
)
_NOTHING = frozenset([type(None)])
_TEXT: Check = (_STRING, None)
_TEXT_OR_NONE: Check = (_STRING | _NOTHING, None)
_SAID: Check = (_STRING, _said)
_NAME: Check = (_STRING, _named)
_NAME_OR_NONE: Check = (_STRING | _NOTHING, _named)
_TEXTS: Check = (_LIST, _said_each)
_COUNT: Check = (_INTEGER, _countable)
_VERSION: Check = (_INTEGER, lambda value: 1 <= value <= MOST_VERSIONS)
_WORTH: Check = (_INTEGER | _NOTHING, lambda value: 0 <= value <= 2)

RECORD = Fields(
    {
        "schema": (_STRING, SCHEMA.__eq__),
        "id": _SAID,
        "text": _TEXT,
        "kind": (_STRING, _KINDS.__contains__),
        "labels": _TEXTS,
        "label_source": (_STRING, _SOURCES.__contains__),
        "votes": (_OBJECT, _votes_right),
        "n_annotations": _COUNT,
        "check_worthiness": _WORTH,
        "annotations": (_LIST, None),
        "article": (_OBJECT, None),
        "start": _COUNT,
        "end": _COUNT,
        "position": _COUNT,
        "before": _TEXT_OR_NONE,
        "after": _TEXT_OR_NONE,
        "wire_cluster": _NAME_OR_NONE,
        "split": _NAME_OR_NONE,
    }
)
ANNOTATION = Fields(
    {
        "annotator": _SAID,
        "labels": _TEXTS,
        "check_worthiness": _WORTH,
        "skipped": (_FLAG, None),
        "comment": _TEXT_OR_NONE,
        "active_ms": _COUNT,
        "decided_at": (_STRING, _time),
        "label_set": _VERSION,
        "guideline": _VERSION,
        "suggestion_shown": (_FLAG, None),
    }
)
ARTICLE = Fields(
    {
        "id": _NAME,
        "title": _TEXT_OR_NONE,
        "outlet": _TEXT_OR_NONE,
        "author": _TEXT_OR_NONE,
        "published": _TEXT_OR_NONE,
        "url": _TEXT_OR_NONE,
        "source": _TEXT,
        "sha256": (_STRING, _sha256),
    }
)
