"""The long table: a row for each reviewer's decision, as CSV or JSON Lines."""

import csv
import io
from collections.abc import Iterable, Iterator

from workbench.formats.records import Field, Record, RecordAnnotation
from workbench.formats.writers.cells import (
    Value,
    cell,
    checked_delimiter,
    defused_cell,
    label_columns,
)
from workbench.formats.writers.csv import BYTE_ORDER_MARK
from workbench.formats.writers.format import FileFormat, Rows, Setting
from workbench.formats.writers.pieces import chunked, line

FIELDS = (
    Field("sentence_id", "string", "the sentence: `<article id>:<start>-<end>`"),
    Field("text", "string", "the sentence as it stands in the article"),
    Field("kind", "string", "what the segment is: body, headline, standfirst, subhead ..."),
    Field("annotator", "string", "a pseudonym, A1 to An, the same in every file"),
    Field("labels", "labels", "what this reviewer gave, sorted; empty is an explicit none"),
    Field("check_worthiness", "integer 0 to 2, or null", "what this reviewer gave"),
    Field("skipped", "boolean", "true: the reviewer passed; labels is empty, no vote"),
    Field("comment", "string or null", "what the reviewer wrote"),
    Field("active_ms", "integer, milliseconds", "time spent on the sentence"),
    Field("decided_at", "string, ISO 8601", "when, in UTC, to the millisecond, ending in Z"),
    Field("label_set", "integer", "version of the label set in force"),
    Field("guideline", "integer", "version of the guideline in force"),
    Field("suggestion_shown", "boolean", "whether a suggestion was on the screen"),
    Field("final_labels", "labels", "the final label of the sentence, sorted"),
    Field("label_source", "string", "how the final label came about; none: there is none"),
    Field("article_id", "string", "the article; it depends on the imported bytes only"),
    Field("outlet", "string or null", "who published it"),
    Field("published", "string or null", "the date as far as it is known, `2015-10-16`"),
    Field("split", "string or null", "train, validation or test; null outside a snapshot"),
)
"""The columns, in order; in CSV and Parquet one for each label follows."""
NAMES = tuple(field.name for field in FIELDS)


def rows_of(records: Iterable[Record]) -> Iterator[tuple[Value, ...]]:
    """A row for each decision: a value for each of `FIELDS`."""
    for record in records:
        for one in record.annotations:
            yield _row(record, one)


def _row(record: Record, one: RecordAnnotation) -> tuple[Value, ...]:
    return (
        record.id,
        record.text,
        record.kind,
        one.annotator,
        one.labels,
        one.check_worthiness,
        one.skipped,
        one.comment,
        one.active_ms,
        one.decided_at,
        one.label_set,
        one.guideline,
        one.suggestion_shown,
        record.labels,
        record.label_source,
        record.article.id,
        record.article.outlet,
        record.article.published,
        record.split,
    )


def _jsonl(setting: Setting, rows: Rows) -> Iterator[bytes]:
    return chunked(line(dict(zip(NAMES, row, strict=True))) for row in rows_of(rows()))


def _csv(setting: Setting, rows: Rows) -> Iterator[bytes]:
    checked_delimiter(setting.flavour.delimiter)
    return chunked(_table(setting, rows()))


def _table(setting: Setting, records: Iterable[Record]) -> Iterator[bytes]:
    page = io.StringIO(newline="")
    table = csv.writer(
        page, delimiter=setting.flavour.delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n"
    )
    is_excel = setting.flavour.excel
    as_text = defused_cell if is_excel else cell
    table.writerow([as_text(name) for name in (*NAMES, *label_columns(setting.keys, NAMES))])
    yield (BYTE_ORDER_MARK if is_excel else b"") + _taken(page)
    given_at = NAMES.index("labels")
    for row in rows_of(records):
        labels = row[given_at]
        held = [isinstance(labels, tuple) and key in labels for key in setting.keys]
        table.writerow([as_text(value) for value in (*row, *held)])
        yield _taken(page)


def _taken(page: io.StringIO) -> bytes:
    piece = page.getvalue().encode()
    page.seek(0)
    page.truncate()
    return piece


ANNOTATIONS = FileFormat(
    name="annotations",
    title="Annotations, one row each (CSV)",
    suffix="csv",
    content_type="text/csv; charset=utf-8; header=present",
    has_text=True,
    summary="A long table as CSV: a row for each sentence and reviewer, with what they gave.",
    chunks=_csv,
    is_table=True,
)
ANNOTATIONS_JSONL = FileFormat(
    name="annotations-jsonl",
    title="Annotations, one row each (JSONL)",
    suffix="jsonl",
    content_type="application/x-ndjson; charset=utf-8",
    has_text=True,
    summary="The same long table as JSON Lines.",
    chunks=_jsonl,
)
