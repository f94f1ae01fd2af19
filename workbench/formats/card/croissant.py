"""Croissant 1.1 in JSON-LD, with the properties of its responsible-AI vocabulary (RAI 1.0)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from workbench.formats.card import sections
from workbench.formats.card.facts import CardFacts
from workbench.formats.card.words import counted

CONFORMS_TO = ("http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0")

_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column that Croissant can describe.

    Attributes:
        name: Its name.
        type: `sc:Text`, `sc:Integer` or `sc:Boolean`.
        is_list: Whether a cell holds a list of these.
    """

    name: str
    type: str
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of the set.

    Attributes:
        path: Its place in the folder, with `/` between names.
        sha256: Of its bytes, in hex.
        n_bytes: Its length.
        content_type: What it is.
        columns: Its columns, for formats that Croissant reads; those it cannot describe left out.
    """

    path: str
    sha256: str
    n_bytes: int
    content_type: str
    columns: Sequence[Column] = ()


def croissant(facts: CardFacts, files: Sequence[DataFile]) -> bytes:
    """The description of the files.

    Whoever made the set, the day, the address and the licence are left out where the owner has
    not said them: nothing is made up.
    """
    about = facts.about
    given = {
        "license": about.licence,
        "url": about.url,
        "datePublished": about.published,
        "creator": {"@type": "Organization", "name": about.creator} if about.creator else None,
        "version": f"{about.snapshot}.0.0" if about.snapshot is not None else None,
    }
    return orjson.dumps(
        {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            "name": about.title,
            "description": _description(facts),
            "conformsTo": list(CONFORMS_TO),
            **{name: value for name, value in given.items() if value is not None},
            "inLanguage": list(about.languages),
            "keywords": ["fact-checking", "claim detection", "news", *about.keys],
            **dict(_rai(facts)),
            "distribution": [_file(file) for file in files],
            "recordSet": [_record_set(file) for file in files if file.columns],
        },
        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
    )


def _description(facts: CardFacts) -> str:
    return facts.about.description or (
        f"{counted(facts.n_sentences, 'sentence')} of news articles, labelled for fact-checking "
        f"with {', '.join(facts.about.keys)} by {counted(len(facts.reviewers), 'reviewer')}."
    )


def _rai(facts: CardFacts) -> Iterator[tuple[str, Any]]:
    about = facts.about
    yield "rai:dataCollection", sections.selection(facts)
    days = (facts.published.first, facts.published.last)
    if any(days):
        yield "rai:dataCollectionTimeframe", [day for day in days if day]
    yield (
        "rai:dataPreprocessingProtocol",
        [f"Cleaned and cut into sentences at import by {about.splitter or about.tool}."],
    )
    yield "rai:dataAnnotationProtocol", sections.protocol(facts)
    yield "rai:dataAnnotationPlatform", [about.tool]
    yield "rai:dataAnnotationAnalysis", list(_analysis(facts))
    yield "rai:annotationsPerItem", _per_item(facts.n_votes)
    yield (
        "rai:annotatorDemographics",
        [f"{counted(len(facts.reviewers), 'reviewer')}, known by pseudonym only; not recorded."],
    )
    yield "rai:machineAnnotationTools", list(about.suggesters) or ["none"]
    limits = [line.removeprefix("- ") for line in sections.limits(facts)]
    yield "rai:dataBiases", limits[:-1] or ["none known"]
    yield "rai:dataLimitations", limits
    yield (
        "rai:personalSensitiveInformation",
        ["The texts name people and report what was said of them, political views among it."],
    )
    yield (
        "rai:dataReleaseMaintenancePlan",
        "A snapshot never changes; later labels go into the next one.",
    )


def _analysis(facts: CardFacts) -> Iterator[str]:
    for one in facts.agreement:
        value = f"{one.alpha:.3f}" if one.alpha is not None else f"undefined, {one.reason}"
        yield (
            f"Krippendorff's alpha, {one.measure}: {value} "
            f"({one.n_votes:,} votes on {one.n_sentences:,} sentences)"
        )


def _per_item(n_votes: Mapping[int, int]) -> str:
    return "; ".join(
        f"{counted(votes, 'annotation')}: {counted(n, 'sentence')}" for votes, n in n_votes.items()
    )


def _file(file: DataFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.n_bytes} B",
        "encodingFormat": file.content_type,
        "sha256": file.sha256,
    }


def _record_set(file: DataFile) -> dict[str, Any]:
    name = file.path.rpartition(".")[0].replace("/", "-")
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "field": [_field(name, file.path, column) for column in file.columns],
    }


def _field(records: str, path: str, column: Column) -> dict[str, Any]:
    many = {"isArray": True, "arrayShape": "-1"} if column.is_list else {}
    return {
        "@type": "cr:Field",
        "@id": f"{records}/{column.name}",
        "name": f"{records}/{column.name}",
        "dataType": column.type,
        **many,
        "source": {"fileObject": {"@id": path}, "extract": {"column": column.name}},
    }
