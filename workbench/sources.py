"""Files on their way in: find them, open them, and say in lines what became of each."""

import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from workbench.errors import InputError
from workbench.formats.readers import SUFFIXES
from workbench.services.choices import Choices
from workbench.services.importing import FileReport, Source
from workbench.text.visible import visible


def found(paths: Iterable[Path], choices: Choices | None = None) -> list[Source]:
    """The files named, and those inside the folders named, each folder in order of names.

    A file that is named is always tried; in folders those of a kind that is read, and hidden ones
    are passed over. A link is followed where it is named itself; in folders `skipped` names it.
    What is not there, or an empty folder, is a source that cannot be read: it is reported like any
    other and does not stop the rest.

    Args:
        paths: Files and folders.
        choices: What was said about all of them.
    """
    said = choices or Choices()
    sources = []
    for path in paths:
        inside = _inside(path) if path.is_dir() else [path]
        if not inside:
            reason = f"The folder holds no article; read are {', '.join(SUFFIXES)}."
            sources.append(Source(_readable(str(path)), partial(_refuse, reason), said))
        for file in inside:
            name = str(file.relative_to(path)) if file != path else path.name
            sources.append(Source(_readable(name), partial(open_file, file), said))
    return sources


def skipped(paths: Iterable[Path]) -> Iterator[str]:
    """A line for each link inside the folders named: it may lead out of them, or in a circle."""
    for folder in paths:
        for root, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted([*folders, *names]):
                path = Path(root) / name
                if path.is_symlink() and not name.startswith("."):
                    shown = visible(str(path.relative_to(folder)))
                    yield f"{shown}\tskipped\tA link. Name what it points to if that is to come in."


def _readable(name: str) -> str:
    """A name that can be stored: it may hold any byte."""
    return os.fsencode(name).decode(errors="replace")


def _refuse(reason: str) -> bytes:
    raise InputError(reason)


def _inside(folder: Path) -> list[Path]:
    files = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files += [
            Path(root) / name
            for name in sorted(names)
            if Path(name).suffix.lower() in SUFFIXES
            and not name.startswith(".")
            and not (Path(root) / name).is_symlink()
        ]
    return files


def open_file(path: Path) -> BinaryIO:
    """A file as a stream; whoever reads it closes it.

    Raises:
        InputError: It cannot be read.
    """
    if path.exists() and not path.is_file():  # a pipe would be waited for
        message = f"{visible(path.name)} is not a file that can be imported."
        raise InputError(message)
    try:
        return path.open("rb")
    except OSError as error:
        message = f"{visible(str(path))} cannot be read: {error.strerror or 'no such file'}."
        raise InputError(message) from error


def lines(report: FileReport) -> Iterator[str]:
    """A report in lines: what became of the file, then each record that was refused."""
    parts = [report.name, str(report.outcome)]
    if report.n_articles > 1 or report.n_already > 1:
        parts.append(f"{report.n_articles:,} articles, {report.n_already:,} already there")
    if report.n_segments:
        parts.append(f"{report.n_segments:,} segments, {report.n_queued:,} in the queue")
    if report.reason:
        parts.append(report.reason)
    yield "\t".join(visible(" ".join(part.split())) for part in parts)
    if report.n_faults > 1:
        for fault in report.faults:
            yield f"{visible(report.name)}\t{visible(' '.join(str(fault).split()))}"
