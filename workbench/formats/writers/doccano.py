"""doccano: one text a line with its labels, as its own JSONL export of a classification project."""

from collections.abc import Iterator
from typing import Any

from workbench.formats.records import Record
from workbench.formats.writers.format import FileFormat, Rows, Setting
from workbench.formats.writers.origin import comments, origin
from workbench.formats.writers.pieces import chunked, line


def _chunks(setting: Setting, rows: Rows) -> Iterator[bytes]:
    return chunked(line(_example(record, n)) for n, record in enumerate(rows(), 1))


def _example(record: Record, number: int) -> dict[str, Any]:
    # In doccano's order: what it calls metadata stands at the top, between text and label.
    return {
        "id": number,
        "text": record.text,
        **origin(record),
        "label": record.labels,
        "Comments": list(comments(record)),
    }


DOCCANO = FileFormat(
    name="doccano",
    title="doccano",
    suffix="jsonl",
    content_type="application/x-ndjson; charset=utf-8",
    has_text=True,
    summary="doccano's JSONL for text classification: text, labels, comments and metadata.",
    chunks=_chunks,
)
