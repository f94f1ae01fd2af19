"""Label Studio: tasks with annotations (JSON), or flattened ones (JSON-MIN)."""

from collections.abc import Iterator
from typing import Any

from workbench.formats.labelled.asked import Asked
from workbench.formats.labelled.found import Decision, LabelledSpan, LabelledText
from workbench.formats.labelled.values import (
    mapping,
    milliseconds,
    objects,
    origin,
    string,
    strings,
    text_of,
    when,
    worth,
)

_WORTH = "check_worthiness"
_BESIDE = ("id", "annotation_id", "annotator", "created_at", "updated_at", "lead_time", _WORTH)


def read(values: dict[str, Any], where: str, asked: Asked) -> LabelledText:
    """One task.

    Raises:
        LineError: It cannot be taken.
    """
    if "data" not in values:
        return _flat(values, where, asked)
    data = mapping(values["data"])
    text = text_of(data, "text", *(name for name in data if isinstance(data[name], str)))
    given = objects(values.get("annotations", values.get("completions")), "annotations")
    decisions = tuple(_decision(one, text, asked) for one in given)
    return LabelledText(where, text, decisions, origin(data))


def _decision(values: dict[str, Any], text: str, asked: Asked) -> Decision:
    results = objects(values.get("result"), "result")
    skipped = values.get("was_cancelled") is True
    labels: list[str] = []
    spans: list[LabelledSpan] = []
    comments = [said for said in (string(values.get("comment")),) if said]
    check_worthiness = None
    for result in () if skipped else results:
        value = mapping(result.get("value"))
        if result.get("from_name") == _WORTH:
            check_worthiness = _worth(value)
        elif result.get("type") == "textarea":
            comments += strings(value.get("text"), "text")
        elif "start" in value:
            spans += _spans(value, result, text, asked)
        else:
            labels += strings(value.get("choices"), "choices")
    return Decision(
        annotator=_who(values.get("completed_by", values.get("annotator"))) or asked.annotator,
        labels=asked.keys(labels),
        spans=tuple(sorted(spans, key=lambda one: (one.start, one.end))),
        skipped=skipped,
        is_final=values.get("ground_truth") is True,
        check_worthiness=check_worthiness,
        comment="\n".join(comments) or None,
        active_ms=milliseconds(values.get("lead_time"), unit=1000),
        decided_at=when(values.get("updated_at")) or when(values.get("created_at")),
    )


def _spans(
    value: dict[str, Any], result: dict[str, Any], text: str, asked: Asked
) -> Iterator[LabelledSpan]:
    kind = result.get("type")
    for label in strings(value.get(kind if isinstance(kind, str) else "labels"), "labels"):
        if span := asked.span(text, value.get("start"), value.get("end"), label):
            yield span


def _worth(value: dict[str, Any]) -> int | None:
    chosen = strings(value.get("choices"), "choices")
    return worth(int(chosen[0])) if chosen and chosen[0] in ("0", "1", "2") else None


def _who(value: object) -> str | None:
    """Who completed an annotation: a number, or a person with an address."""
    if isinstance(value, dict):
        value = value.get("email") or value.get("username") or value.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return string(value)


def _flat(values: dict[str, Any], where: str, asked: Asked) -> LabelledText:
    """A task of JSON-MIN: the data with a key for each control of the labelling screen."""
    text = text_of(values, "text")
    labels: list[str] = []
    spans: list[LabelledSpan] = []
    for name, given in values.items():
        if name == "text" or name in _BESIDE:
            continue
        if isinstance(given, dict) and "choices" in given:
            labels += strings(given["choices"], name)
        elif isinstance(given, list) and given and isinstance(given[0], dict):
            for one in objects(given, name):
                spans += _spans(one, {"type": "labels"}, text, asked)
        elif name in ("label", "labels", "choices", "sentiment"):
            labels += strings(given, name)
    decision = Decision(
        annotator=_who(values.get("annotator")) or asked.annotator,
        labels=asked.keys(labels),
        spans=tuple(sorted(spans, key=lambda one: (one.start, one.end))),
        active_ms=milliseconds(values.get("lead_time"), unit=1000),
        decided_at=when(values.get("updated_at")) or when(values.get("created_at")),
    )
    return LabelledText(where, text, (decision,), origin(values))
