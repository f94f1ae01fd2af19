"""W3C Web Annotation: an annotation a line, in JSON-LD, that points at the words it is about."""

from collections.abc import Iterable, Iterator
from typing import Any

from workbench.formats.final_labels import LabelChoice
from workbench.formats.records import Record
from workbench.formats.writers.format import FileFormat, Rows, Setting
from workbench.formats.writers.origin import is_settled
from workbench.formats.writers.pieces import chunked, line

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def _chunks(setting: Setting, rows: Rows) -> Iterator[bytes]:
    return chunked(line(one) for record in rows() for one in _annotations(setting, record))


def _annotations(setting: Setting, record: Record) -> Iterable[dict[str, Any]]:
    """The final label as one annotation; with all labels, one for each reviewer who voted."""
    if setting.whose is not LabelChoice.ALL:
        if is_settled(record):
            maker = {"id": "urn:workbench:final", "type": "Software", "name": record.label_source}
            yield _annotation(record, "final", record.labels, {"generator": maker})
        return
    for one in record.annotations:
        if not one.skipped:
            reviewer = {
                "id": f"urn:workbench:{setting.about.project}:{one.annotator}",
                "type": "Person",
                "nickname": one.annotator,
            }
            made = {"creator": reviewer, "created": one.decided_at}
            comment = [one.comment] if one.comment else []
            yield _annotation(record, one.annotator, one.labels, made, comment)


def _annotation(
    record: Record,
    who: str,
    labels: tuple[str, ...],
    made: dict[str, Any],
    comments: Iterable[str] = (),
) -> dict[str, Any]:
    tags = [_body(label, "tagging") for label in labels]
    return {
        "@context": CONTEXT,
        "id": f"urn:workbench:{record.id}:{who}",
        "type": "Annotation",
        "motivation": "tagging",
        **made,
        "body": [*tags, *(_body(text, "commenting") for text in comments)],
        "target": {"source": _source(record), "selector": _selectors(record)},
    }


def _body(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _source(record: Record) -> str:
    return record.article.url or f"urn:workbench:article:{record.article.id}"


def _selectors(record: Record) -> list[dict[str, Any]]:
    around = {"prefix": record.before, "suffix": record.after}
    quote = {
        "type": "TextQuoteSelector",
        "exact": record.text,
        **{name: text for name, text in around.items() if text is not None},
    }
    return [quote, {"type": "TextPositionSelector", "start": record.start, "end": record.end}]


WEB_ANNOTATION = FileFormat(
    name="webannotation",
    title="Web Annotation",
    suffix="jsonl",
    content_type="application/x-ndjson; charset=utf-8",
    has_text=True,
    summary="W3C Web Annotation in JSON-LD, one a line, with quote and position selectors.",
    chunks=_chunks,
)
