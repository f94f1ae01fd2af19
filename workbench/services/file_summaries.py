"""Each of many files in a line, before anything is stored: what an import would make of it."""

from dataclasses import dataclass
from pathlib import PurePath

from workbench.formats.labelled import Asked
from workbench.formats.readers import Limits, RecordFault
from workbench.services import labelled_previews, previewing
from workbench.services.mappings import Known
from workbench.services.preparing import Source

RECORDS = 3  # of each file; its page shows more
TEXTS = 60  # of a labelled file


@dataclass(frozen=True, slots=True)
class FileSummary:
    """A file in a line; what there is nothing of is empty.

    Attributes:
        name: Its name, which is imported text.
        kind: What it is read as: its ending, or "labelled".
        n_articles: How many articles, or labelled texts, were looked at; `has_more` says whether
            it has others.
        has_more: Whether it has more articles, or its one goes on.
        encoding: The encoding of the first article.
        language: The language of the first article.
        title: The title of the first article.
        published: The day it was published.
        n_segments: How many segments were found in what was looked at.
        problems: What is wrong, or was noticed, in words.
    """

    name: str
    kind: str
    n_articles: int = 0
    has_more: bool = False
    encoding: str = ""
    language: str = ""
    title: str = ""
    published: str = ""
    n_segments: int = 0
    problems: str = ""


def summary(source: Source, *, known: Known | None, asked: Asked, limits: Limits) -> FileSummary:
    """Look at the beginning of a file.

    Args:
        source: The file, with what was said about it.
        known: How tables with certain headers were read before.
        asked: The labels of the project.
        limits: The bounds that its reader keeps to.
    """
    kind = PurePath(source.name).suffix.lower().removeprefix(".")
    labels = labelled_previews.look(source, known=asked, limits=limits, most=TEXTS)
    if labels is not None and labels.is_taken:
        told = [f"labels unknown here: {len(labels.unknown)}"] if labels.unknown else []
        told += [str(fault) for fault in labels.faults[:1]]
        return FileSummary(
            source.name,
            "labelled",
            labels.n_texts,
            labels.has_more,
            problems="; ".join(told),
        )
    found = previewing.look(source, limits=limits, known=known, first=RECORDS)
    if found.refused:
        return FileSummary(source.name, kind, problems=found.refused)
    faults = [str(each) for each in found.found if isinstance(each, RecordFault)]
    looks = found.looks
    noticed = dict.fromkeys(problem for each in looks for problem in each.prepared.problems)
    first = looks[0].prepared if looks else None
    return FileSummary(
        name=source.name,
        kind=kind,
        n_articles=len(looks),
        has_more=found.has_more or any(each.is_cut for each in looks),
        encoding=first.encoding if first else "",
        language=first.language if first else "",
        title=(first.details.title or "") if first else "",
        published=(first.details.published or "") if first else "",
        n_segments=sum(len(each.prepared.segments) for each in looks),
        problems="; ".join([*faults, *noticed]),
    )
