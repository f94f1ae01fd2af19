"""CSV after RFC 4180: one row a record, every field quoted, so that any text comes back equal."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import orjson

from workbench.errors import InputError
from workbench.formats.records import Field, Record, RecordArticle

DELIMITERS = (",", ";", "\t")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LINE_END = b"\r\n"
MANY = 10_000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

LABEL_COLUMN = Field(
    "<label>", "true or false", "whether the final label holds it; one column a label"
)
VOTES_COLUMN = Field("votes_<label>", "integer", "how many annotations give it")

BEFORE_LABELS = ("schema", "id", "text", "kind", "labels")
BEFORE_VOTES = ("label_source",)
AFTER_VOTES = (
    "n_annotations",
    "check_worthiness",
    "annotations",
    "article_id",
    "article_title",
    "article_outlet",
    "article_author",
    "article_published",
    "article_url",
    "article_source",
    "article_sha256",
    "start",
    "end",
    "position",
    "before",
    "after",
    "wire_cluster",
    "split",
)
# The cells of a row as they are put together: one place for those that the final label makes, from
# the kind to the check-worthiness, one for the article's.
TEMPLATE = b"%b %b %b %b %b %b %d %d %d %b %b %b %b".split()
FIXED_COLUMNS = (*BEFORE_LABELS, *BEFORE_VOTES, *AFTER_VOTES)


def columns(labels: tuple[str, ...]) -> tuple[str, ...]:
    """The names in the header; a label that is named like another column gets `label_` before."""
    named = (f"label_{key}" if key in FIXED_COLUMNS else key for key in labels)
    votes = (f"votes_{key}" for key in labels)
    return (*BEFORE_LABELS, *named, *BEFORE_VOTES, *votes, *AFTER_VOTES)


class CsvWriter:
    """UTF-8, CRLF after every row; nothing for null.

    The flavour for spreadsheets begins with a BOM and puts `'` before cells that a spreadsheet
    would take for a formula. It changes values: it is for reading, not for training.
    """

    suffix: ClassVar[str] = "csv"
    content_type: ClassVar[str] = "text/csv; charset=utf-8; header=present"

    def __init__(
        self, labels: tuple[str, ...], *, excel: bool = False, delimiter: str = ","
    ) -> None:
        """Take the keys of the label set, in order.

        Raises:
            InputError: The delimiter is not a comma, a semicolon or a tab.
        """
        if delimiter not in DELIMITERS:
            message = "CSV fields are set apart by a comma, a semicolon or a tab; ask for one."
            raise InputError(message)
        self._labels = labels
        self._mark = BYTE_ORDER_MARK if excel else b""
        self._cell = _defused if excel else _doubled
        self._between = f'"{delimiter}"'.encode()
        self._template = b'"' + self._between.join(TEMPLATE) + b'"' + LINE_END
        self._final: dict[tuple[object, ...], bytes] = {}

    def header(self) -> bytes:
        """The names of the columns."""
        return self._mark + b'"' + self._joined(columns(self._labels)) + b'"' + LINE_END

    def rows(self, records: Iterable[Record]) -> Iterator[bytes]:
        """Each record as a row."""
        cell = self._cell
        article: RecordArticle | None = None
        article_cells = b""
        # A text stands in three rows: after the one before it, alone, and before the next one.
        text, after = None, None
        text_cell, after_cell = b"", b""
        for record in records:
            if record.article is not article:  # the sentences of an article follow each other
                article = record.article
                article_cells = self._joined(_article_cells(article))
            before_cell = text_cell if record.before is text else cell(record.before)
            text_cell = after_cell if record.text is after else cell(record.text)
            text, after = record.text, record.after
            after_cell = cell(after)
            yield self._template % (
                record.schema.encode(),
                record.id.encode(),
                text_cell,
                self._final_cells(record),
                orjson.dumps(record.annotations).replace(b'"', b'""'),
                article_cells,
                record.start,
                record.end,
                record.position,
                before_cell,
                after_cell,
                cell(record.wire_cluster),
                cell(record.split),
            )

    def _final_cells(self, record: Record) -> bytes:
        # Few final labels come very often: their cells are made once.
        worth, n = record.check_worthiness, record.n_annotations
        key = (record.kind, record.labels, record.label_source, n, worth, *record.votes.values())
        cells = self._final.get(key)
        if cells is None:
            cells = self._joined(
                (
                    record.kind,
                    "|".join(record.labels),
                    *("true" if key in record.labels else "false" for key in self._labels),
                    record.label_source,
                    *(str(record.votes[key]) for key in self._labels),
                    str(n),
                    None if worth is None else str(worth),
                )
            )
            if len(self._final) < MANY:
                self._final[key] = cells
        return cells

    def _joined(self, cells: Iterable[str | None]) -> bytes:
        return self._between.join([self._cell(cell) for cell in cells])


def _doubled(cell: str | None) -> bytes:
    return cell.replace('"', '""').encode() if cell else b""


def _defused(cell: str | None) -> bytes:
    return _doubled(f"'{cell}" if cell and cell.startswith(FORMULA_STARTS) else cell)


def _article_cells(article: RecordArticle) -> tuple[str | None, ...]:
    return (
        article.id,
        article.title,
        article.outlet,
        article.author,
        article.published,
        article.url,
        article.source,
        article.sha256,
    )
