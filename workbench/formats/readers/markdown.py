"""Markdown: as text, with the details of its front matter."""

import re
from collections.abc import Iterator

from workbench.formats.readers import columns, texts
from workbench.formats.readers.opened import Opened
from workbench.formats.readers.record import ArticleRecord

_MOST_FRONT = 20_000
_FRONT = re.compile(r"---[ \t]*\r?\n((?:[^\r\n]*\r?\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_PAIR = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]+(\S.*?)[ \t]*\r?")
_COMMENT = re.compile(r"[ \t]#.*")


def read(opened: Opened) -> Iterator[ArticleRecord]:
    """Read a Markdown file; its text is what stands below the front matter.

    Only `key: value` lines of the front matter are read, and no YAML is loaded: it can do more
    than give values.

    Raises:
        ReaderError: It is binary, too large, cannot be decoded, or is front matter only.
    """
    data = opened.whole()
    found = texts.decoded(data, opened.encoding)
    front = _FRONT.match(found.text[:_MOST_FRONT])
    values: dict[str, object] = dict(_pairs(front[1])) if front else {}
    mapping = columns.guess_mapping(values)
    text_key = "\0text"  # no key of a front matter
    values[text_key] = found.text[front.end() :] if front else found.text
    yield columns.record(
        opened,
        values,
        {**mapping, "text": text_key},
        raw=data,
        encoding=found.encoding,
        number=0,
    )


def _pairs(front: str) -> Iterator[tuple[str, str]]:
    for line in front.split("\n"):
        pair = _PAIR.fullmatch(line)
        if pair:
            yield pair[1], _unquoted(pair[2])


def _unquoted(value: str) -> str:
    for mark in "\"'":
        if len(value) > 1 and value.startswith(mark) and value.endswith(mark):
            return value[1:-1]
    return _COMMENT.sub("", value).strip("[]")
