"""Prodigy: tasks as `prodigy db-out` writes them, one a line, one for each annotator."""

from typing import Any

from workbench.formats.labelled.asked import Asked
from workbench.formats.labelled.found import (
    Decision,
    LabelledSpan,
    LabelledText,
    LineError,
    Problem,
)
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

_ANSWERS = ("accept", "reject", "ignore")


def read(values: dict[str, Any], where: str, asked: Asked) -> LabelledText:
    """One task.

    The choice interface gives all labels at once; a task with one `label` was asked for that label
    alone. A task rejected in the choice or span interface says that it was no good to label: it
    counts as skipped.

    Raises:
        LineError: It cannot be taken.
    """
    text = text_of(values, "text")
    meta = mapping(values.get("meta"))
    return LabelledText(where, text, (_decision(values, meta, text, asked),), origin(meta))


def _decision(values: dict[str, Any], meta: dict[str, Any], text: str, asked: Asked) -> Decision:
    answer = values.get("answer", "accept")
    if answer not in _ANSWERS:
        reason = "Its answer is not accept, reject or ignore. Write one of these."
        raise LineError(Problem.UNREADABLE, reason)
    labels: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    spans: tuple[LabelledSpan, ...] = ()
    is_partial = "accept" not in values and "spans" not in values and "label" in values
    skipped = answer == "ignore" or (answer == "reject" and not is_partial)
    if is_partial and not skipped:
        given = asked.keys(strings(values["label"], "label"))
        labels, rejected = (given, ()) if answer == "accept" else ((), given)
    elif not skipped:
        labels = asked.keys(strings(values.get("accept"), "accept"))
        spans = _spans(values, text, asked)
    annotator = string(values.get("_annotator_id")) or string(values.get("_session_id"))
    return Decision(
        annotator=annotator or asked.annotator,
        labels=labels,
        spans=spans,
        rejected=rejected,
        is_partial=is_partial,
        skipped=skipped,
        check_worthiness=worth(meta.get("check_worthiness")),
        comment=string(values.get("comment")),
        active_ms=milliseconds(values.get("active_ms")),
        decided_at=when(values.get("_timestamp")),
    )


def _spans(values: dict[str, Any], text: str, asked: Asked) -> tuple[LabelledSpan, ...]:
    found = [
        asked.span(text, span.get("start"), span.get("end"), span.get("label"))
        for span in objects(values.get("spans"), "spans")
    ]
    return tuple(sorted((one for one in found if one), key=lambda one: (one.start, one.end)))
