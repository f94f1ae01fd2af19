"""Parquet: the record as columns, a row group at a time."""

from collections.abc import Iterator

from workbench.formats.writers.format import FileFormat, Rows, Setting


def _chunks(setting: Setting, rows: Rows) -> Iterator[bytes]:
    from workbench.formats.writers.arrow import RecordTable, parquet  # loaded when it is used

    return parquet(RecordTable(setting.keys), rows())


PARQUET = FileFormat(
    name="parquet",
    title="Parquet",
    suffix="parquet",
    content_type="application/vnd.apache.parquet",
    has_text=True,
    summary="The record as columns, and a boolean column a label; pandas, pyarrow, DuckDB read it.",
    chunks=_chunks,
)
