"""Where a sentence comes from, flat, for formats that keep such things beside the text."""

import hashlib
from collections.abc import Iterator
from typing import Any

from workbench.formats.final_labels import LabelSource
from workbench.formats.records import Record

ORIGIN = (
    "sentence_id",
    "kind",
    "label_source",
    "n_annotations",
    "check_worthiness",
    "article_id",
    "title",
    "outlet",
    "author",
    "published",
    "url",
    "source",
    "start",
    "end",
    "position",
    "before",
    "after",
    "wire_cluster",
    "split",
)
"""The names of the fields, in order; none of them is `text` or `label`, which tools keep."""


def origin(record: Record) -> dict[str, Any]:
    """The fields of `ORIGIN` that have a value."""
    article = record.article
    values = (
        record.id,
        record.kind,
        record.label_source,
        record.n_annotations,
        record.check_worthiness,
        article.id,
        article.title,
        article.outlet,
        article.author,
        article.published,
        article.url,
        article.source,
        record.start,
        record.end,
        record.position,
        record.before,
        record.after,
        record.wire_cluster,
        record.split,
    )
    return {name: value for name, value in zip(ORIGIN, values, strict=True) if value is not None}


def is_settled(record: Record) -> bool:
    """Whether the sentence has a final label; an explicit none is one."""
    return record.label_source != LabelSource.NONE.value


def comments(record: Record) -> Iterator[str]:
    """What the reviewers wrote, in their order."""
    return (one.comment for one in record.annotations if one.comment)


def stable_int32(*parts: str) -> int:
    """A signed 32-bit number that is the same for the same parts, on every machine."""
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big", signed=True)
