"""Which of the files that come in are labelled ones, and how each is read."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import PurePath
from typing import BinaryIO

from sqlmodel import Session

from db.models import Project
from db.queries import snapshots as queries
from workbench.errors import WorkbenchError
from workbench.formats import labelled
from workbench.formats.labelled import Asked, LabelledFound, LabelledText
from workbench.formats.labelled.gathering import gathered
from workbench.formats.readers import Limits, ReaderError
from workbench.services.preparing import Source

SUFFIXES = (".jsonl", ".ndjson", ".json")
LOOKED_AT = 50


class Reading:
    """One labelled file, read from its beginning as often as it is called."""

    def __init__(self, source: Source, kind: str, asked: Asked, limits: Limits) -> None:
        """Take the file, what it is, the labels there are, and the bounds to keep to."""
        self._source, self._kind, self._asked, self._limits = source, kind, asked, limits

    def __call__(self) -> Iterator[LabelledFound]:
        """Its texts and faults, in its order."""
        with _opened(self._source) as data:
            name, limits = self._source.name, self._limits
            yield from labelled.read(name, data, self._kind, self._asked, limits=limits)

    @contextmanager
    def by_article(self) -> Iterator[Callable[[], Iterator[LabelledFound]]]:
        """The same with the texts of one article one after the other, in whatever order they are.

        Raises:
            ReaderError: The file as a whole cannot be read.
        """
        with _opened(self._source) as data:
            name, limits = self._source.name, self._limits
            is_gathered = labelled.is_gathered(name, data, self._kind, limits=limits)
        if is_gathered:
            yield self
        else:
            with gathered(self()) as read:
                yield read


@contextmanager
def _opened(source: Source) -> Iterator[bytes | BinaryIO]:
    data = source.read()
    try:
        yield data
    finally:
        if not isinstance(data, bytes):
            data.close()


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
    read = Reading(source, kind, wanted, limits)
    return read if kind != "doccano" or mapping or _is_known(read()) else None


def _kind(source: Source, limits: Limits) -> str | None:
    with _opened(source) as data:
        return labelled.kind_of(source.name, data, limits=limits)


def _is_known(found: Iterator[LabelledFound]) -> bool:
    """Whether one of the first texts was labelled with what is a label here."""
    texts = (one for one in islice(found, LOOKED_AT) if isinstance(one, LabelledText))
    return any(given.labels or given.spans for text in texts for given in text.decisions)
