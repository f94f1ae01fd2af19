"""Argilla 2: the folder that `Dataset.from_disk` takes, with settings, suggestions, responses."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from workbench.formats.about import LabelFace
from workbench.formats.records import Record, RecordAnnotation
from workbench.formats.writers.format import File, FolderFormat, Setting, Source
from workbench.formats.writers.origin import ORIGIN, is_settled, origin
from workbench.formats.writers.pieces import array, chunked, page

_ASKED = ("labels", "check_worthiness", "comment")  # no other setting may have such a name
_METADATA = tuple(name for name in ORIGIN if name not in _ASKED)
_WHOLE_NUMBERS = ("n_annotations", "start", "end", "position")


def none_value(keys: tuple[str, ...]) -> str:
    """What stands for an explicit none: Argilla takes no answer without a choice."""
    return "none" if "none" not in keys else "none_of_these"


def _files(setting: Setting, source: Source) -> Iterator[File]:
    name = f"workbench-{setting.about.project}"
    dataset = {"name": name, "guidelines": setting.about.guideline or None}
    yield File(".argilla/dataset.json", iter([page(dataset)]))
    yield File(".argilla/settings.json", iter([page(_settings(setting))]))
    records = (_record(setting, record) for record in source())
    yield File("records.json", chunked(array(records)))


def _settings(setting: Setting) -> dict[str, Any]:
    labels = [
        *setting.about.labels,
        LabelFace(none_value(setting.keys), "None of these"),
    ]
    return {
        "guidelines": setting.about.guideline or None,
        "fields": [_named("text", "Sentence", {"type": "text", "use_markdown": False})],
        "questions": [
            _choice("labels", "Labels", "multi_label_selection", labels),
            _choice(
                "check_worthiness",
                "Check-worthiness",
                "label_selection",
                [LabelFace(str(worth), str(worth)) for worth in range(3)],
            ),
            _named("comment", "Comment", {"type": "text", "use_markdown": False}, required=False),
        ],
        "metadata": [_metadata(name) for name in _METADATA],
        "vectors": [],
        "allow_extra_metadata": True,
        "distribution": {"strategy": "overlap", "min_submitted": 1},
        "mapping": None,
    }


def _named(
    name: str, title: str, settings: dict[str, Any], *, required: bool = True
) -> dict[str, Any]:
    return {"name": name, "title": title, "required": required, "settings": settings}


def _choice(name: str, title: str, kind: str, labels: list[LabelFace]) -> dict[str, Any]:
    options = [{"value": label.key, "text": label.name} for label in labels]
    settings: dict[str, Any] = {"type": kind, "options": options}
    if kind == "multi_label_selection":
        settings["options_order"] = "natural"
    return _named(name, title, settings, required=name == "labels")


def _metadata(name: str) -> dict[str, Any]:
    kind = "integer" if name in _WHOLE_NUMBERS else "terms"
    return {
        "name": name,
        "title": name,
        "visible_for_annotators": True,
        "settings": {"type": kind, "visible_for_annotators": True},
    }


def _record(setting: Setting, record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "fields": {"text": record.text},
        "metadata": {name: said for name, said in origin(record).items() if name in _METADATA},
        "suggestions": _final(setting, record) if is_settled(record) else {},
        "responses": _responses(setting, record.annotations),
        "vectors": {},
        "status": "completed" if is_settled(record) else "pending",
    }


def _final(setting: Setting, record: Record) -> dict[str, Any]:
    """The final label as a suggestion: Argilla knows answers of people and proposals only."""
    value = list(record.labels) or [none_value(setting.keys)]
    agent = f"workbench-{record.label_source}"
    final = {"labels": {"value": value, "score": None, "agent": agent}}
    if record.check_worthiness is not None:
        worth = str(record.check_worthiness)
        final["check_worthiness"] = {"value": worth, "score": None, "agent": agent}
    return final


def _responses(setting: Setting, annotations: tuple[RecordAnnotation, ...]) -> dict[str, Any]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in annotations:
        user = _user(setting.about.project, one.annotator)
        status = "discarded" if one.skipped else "submitted"
        labels = list(one.labels) or [none_value(setting.keys)]
        worth = None if one.check_worthiness is None else str(one.check_worthiness)
        given = {"labels": labels, "check_worthiness": worth, "comment": one.comment}
        for question, value in given.items():
            if value is not None:
                answer = {"value": value, "user_id": user, "status": status}
                found.setdefault(question, []).append(answer)
    return found


@lru_cache(maxsize=1024)
def _user(project: str, annotator: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"workbench/{project}/{annotator}"))


ARGILLA = FolderFormat(
    name="argilla",
    title="Argilla",
    has_text=True,
    summary="An Argilla 2 dataset with settings and responses; load it with `Dataset.from_disk`.",
    files=_files,
)
