"""Stand-off: labels, offsets and hashes without a word of the articles, to be joined with them."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from workbench.formats.records import Record
from workbench.formats.writers.format import FileFormat, Rows, Setting
from workbench.formats.writers.pieces import chunked, line

SCHEMA = "workbench.standoff/1"


def _chunks(setting: Setting, rows: Rows) -> Iterator[bytes]:
    return chunked(line(standoff(record)) for record in rows())


def standoff(record: Record) -> dict[str, Any]:
    """The record with the hash and length of each text in place of the text."""
    article = {name: value for name, value in vars(record.article).items() if name != "title"}
    article["title"] = fingerprint(record.article.title)
    return {
        **vars(record),
        "schema": SCHEMA,
        "text": fingerprint(record.text),
        "article": article,
        "before": fingerprint(record.before),
        "after": fingerprint(record.after),
    }


@lru_cache(maxsize=64)
def fingerprint(text: str | None) -> dict[str, Any] | None:
    """What a text can be known by: its length in code points and its SHA-256 in UTF-8."""
    if text is None:
        return None
    return {"length": len(text), "sha256": hashlib.sha256(text.encode()).hexdigest()}


STANDOFF = FileFormat(
    name="standoff",
    title="Stand-off, without text",
    suffix="jsonl",
    content_type="application/x-ndjson; charset=utf-8",
    has_text=False,
    summary="Ids, offsets, hashes, URLs and labels without any article text, to be joined again.",
    chunks=_chunks,
)
