"""Prodigy: a task a line in the shape of its choice interface, as `prodigy db-in` takes it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from workbench.formats.final_labels import LabelChoice
from workbench.formats.records import Record, RecordAnnotation
from workbench.formats.writers.format import FileFormat, Rows, Setting
from workbench.formats.writers.origin import is_settled, origin, stable_int32
from workbench.formats.writers.pieces import chunked, line

_VIEW = "choice"


def _chunks(setting: Setting, rows: Rows) -> Iterator[bytes]:
    return chunked(line(task) for record in rows() for task in _tasks(setting, record))


def _tasks(setting: Setting, record: Record) -> Iterable[dict[str, Any]]:
    """The final label as one task; with all labels, a task for each reviewer."""
    if setting.whose is LabelChoice.ALL:
        return [
            {**_task(setting, record, one.labels, one.annotator), **_given(one)}
            for one in record.annotations
        ]
    return [_task(setting, record, record.labels, "final")] if is_settled(record) else []


def _task(setting: Setting, record: Record, labels: tuple[str, ...], who: str) -> dict[str, Any]:
    session = f"{setting.about.project}-{who}"
    return {
        "text": record.text,
        "options": [{"id": face.key, "text": face.name} for face in setting.about.labels],
        "accept": labels,
        "answer": "accept",
        "meta": {"id": record.id, **origin(record)},
        "_input_hash": stable_int32(record.text),
        "_task_hash": stable_int32(record.text, _VIEW, *setting.keys),
        "_view_id": _VIEW,
        "_session_id": session,
        "_annotator_id": session,
        "config": {"choice_style": "multiple"},
    }


def _given(annotation: RecordAnnotation) -> dict[str, Any]:
    comment = {"comment": annotation.comment} if annotation.comment else {}
    return {
        "answer": "ignore" if annotation.skipped else "accept",
        "_timestamp": int(datetime.fromisoformat(annotation.decided_at).timestamp()),
        "active_ms": annotation.active_ms,
        **comment,
    }


PRODIGY = FileFormat(
    name="prodigy",
    title="Prodigy",
    suffix="jsonl",
    content_type="application/x-ndjson; charset=utf-8",
    has_text=True,
    summary="Prodigy tasks of the choice interface, one a line; load them with `prodigy db-in`.",
    chunks=_chunks,
)
