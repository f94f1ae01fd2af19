"""What a labelled file holds, told before anything is stored: who labelled what, and how."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath

from sqlmodel import Session

from workbench import defaults
from workbench.errors import InputError
from workbench.formats import labelled
from workbench.formats.labelled import Asked, LabelledText
from workbench.formats.labelled.found import LineError
from workbench.formats.readers import Limits, ReaderError, RecordFault
from workbench.services import labelled_files, projects
from workbench.services.permissions import Actor, Permission, check
from workbench.services.preparing import Source

MOST_TEXTS = 5_000  # looked at for a preview
SAMPLE = 8
_UNKNOWN = "\0"  # in front of a label that the project does not have; no key begins so
TOOLS = {
    "jsonl": "an export of the workbench",
    "prodigy": "an export of Prodigy",
    "doccano": "an export of doccano",
    "labelstudio": "an export of Label Studio",
}


@dataclass(frozen=True, slots=True)
class FoundLabel:
    """A label as the file calls it.

    Attributes:
        name: As the file calls it; imported text.
        n: How many times it was given in the texts that were looked at.
        key: Which label of the project it is; empty if it is left out, None if nothing tells.
    """

    name: str
    n: int
    key: str | None


@dataclass(frozen=True, slots=True)
class LabelledPreview:
    """What a labelled file holds.

    Attributes:
        tool: Which tool it comes from, in words.
        n_texts: How many texts were looked at.
        has_more: Whether there are more.
        n_answers: How many answers they have.
        annotators: Who labelled, as the file calls them.
        is_anonymous: Whether some answers name nobody.
        labels: The file's labels, the most frequent first.
        faults: What of it cannot be taken, the first few; `n_faults` counts all.
        n_faults: How many records cannot be taken.
        sample: The first texts, each with its labels as the project or else the file calls them.
        is_taken: Whether it comes in with its labels; else its texts come in as articles.
    """

    tool: str
    n_texts: int
    has_more: bool
    n_answers: int
    annotators: tuple[str, ...]
    is_anonymous: bool
    labels: tuple[FoundLabel, ...]
    faults: tuple[RecordFault, ...]
    n_faults: int
    sample: tuple[tuple[str, tuple[str, ...]], ...]
    is_taken: bool

    @property
    def unknown(self) -> tuple[FoundLabel, ...]:
        """The labels that nobody has said anything about yet."""
        return tuple(label for label in self.labels if label.key is None)


def asked_in(session: Session, *, actor: Actor, slug: str | None) -> Asked:
    """The labels of a project, or those that the first one begins with.

    Raises:
        NotFoundError: There is no such project, or it is not the actor's to see.
        NotAllowedError: The actor does not import articles.
    """
    if slug is None:
        return Asked(labels={label.key: label.name for label in defaults.label_set().labels})
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
    return labelled_files.asked(session, project=project)


def look(
    source: Source, *, known: Asked, limits: Limits, most: int = MOST_TEXTS
) -> LabelledPreview | None:
    """Read the beginning of a labelled file; None where it holds no labels.

    Args:
        source: The file, with what was said about its labels.
        known: The labels of the project.
        limits: The bounds that its reader keeps to.
        most: How many texts to look at.
    """
    suffix = PurePath(source.name).suffix.lower()
    if suffix not in labelled_files.SUFFIXES or source.choices.mapping:
        return None
    data = source.read()
    mapping = source.choices.labels
    try:
        kind = labelled.kind_of(source.name, data, limits=limits)
        if kind is None:
            return None
        seen = _Seen(Asked(known.labels, mapping))
        found = labelled.read(source.name, data, kind, Asked(known.labels, seen), limits=limits)
        tally = _Tally(known)
        for one in islice(found, most):
            tally.add(one)
        has_more = next(found, None) is not None
    except (ReaderError, InputError):
        return None  # it is told where it is read as articles
    finally:
        if not isinstance(data, bytes):
            data.close()
    labels = tuple(FoundLabel(name, n, seen.keys_of[name]) for name, n in seen.n.most_common())
    if kind == "doccano" and not labels:
        return None
    # Any table may have a column of that name: the import decides whether these are labels.
    reading = labelled_files.reading_of(source, known=known, mapping=mapping, limits=limits)
    is_taken = reading is not None
    return tally.preview(TOOLS[kind], labels, has_more=has_more, is_taken=is_taken)


class _Seen(Mapping[str, str]):
    """Stands for every label of a file, and notes which there are."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self.n: Counter[str] = Counter()
        self.keys_of: dict[str, str | None] = {}

    def __contains__(self, label: object) -> bool:
        return isinstance(label, str)

    def __getitem__(self, label: str) -> str:
        self.n[label] += 1
        if label not in self.keys_of:
            try:
                self.keys_of[label] = self._asked.key(label)
            except LineError:
                self.keys_of[label] = None
        key = self.keys_of[label]
        return f"{_UNKNOWN}{label}" if key is None else key

    def __iter__(self) -> Iterator[str]:
        return iter(self.n)

    def __len__(self) -> int:
        return len(self.n)


@dataclass(slots=True)
class _Tally:
    """What was found in a file so far."""

    known: Asked
    n_texts: int = 0
    n_answers: int = 0
    n_faults: int = 0
    annotators: dict[str | None, None] = field(default_factory=dict)
    faults: list[RecordFault] = field(default_factory=list)
    sample: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def add(self, one: labelled.LabelledFound) -> None:
        if not isinstance(one, LabelledText):
            self.n_faults += 1
            if len(self.faults) < SAMPLE:
                self.faults.append(RecordFault(one.where, one.reason))
            return
        self.n_texts += 1
        given: dict[str, None] = {}
        for decision in one.decisions:
            self.n_answers += not decision.is_final
            if not decision.is_final:
                self.annotators[decision.annotator] = None
            keys = (*decision.labels, *(span.label for span in decision.spans))
            given.update({self._name(key): None for key in keys})
        if len(self.sample) < SAMPLE:
            self.sample.append((one.text, tuple(given)))

    def _name(self, key: str) -> str:
        return self.known.labels.get(key, key.removeprefix(_UNKNOWN))

    def preview(
        self, tool: str, labels: tuple[FoundLabel, ...], *, has_more: bool, is_taken: bool
    ) -> LabelledPreview:
        return LabelledPreview(
            tool=tool,
            n_texts=self.n_texts,
            has_more=has_more,
            n_answers=self.n_answers,
            annotators=tuple(name for name in self.annotators if name is not None),
            is_anonymous=None in self.annotators,
            labels=labels,
            faults=tuple(self.faults),
            n_faults=self.n_faults,
            sample=tuple(self.sample),
            is_taken=is_taken,
        )
