"""The export record, version 1: one sentence with its labels, its article and its neighbours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

SCHEMA = "workbench.sentence/1"

Kind = TypeVar("Kind")


@dataclass_transform(frozen_default=True)
def record(of: type[Kind]) -> type[Kind]:
    """A dataclass that the type checker holds to be frozen.

    At run time nothing guards its fields: the guarded constructor would take a sixth of a whole
    export. No slots either: orjson writes a dataclass with a `__dict__` in half the time.
    """
    return dataclass(of)


@record
class RecordAnnotation:
    """One reviewer's decision, under a pseudonym."""

    annotator: str
    labels: tuple[str, ...]
    check_worthiness: int | None
    skipped: bool
    comment: str | None
    active_ms: int
    decided_at: str
    label_set: int
    guideline: int
    suggestion_shown: bool


@record
class RecordArticle:
    """Where the sentence comes from."""

    id: str
    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    url: str | None
    source: str
    sha256: str


@record
class Record:
    """One line of an export; the order of the fields is the order of the keys."""

    schema: str
    id: str
    text: str
    kind: str
    labels: tuple[str, ...]
    label_source: str
    votes: Mapping[str, int]
    n_annotations: int
    check_worthiness: int | None
    annotations: tuple[RecordAnnotation, ...]
    article: RecordArticle
    start: int
    end: int
    position: int
    before: str | None
    after: str | None
    wire_cluster: str | None
    split: str | None


@dataclass(frozen=True, slots=True)
class Field:
    """A field for the reference: its name from the top, its JSON type, what it means."""

    name: str
    type: str
    meaning: str


FIELDS = (
    Field("schema", "string", f'always "{SCHEMA}"; the number grows when a field changes'),
    Field("id", "string", "the sentence: `<article id>:<start>-<end>`"),
    Field("text", "string", "the sentence as it stands in the article"),
    Field("kind", "string", "what the segment is: body, headline, standfirst, subhead ..."),
    Field("labels", "array of strings", "the final label, sorted; empty is an explicit none"),
    Field(
        "label_source",
        "string",
        "how the final label came about: unanimous, majority, single, or none",
    ),
    Field(
        "votes", "object of integers", "per label, how many annotations give it; in label-set order"
    ),
    Field("n_annotations", "integer", "annotations that were not skipped"),
    Field(
        "check_worthiness",
        "integer 0 to 2, or null",
        "the lower median of what the annotations give; 0 not, 1 somewhat, 2 very",
    ),
    Field("annotations", "array of objects", "every decision, by annotator number"),
    Field(
        "annotations[].annotator",
        "string",
        "a pseudonym, A1 to An by who came first: the same in every line and every export",
    ),
    Field("annotations[].labels", "array of strings", "what this reviewer gave, sorted"),
    Field("annotations[].check_worthiness", "integer 0 to 2, or null", "what this reviewer gave"),
    Field(
        "annotations[].skipped", "boolean", "true: the reviewer passed; labels is empty, no vote"
    ),
    Field("annotations[].comment", "string or null", "what the reviewer wrote"),
    Field("annotations[].active_ms", "integer, milliseconds", "time spent on the sentence"),
    Field(
        "annotations[].decided_at",
        "string, ISO 8601",
        "when, in UTC, to the millisecond, ending in Z",
    ),
    Field("annotations[].label_set", "integer", "version of the label set in force"),
    Field("annotations[].guideline", "integer", "version of the guideline in force"),
    Field("annotations[].suggestion_shown", "boolean", "whether a suggestion was on the screen"),
    Field("article", "object", "where the sentence comes from"),
    Field("article.id", "string", "the article; it depends on the imported bytes only"),
    Field("article.title", "string or null", "the headline"),
    Field("article.outlet", "string or null", "who published it"),
    Field("article.author", "string or null", "the byline"),
    Field("article.published", "string or null", "the date as far as it is known, `2015-10-16`"),
    Field("article.url", "string or null", "where it was published"),
    Field("article.source", "string", "the name of the imported file"),
    Field("article.sha256", "string", "SHA-256 of the imported bytes, in hex"),
    Field("start", "integer, code points", "where the sentence begins in the article's text"),
    Field("end", "integer, code points", "where it ends; the character there is not part of it"),
    Field("position", "integer", "the number of the segment in its article, from 0"),
    Field("before", "string or null", "the sentence before it in the article; null at the start"),
    Field("after", "string or null", "the sentence after it in the article; null at the end"),
    Field("wire_cluster", "string or null", "shared by sentences copied from one wire text"),
    Field("split", "string or null", "train, validation or test; null outside a snapshot"),
)
"""Every field of a record, in order; docs/reference/export-columns.md is checked against it."""
