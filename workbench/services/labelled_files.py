"""Which of the files that come in are labelled ones, and how each is read."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import PurePath

from sqlmodel import Session

from db.models import Project
from db.queries import snapshots as queries
from workbench.errors import WorkbenchError
from workbench.formats import labelled
from workbench.formats.labelled import Asked, LabelledFound, LabelledText
from workbench.formats.readers import Limits, ReaderError
from workbench.services.preparing import Source

SUFFIXES = (".jsonl", ".ndjson", ".json")
LOOKED_AT = 50
Reading = Callable[[], Iterator[LabelledFound]]


def asked(session: Session, *, project: Project) -> Asked:
    """The labels of a project, those of older versions of its label set among them."""
    faces = queries.label_faces(session, project_id=project.id)
    return Asked(labels={face.key: face.name for face in reversed(faces)})


def reading_of(
    source: Source, *, known: Asked, mapping: Mapping[str, str], limits: Limits
) -> Reading | None:
    """How a file is read for its labels; None where it holds none of ours.

    A file of texts with some label may be a table of articles with a column of that name: it
    counts as labelled only if one of its first texts has a label of the project, or a mapping
    says which labels are meant.

    Args:
        source: The file.
        known: The labels of the project.
        mapping: Labels of the file that are called otherwise here, each with its key.
        limits: The bounds that its reader keeps to.
    """
    if PurePath(source.name).suffix.lower() not in SUFFIXES or source.choices.mapping:
        return None
    try:
        kind = _kind(source, limits)
    except (ReaderError, WorkbenchError, OSError):
        return None  # it is told where it is read as articles
    if kind is None:
        return None
    wanted = Asked(labels=known.labels, mapping=mapping, annotator=known.annotator)

    def read() -> Iterator[LabelledFound]:
        data = source.read()
        try:
            yield from labelled.read(source.name, data, kind, wanted, limits=limits)
        finally:
            if not isinstance(data, bytes):
                data.close()

    return read if kind != "doccano" or mapping or _is_known(read()) else None


def _kind(source: Source, limits: Limits) -> str | None:
    data = source.read()
    try:
        return labelled.kind_of(source.name, data, limits=limits)
    finally:
        if not isinstance(data, bytes):
            data.close()


def _is_known(found: Iterator[LabelledFound]) -> bool:
    """Whether one of the first texts was labelled with what is a label here."""
    texts = (one for one in islice(found, LOOKED_AT) if isinstance(one, LabelledText))
    return any(given.labels or given.spans for text in texts for given in text.decisions)
