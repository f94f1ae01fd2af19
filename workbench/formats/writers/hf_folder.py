"""The files of a Hugging Face folder; loaded when one is asked for, since Arrow is large."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from workbench.formats.card import Collector, Column, Config, DataFile, croissant, readme
from workbench.formats.writers import annotations
from workbench.formats.writers.arrow import AnnotationTable, RecordTable, parquet
from workbench.formats.writers.format import File, Setting, Source
from workbench.formats.writers.pieces import chunked, line

ALL = "train"
"""The split that everything is in where there are no splits."""
_CONTENT_TYPE = "application/x-parquet"  # what Croissant calls it
_LABELS = ("labels", "final_labels")


def files(setting: Setting, source: Source) -> Iterator[File]:
    """Parquet files by split, and at the end the card, which counts what is in them."""
    collector, done = Collector(setting.about), list[DataFile]()
    records = RecordTable(setting.keys, is_numbered=True)
    decisions = AnnotationTable(setting.keys, is_numbered=True)
    for table in (records, decisions):
        table.schema = with_features(table.schema, setting.keys)
    for split in setting.splits or (None,):
        rows = collector.passing(source(split))
        yield from _measured(_path("data", split), records.schema, parquet(records, rows), done)
    for split in setting.splits or (None,):
        pieces = parquet(decisions, annotations.rows_of(source(split)))
        yield from _measured(_path("annotations", split), decisions.schema, pieces, done)
    facts = collector.facts()
    configs = [
        _config("default", "data", setting, records.schema),
        _config("annotations", "annotations", setting, decisions.schema),
    ]
    yield File("README.md", iter([readme(facts, configs)]))
    yield File("croissant.json", iter([croissant(facts, done)]))


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


def _path(folder: str, split: str | None) -> str:
    return f"{folder}/{split or ALL}-00000-of-00001.parquet"


def _config(name: str, folder: str, setting: Setting, schema: pa.Schema) -> Config:
    splits = setting.splits or (ALL,)
    patterns = {split: f"{folder}/{split}-*" for split in splits}
    return Config(name, patterns, [_named(field, setting.keys) for field in schema])


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
