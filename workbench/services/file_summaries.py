"""Each of many files in a line, before anything is stored: what an import would make of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from workbench.formats.labelled import Asked
from workbench.formats.readers import Limits, RecordFault
from workbench.services import labelled_previews, previewing
from workbench.services.mappings import Known
from workbench.services.preparing import Source

RECORDS = 3  # of each file are split; its page shows more


@dataclass(frozen=True, slots=True)
class FileSummary:
    """A file in a line; what there is nothing of is empty.

    Attributes:
        name: Its name, which is imported text.
        kind: What it is read as: its ending, or "labelled".
        n_articles: How many articles, or labelled texts, it has; where it was not counted whole,
            how many were counted.
        n_refused: How many of its records are none.
        is_counted: Whether it was counted whole; else it has more.
        n_split: How many articles were split.
        encoding: The encoding of the first article.
        language: The language of the first article.
        title: The title of the first article.
        published: The day it was published.
        n_segments: How many segments it has; None where not all of it was split.
        problems: What is wrong, or was noticed, in words.
    """

    name: str
    kind: str
    n_articles: int = 0
    n_refused: int = 0
    is_counted: bool = True
    n_split: int = 0
    encoding: str = ""
    language: str = ""
    title: str = ""
    published: str = ""
    n_segments: int | None = None
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
    labels = labelled_previews.look(source, known=asked, limits=limits)
    if labels is not None and labels.is_taken:
        told = [f"labels unknown here: {len(labels.unknown)}"] if labels.unknown else []
        told += _told(labels.faults, labels.n_faults)
        return FileSummary(
            source.name,
            "labelled",
            labels.n_texts,
            labels.n_faults,
            not labels.has_more,
            problems="; ".join(told),
        )
    found = previewing.look(source, limits=limits, known=known, first=RECORDS)
    if found.refused:
        return FileSummary(source.name, kind, problems=found.refused)
    looks, counted = found.looks, found.counted
    is_all = not found.has_more and not any(each.is_cut for each in looks)
    noticed = dict.fromkeys(problem for each in looks for problem in each.prepared.problems)
    first = looks[0].prepared if looks else None
    return FileSummary(
        name=source.name,
        kind=kind,
        n_articles=counted.n_articles,
        n_refused=counted.n_refused,
        is_counted=counted.is_whole,
        n_split=len(looks),
        encoding=first.encoding if first else "",
        language=first.language if first else "",
        title=(first.details.title or "") if first else "",
        published=(first.details.published or "") if first else "",
        n_segments=sum(len(each.prepared.segments) for each in looks) if is_all else None,
        problems="; ".join([*_told(counted.faults, counted.n_refused), *noticed]),
    )


def _told(faults: Sequence[RecordFault], n_refused: int) -> list[str]:
    """The first fault, and how many more records are refused."""
    if n_refused <= 1:
        return [str(each) for each in faults[:1]]
    return [str(faults[0]), f"and {n_refused - 1} more refused"]
