"""Records that are valid by default, for the tests of the formats."""

from dataclasses import replace
from typing import Any

from workbench.formats.records import SCHEMA, Record, RecordAnnotation, RecordArticle

LABELS = ("claim", "attribution", "dispute")

ARTICLE = RecordArticle(
    id="0123456789abcdef",
    title="Ferry stays in port",
    outlet="The Calvenna Courier",
    author=None,
    published="2026-03-02",
    url=None,
    source="ferry.txt",
    sha256="ab" * 32,
)
ANNOTATION = RecordAnnotation(
    annotator="A1",
    labels=("attribution", "claim"),
    check_worthiness=2,
    skipped=False,
    comment=None,
    active_ms=4210,
    decided_at="2026-03-03T12:00:00.000Z",
    label_set=1,
    guideline=1,
    suggestion_shown=False,
)


def record(**given: Any) -> Record:
    """A sentence with one annotation; fields of the article and the annotation by prefix."""
    article = _prefixed(given, "article_")
    annotation = _prefixed(given, "annotation_")
    values: dict[str, Any] = {
        "schema": SCHEMA,
        "id": "0123456789abcdef:10-44",
        "text": "Officials said 380 boats had left.",
        "kind": "body",
        "labels": ("attribution", "claim"),
        "label_source": "single",
        "votes": {"claim": 1, "attribution": 1, "dispute": 0},
        "n_annotations": 1,
        "check_worthiness": 2,
        "annotations": (replace(ANNOTATION, **annotation),),
        "article": replace(ARTICLE, **article),
        "start": 10,
        "end": 44,
        "position": 1,
        "before": "It rained.",
        "after": None,
        "wire_cluster": None,
        "split": None,
    }
    return Record(**values | given)


def _prefixed(given: dict[str, Any], prefix: str) -> dict[str, Any]:
    names = [name for name in given if name.startswith(prefix)]
    return {name.removeprefix(prefix): given.pop(name) for name in names}
