"""The files of a Hugging Face folder; loaded when one is asked for, since Arrow is large."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeVar

import pyarrow as pa

from workbench.formats.card import Collector, Column, Config, DataFile, croissant, readme
from workbench.formats.writers import annotations
from workbench.formats.writers.arrow import AnnotationTable, RecordTable, parquet
from workbench.formats.writers.format import File, Setting, Source
from workbench.formats.writers.pieces import chunked, line

ALL = "train"
"""The split that everything is in where there are no splits."""
_CONTENT_TYPE = "application/x-parquet"  # what Croissant calls it
_CONFIGS = ("default", "annotations")
_FOLDERS = ("data", "annotations")
_LABELS = ("labels", "final_labels")
Row = TypeVar("Row")


def files(setting: Setting, source: Source) -> Iterator[File]:
    """Parquet files by split, and at the end the card, which counts what is in them.

    A split without rows has no file: `datasets` refuses to load one.
    """
    collector, done = Collector(setting.about), list[DataFile]()
    configs = []
    for name, folder, table in _tables(setting.keys):
        splits = []
        for split in setting.splits or (None,):
            records = source(split)
            counted = collector.passing(records) if name == "default" else records
            rows = _begun(counted if name == "default" else annotations.rows_of(counted))
            if rows is not None:
                splits.append(split or ALL)
                pieces = parquet(table, rows)
                yield from _measured(_path(folder, splits[-1]), table.schema, pieces, done)
        if splits:
            paths = {split: f"{folder}/{split}-*" for split in splits}
            features = [_named(field, setting.keys) for field in table.schema]
            configs.append(Config(name, paths, features))
    facts = collector.facts()
    yield File("README.md", iter([readme(facts, configs)]))
    yield File("croissant.json", iter([croissant(facts, done)]))


def _tables(keys: tuple[str, ...]) -> Iterator[tuple[str, str, Any]]:
    """Each config with its folder and its table, whose schema tells what the labels are."""
    made: tuple[Any, ...] = (
        RecordTable(keys, is_numbered=True),
        AnnotationTable(keys, is_numbered=True),
    )
    for name, folder, table in zip(_CONFIGS, _FOLDERS, made, strict=True):
        table.schema = with_features(table.schema, keys)
        yield name, folder, table


def _begun(rows: Iterator[Row]) -> Iterator[Row] | None:
    """The rows, or None where there is none."""
    for first in rows:
        return chain((first,), rows)
    return None


@dataclass(slots=True)
class _Measure:
    """What a file came to when its bytes had passed."""

    digest: Any = field(default_factory=hashlib.sha256)
    n_bytes: int = 0

    def passing(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.digest.update(piece)
            self.n_bytes += len(piece)
            yield piece


def _measured(
    path: str, schema: pa.Schema, pieces: Iterator[bytes], done: list[DataFile]
) -> Iterator[File]:
    measure = _Measure()
    yield File(path, measure.passing(chunked(pieces)))
    digest = measure.digest.hexdigest()
    done.append(DataFile(path, digest, measure.n_bytes, _CONTENT_TYPE, columns(schema)))


def _path(folder: str, split: str) -> str:
    return f"{folder}/{split}-00000-of-00001.parquet"


def _named(field: pa.Field, keys: tuple[str, ...]) -> Mapping[str, Any]:
    """A column as the header of the card spells it."""
    return {"name": field.name, **_spelled(field, keys)}


def _spelled(field: pa.Field, keys: tuple[str, ...]) -> dict[str, Any]:
    if field.name in _LABELS:
        names = {str(place): key for place, key in enumerate(keys)}
        return {"list": {"class_label": {"names": names}}}
    if pa.types.is_struct(field.type):
        return {"struct": [_named(inner, keys) for inner in field.type]}
    if pa.types.is_list(field.type):
        inner = _spelled(field.type.value_field, keys)
        return {"list": inner.get("dtype") or inner["struct"]}
    return {"dtype": str(field.type)}


def with_features(schema: pa.Schema, keys: tuple[str, ...]) -> pa.Schema:
    """The schema with the types of its columns, as `datasets` finds them in a Parquet file."""
    features = {field.name: _typed(field, keys) for field in schema}
    info = line({"info": {"features": features}}).strip()
    return schema.with_metadata({b"huggingface": info})


def _typed(field: pa.Field, keys: tuple[str, ...]) -> Any:
    """A column as the metadata of a Parquet file spells it."""
    if field.name in _LABELS:
        return {"feature": {"names": list(keys), "_type": "ClassLabel"}, "_type": "List"}
    if pa.types.is_struct(field.type):
        return {inner.name: _typed(inner, keys) for inner in field.type}
    if pa.types.is_list(field.type):
        return {"feature": _typed(field.type.value_field, keys), "_type": "List"}
    return {"dtype": str(field.type), "_type": "Value"}


def columns(schema: pa.Schema) -> list[Column]:
    """What Croissant can describe of a table: plain values and lists of them."""
    found = []
    for column in schema:
        is_list = pa.types.is_list(column.type)
        kind = _CROISSANT.get(str(column.type.value_type if is_list else column.type))
        if kind:
            found.append(Column(column.name, kind, is_list))
    return found


_CROISSANT = {"string": "sc:Text", "int64": "sc:Integer", "bool": "sc:Boolean"}
