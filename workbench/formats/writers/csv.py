"""CSV after RFC 4180: one row a record, every field quoted, so that any text comes back equal."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import orjson

from workbench.errors import InputError
from workbench.formats.records import Field, Record, RecordArticle

DELIMITERS = (",", ";", "\t")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LINE_END = "\r\n"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

LABEL_COLUMN = Field("<label>", "true or false", "whether the final label holds it; one column per")
VOTES_COLUMN = Field("votes_<label>", "integer", "how many annotations give it; one column per")

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
        self._excel = excel
        self._between = f'"{delimiter}"'

    def header(self) -> bytes:
        """The names of the columns."""
        mark = BYTE_ORDER_MARK if self._excel else b""
        return mark + self._row(columns(self._labels))

    def rows(self, records: Iterable[Record]) -> Iterator[bytes]:
        """Each record as a row."""
        article: RecordArticle | None = None
        article_cells: tuple[str, ...] = ()
        for record in records:
            if record.article is not article:  # the sentences of an article follow each other
                article = record.article
                article_cells = _article_cells(article)
            yield self._row(self._cells(record, article_cells))

    def _cells(self, record: Record, article_cells: tuple[str, ...]) -> tuple[str, ...]:
        return (
            record.schema,
            record.id,
            record.text,
            record.kind,
            "|".join(record.labels),
            *["true" if key in record.labels else "false" for key in self._labels],
            record.label_source,
            *[str(record.votes[key]) for key in self._labels],
            str(record.n_annotations),
            "" if record.check_worthiness is None else str(record.check_worthiness),
            orjson.dumps(record.annotations).decode(),
            *article_cells,
            str(record.start),
            str(record.end),
            str(record.position),
            record.before or "",
            record.after or "",
            record.wire_cluster or "",
            record.split or "",
        )

    def _row(self, cells: tuple[str, ...]) -> bytes:
        if self._excel:
            cells = tuple(f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in cells)
        inside = self._between.join([cell.replace('"', '""') for cell in cells])
        return f'"{inside}"{LINE_END}'.encode()


def _article_cells(article: RecordArticle) -> tuple[str, ...]:
    return (
        article.id,
        article.title or "",
        article.outlet or "",
        article.author or "",
        article.published or "",
        article.url or "",
        article.source,
        article.sha256,
    )
