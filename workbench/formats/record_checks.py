"""What each field of a record has to be when a file says it: anybody may have written the file."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from workbench.formats.final_labels import LabelSource
from workbench.formats.records import SCHEMA
from workbench.text.kinds import Kind

Check = Callable[[Any], bool]

MOST = 2**31 - 1  # what both databases count to
MOST_VERSIONS = 999
LONGEST_ID = 40

_KINDS = frozenset(map(str, Kind))
_SOURCES = frozenset(map(str, LabelSource))
_HEX = frozenset("0123456789abcdef")


def _text(value: Any) -> bool:
    return type(value) is str


def _said(value: Any) -> bool:
    return _text(value) and bool(value.strip())


def _text_or_none(value: Any) -> bool:
    return value is None or _text(value)


def _count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= MOST


def _version(value: Any) -> bool:
    return type(value) is int and 1 <= value <= MOST_VERSIONS


def _worth(value: Any) -> bool:
    return value is None or (type(value) is int and 0 <= value <= 2)


def _texts(value: Any) -> bool:
    return type(value) is list and all(map(_said, value))


def _votes(value: Any) -> bool:
    return type(value) is dict and all(map(_said, value)) and all(map(_count, value.values()))


def _list(value: Any) -> bool:
    return type(value) is list


def _object(value: Any) -> bool:
    return type(value) is dict


def _flag(value: Any) -> bool:
    return type(value) is bool


def _name(value: Any) -> bool:
    return _said(value) and value.isascii() and value.isprintable() and len(value) <= LONGEST_ID


def _name_or_none(value: Any) -> bool:
    return value is None or _name(value)


def _sha256(value: Any) -> bool:
    return type(value) is str and len(value) == 64 and set(value) <= _HEX


def _time(value: Any) -> bool:
    try:
        return type(value) is str and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


RECORD: Mapping[str, Check] = {
    "schema": lambda value: bool(value == SCHEMA),
    "id": _said,
    "text": _text,
    "kind": lambda value: type(value) is str and value in _KINDS,
    "labels": _texts,
    "label_source": lambda value: type(value) is str and value in _SOURCES,
    "votes": _votes,
    "n_annotations": _count,
    "check_worthiness": _worth,
    "annotations": _list,
    "article": _object,
    "start": _count,
    "end": _count,
    "position": _count,
    "before": _text_or_none,
    "after": _text_or_none,
    "wire_cluster": _name_or_none,
    "split": _name_or_none,
}
ANNOTATION: Mapping[str, Check] = {
    "annotator": _said,
    "labels": _texts,
    "check_worthiness": _worth,
    "skipped": _flag,
    "comment": _text_or_none,
    "active_ms": _count,
    "decided_at": _time,
    "label_set": _version,
    "guideline": _version,
    "suggestion_shown": _flag,
}
ARTICLE: Mapping[str, Check] = {
    "id": _name,
    "title": _text_or_none,
    "outlet": _text_or_none,
    "author": _text_or_none,
    "published": _text_or_none,
    "url": _text_or_none,
    "source": _text,
    "sha256": _sha256,
}
