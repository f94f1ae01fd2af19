"""What an export format is: one file or a folder of files, made from records as they pass."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from workbench.formats.about import About
from workbench.formats.final_labels import LabelChoice
from workbench.formats.records import Record

Rows = Callable[[], Iterator[Record]]
"""Gives the records of one file, from the start, as often as it is called."""


class Source(Protocol):
    """Gives the records of an export, sorted by article id, then start; all or those of a split.

    It may be called more than once and gives the same each time: a folder is written file by
    file, and a file that begins with counts is read through before it is written.
    """

    def __call__(self, split: str | None = None) -> Iterator[Record]:
        """The records; with a split, only those whose `split` it is."""


@dataclass(frozen=True, slots=True)
class Flavour:
    """How a table is written: for spreadsheets with defused formulas, and between which marks."""

    excel: bool = False
    delimiter: str = ","


PLAIN = Flavour()


@dataclass(frozen=True, slots=True)
class Setting:
    """What a format has to know before the first record.

    Attributes:
        about: The training set as a whole, with its labels.
        whose: Whose labels; `all` makes the formats that hold one answer a line hold what every
            reviewer gave in place of the final label.
        flavour: For tables only.
        splits: The splits the records are in, in order; empty without splits.
    """

    about: About
    whose: LabelChoice = LabelChoice.GOLD
    flavour: Flavour = PLAIN
    splits: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the labels, in order."""
        return self.about.keys


@dataclass(frozen=True, slots=True)
class File:
    """One file of a folder; its bytes are made while they are asked for.

    Attributes:
        path: Its place in the folder, with `/` between names.
        chunks: Its bytes. They are taken to the end before the next file is asked for.
    """

    path: str
    chunks: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format that is a single file.

    Attributes:
        name: What it is asked for by.
        title: What people know it by.
        suffix: How the name of its file ends, without the dot.
        content_type: What the file is sent as.
        has_text: Whether the sentences' text is in it.
        summary: One line for people: what it is and what reads it.
        chunks: Makes the bytes of the file.
        is_table: Whether the flavour for spreadsheets and the delimiter go with it.
        split_names: How the file of a split is called where the tool expects another name.
    """

    name: str
    title: str
    suffix: str
    content_type: str
    has_text: bool
    summary: str
    chunks: Callable[[Setting, Rows], Iterator[bytes]]
    is_table: bool = False
    split_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_folder(self) -> bool:
        """A single file is none."""
        return False


@dataclass(frozen=True, slots=True)
class FolderFormat:
    """A format that is a folder of files; a download holds it as a ZIP archive.

    Attributes:
        name: What it is asked for by.
        title: What people know it by.
        has_text: Whether the sentences' text is in it.
        summary: One line for people: what it is and what reads it.
        files: Makes the files, one after the other.
    """

    name: str
    title: str
    has_text: bool
    summary: str
    files: Callable[[Setting, Source], Iterator[File]]

    @property
    def is_folder(self) -> bool:
        """It is one."""
        return True

    @property
    def is_table(self) -> bool:
        """The flavour for spreadsheets goes with none of its files."""
        return False

    @property
    def suffix(self) -> str:
        """How the name of its download ends."""
        return "zip"

    @property
    def content_type(self) -> str:
        """What its download is sent as."""
        return "application/zip"


Format = FileFormat | FolderFormat
