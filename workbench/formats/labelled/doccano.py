"""doccano: JSONL of a classification, sequence-labelling or intent project."""

from typing import Any

from workbench.formats.final_labels import LabelSource
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
    objects,
    origin,
    string,
    strings,
    text_of,
    worth,
)


def read(values: dict[str, Any], where: str, asked: Asked) -> LabelledText:
    """One example. Its file holds what one member gave, or what all gave together.

    An example without any label may be one that nobody looked at: it has no decision then, unless
    empty ones are asked to count.

    Raises:
        LineError: It cannot be taken.
    """
    text = text_of(values, "text", "data")
    meta = {**values, **mapping(values.get("meta"))}
    labels, spans = _labels(values, asked), _spans(values, text, asked)
    source = values.get("label_source")
    is_ours = source in set(LabelSource)
    is_none = source != LabelSource.NONE if is_ours else asked.empty_is_none
    decision = Decision(
        annotator=asked.annotator,
        labels=labels,
        spans=spans,
        is_final=is_ours,
        check_worthiness=worth(values.get("check_worthiness")),
        comment=_comment(values),
    )
    decided = (decision,) if labels or spans or is_none else ()
    return LabelledText(where, text, decided, origin(meta))


def _labels(values: dict[str, Any], asked: Asked) -> tuple[str, ...]:
    cats = values.get("cats")
    if isinstance(cats, dict):  # a score for each, as spaCy has it
        return asked.keys(name for name, score in cats.items() if score)
    given = values.get("label", values.get("labels"))
    return asked.keys(
        [*strings(None if _is_spans(given) else given, "label"), *strings(cats, "cats")]
    )


def _spans(values: dict[str, Any], text: str, asked: Asked) -> tuple[LabelledSpan, ...]:
    found = []
    given = values.get("label", values.get("labels"))
    for one in given if isinstance(given, list) and _is_spans(given) else []:
        if len(one) != 3:
            raise LineError(Problem.BAD_SPAN, "A span is not start, end and label.")
        found.append(asked.span(text, *one))
    for entity in objects(values.get("entities"), "entities"):
        place = (entity.get("start_offset"), entity.get("end_offset"), entity.get("label"))
        found.append(asked.span(text, *place))
    return tuple(sorted((one for one in found if one), key=lambda one: (one.start, one.end)))


def _is_spans(given: object) -> bool:
    return isinstance(given, list) and bool(given) and all(isinstance(one, list) for one in given)


def _comment(values: dict[str, Any]) -> str | None:
    given = values.get("Comments", values.get("comments"))
    found = [one for one in given if string(one)] if isinstance(given, list) else []
    return "\n".join(found) or None
