"""Records as Arrow tables, written as Parquet while they pass."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby, islice
from operator import attrgetter
from typing import Any, Protocol, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from workbench.formats.records import Record, RecordAnnotation
from workbench.formats.writers import annotations
from workbench.formats.writers.cells import Value, label_columns
from workbench.formats.writers.pieces import Outlet

ROWS_A_GROUP = 10_000
_STRINGS = (
    *("schema", "id", "text", "kind", "label_source", "before", "after", "wire_cluster", "split"),
    *("sentence_id", "annotator", "comment", "decided_at", "article_id", "outlet", "published"),
)
_BOOLEANS = ("skipped", "suggestion_shown")
_ARTICLE = ("id", "title", "outlet", "author", "published", "url", "source", "sha256")
_RECORD = tuple(Record.__annotations__)

Row = TypeVar("Row", contravariant=True)


class Table(Protocol[Row]):
    """Rows of one kind as columns."""

    schema: pa.Schema

    def columns(self, rows: Sequence[Row]) -> list[Any]:
        """The values of each column of the schema, as a list or an Arrow array."""


class Labels:
    """How labels stand in a cell: by name, or numbered by their place in the label set."""

    def __init__(self, keys: tuple[str, ...], *, is_numbered: bool) -> None:
        """Take the keys in the order of the label set."""
        self.keys = keys
        self.type = pa.list_(pa.int64() if is_numbered else pa.string())
        self._numbers = {key: place for place, key in enumerate(keys)} if is_numbered else None

    def value(self, labels: Sequence[str]) -> Sequence[Any]:
        """Labels as a cell: sorted by name, or by number."""
        numbers = self._numbers
        return labels if numbers is None else sorted([numbers[key] for key in labels])

    def held(self, labels: Iterable[Sequence[str]]) -> list[list[bool]]:
        """A column for each label: whether it is among the labels of the row."""
        given = list(labels)
        return [[key in some for some in given] for key in self.keys]


class RecordTable:
    """A row for each record: a column for each of its fields, then a boolean for each label."""

    def __init__(self, keys: tuple[str, ...], *, is_numbered: bool = False) -> None:
        """Take the labels, and whether they stand as numbers in `labels`."""
        self._labels = Labels(keys, is_numbered=is_numbered)
        special = {
            "labels": self._labels.type,
            "votes": pa.struct([(key, pa.int64()) for key in keys]),
            "annotations": pa.list_(_annotation_type(self._labels.type)),
            "article": pa.struct([(name, pa.string()) for name in _ARTICLE]),
        }
        fixed = [(name, special.get(name) or _plain(name)) for name in _RECORD]
        self.schema = _schema(fixed, label_columns(keys, _RECORD))

    def columns(self, rows: Sequence[Record]) -> list[Any]:
        """The values of each column."""
        made: Mapping[str, Any] = {
            "labels": [self._labels.value(record.labels) for record in rows],
            "annotations": self._annotations(rows),
            "article": self._articles(rows),
        }
        fixed = [
            made[name] if name in made else list(map(attrgetter(name), rows)) for name in _RECORD
        ]
        return fixed + self._labels.held(record.labels for record in rows)

    def _annotations(self, rows: Sequence[Record]) -> pa.Array:
        """Lists of decisions, put together column by column: a third of the time."""
        kind = self.schema.field("annotations").type
        ones = [one for record in rows for one in record.annotations]
        columns = []
        for field in kind.value_type:
            values = list(map(attrgetter(field.name), ones))
            if field.name == "labels":
                values = [self._labels.value(labels) for labels in values]
            columns.append(pa.array(values, field.type))
        ends = accumulate((len(record.annotations) for record in rows), initial=0)
        decisions = pa.StructArray.from_arrays(columns, fields=list(kind.value_type))
        return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), decisions, type=kind)

    def _articles(self, rows: Sequence[Record]) -> pa.Array:
        """The article of each row, made once for the rows in a row that share it."""
        runs = [list(run) for _, run in groupby(rows, key=lambda record: id(record.article))]
        made = pa.array([vars(run[0].article) for run in runs], self.schema.field("article").type)
        return made.take(pa.array([place for place, run in enumerate(runs) for _ in run]))


class AnnotationTable:
    """A row for each decision of a reviewer, then a boolean for each label they may have given."""

    def __init__(self, keys: tuple[str, ...], *, is_numbered: bool = False) -> None:
        """Take the labels, and whether they stand as numbers."""
        self._labels = Labels(keys, is_numbered=is_numbered)
        special = {"labels": self._labels.type, "final_labels": self._labels.type}
        fixed = [(name, special.get(name) or _plain(name)) for name in annotations.NAMES]
        self.schema = _schema(fixed, label_columns(keys, annotations.NAMES))
        self._given_at = annotations.NAMES.index("labels")
        self._final_at = annotations.NAMES.index("final_labels")

    def columns(self, rows: Sequence[tuple[Value, ...]]) -> list[Any]:
        """The values of each column."""
        turned: list[Any] = [list(column) for column in zip(*rows, strict=True)]
        given = turned[self._given_at]
        for place in (self._given_at, self._final_at):
            turned[place] = [self._labels.value(labels) for labels in turned[place]]
        return turned + self._labels.held(given)


def parquet(table: Table[Row], rows: Iterable[Row]) -> Iterator[bytes]:
    """A Parquet file in pieces, a row group at a time; a piece may be empty."""
    outlet = Outlet()
    waiting = iter(rows)
    with pq.ParquetWriter(outlet, table.schema, compression="zstd") as file:
        while batch := list(islice(waiting, ROWS_A_GROUP)):
            columns = zip(table.columns(batch), table.schema, strict=True)
            arrays = [
                values if isinstance(values, pa.Array) else pa.array(values, field.type)
                for values, field in columns
            ]
            file.write_batch(pa.RecordBatch.from_arrays(arrays, schema=table.schema))
            yield outlet.taken()
    yield outlet.taken()


def _annotation_type(labels: pa.DataType) -> pa.DataType:
    names = tuple(RecordAnnotation.__annotations__)
    return pa.struct([(name, labels if name == "labels" else _plain(name)) for name in names])


def _plain(name: str) -> pa.DataType:
    if name in _STRINGS:
        return pa.string()
    return pa.bool_() if name in _BOOLEANS else pa.int64()


def _schema(fixed: list[tuple[str, pa.DataType]], labels: Sequence[str]) -> pa.Schema:
    return pa.schema([*fixed, *((name, pa.bool_()) for name in labels)])
