"""The formats an export can be written in, by name."""

from collections.abc import Iterator, Mapping
from functools import partial

from workbench.errors import InputError, NotFoundError
from workbench.formats.writers.annotations import ANNOTATIONS, ANNOTATIONS_JSONL
from workbench.formats.writers.argilla import ARGILLA
from workbench.formats.writers.doccano import DOCCANO
from workbench.formats.writers.format import (
    PLAIN,
    File,
    FileFormat,
    Flavour,
    FolderFormat,
    Format,
    Setting,
    Source,
)
from workbench.formats.writers.hf import HF
from workbench.formats.writers.labelstudio import LABEL_STUDIO
from workbench.formats.writers.lines import CSV, JSONL
from workbench.formats.writers.parquet import PARQUET
from workbench.formats.writers.pieces import chunked
from workbench.formats.writers.prodigy import PRODIGY
from workbench.formats.writers.spacy import SPACY
from workbench.formats.writers.standoff import STANDOFF
from workbench.formats.writers.webannotation import WEB_ANNOTATION
from workbench.formats.writers.zipped import zipped

__all__ = [
    "FORMATS",
    "PLAIN",
    "ROW_BY_ROW",
    "File",
    "FileFormat",
    "Flavour",
    "FolderFormat",
    "Format",
    "Setting",
    "Source",
    "files",
    "find",
    "stream",
]

FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        JSONL,
        CSV,
        PARQUET,
        HF,
        ANNOTATIONS,
        ANNOTATIONS_JSONL,
        PRODIGY,
        DOCCANO,
        LABEL_STUDIO,
        ARGILLA,
        SPACY,
        WEB_ANNOTATION,
        STANDOFF,
    )
}
"""Every format, in the order in which people are to meet them."""

ROW_BY_ROW = frozenset({JSONL.name, CSV.name})
"""What needs nothing but the records, once: it can be written as the database gives them."""


def find(name: str, *, flavour: Flavour = PLAIN) -> Format:
    """The format of that name.

    Raises:
        NotFoundError: There is none.
        InputError: It is no table, and a flavour was asked for.
    """
    if name not in FORMATS:
        message = f"There is no format '{name[:40]}'. There are: {', '.join(FORMATS)}."
        raise NotFoundError(message)
    found = FORMATS[name]
    if flavour != PLAIN and not found.is_table:
        tables = " or ".join(one.name for one in FORMATS.values() if one.is_table)
        message = f"Spreadsheet settings go with {tables} only. Leave them out, or ask for csv."
        raise InputError(message)
    return found


def stream(chosen: Format, setting: Setting, source: Source) -> Iterator[bytes]:
    """The download: the file, or a ZIP archive of the folder, in chunks of 64 KiB or more.

    Raises:
        InputError: The flavour holds what cannot be; raised before the first chunk.
    """
    if isinstance(chosen, FileFormat):
        return chosen.chunks(setting, source)
    return chunked(zipped(chosen.files(setting, source)))


def files(chosen: Format, setting: Setting, source: Source) -> Iterator[File]:
    """The files of a folder on the disk; a single-file format gives one for each split.

    The bytes of each file are made while they are taken, and have to be before the next file.

    Raises:
        InputError: The flavour holds what cannot be.
    """
    if isinstance(chosen, FolderFormat):
        yield from chosen.files(setting, source)
        return
    for split in setting.splits or (None,):
        name = chosen.split_names.get(split, split) if split else setting.about.project
        chunks = chosen.chunks(setting, partial(source, split))
        yield File(f"{name}.{chosen.suffix}", chunks)
