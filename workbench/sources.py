"""Files on their way in: find them, read them, and say in a line what became of each."""

import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from workbench.errors import InputError
from workbench.services.importing import FileReport, Source

SUFFIX = ".txt"


def found(paths: Iterable[Path]) -> list[Source]:
    """The text files named, and those inside the folders named, each folder in order of names.

    A file that is named is always tried; in folders only `.txt` files are, and hidden ones are
    passed over. What is not there, or an empty folder, is a source that cannot be read: it is
    reported like any other and does not stop the rest.
    """
    sources = []
    for path in paths:
        inside = _inside(path) if path.is_dir() else [path]
        if not inside:
            reason = f"The folder holds no {SUFFIX} file."
            sources.append(Source(str(path), partial(_refuse, reason)))
        for file in inside:
            name = str(file.relative_to(path)) if file != path else path.name
            sources.append(Source(name, partial(read, file)))
    return sources


def _refuse(reason: str) -> bytes:
    raise InputError(reason)


def _inside(folder: Path) -> list[Path]:
    files = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files += [
            Path(root) / name
            for name in sorted(names)
            if name.lower().endswith(SUFFIX) and not name.startswith(".")
        ]
    return files


def read(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}."
        raise InputError(message) from error


def line(report: FileReport) -> str:
    """A report as one line: name, what became of it, what was noticed."""
    parts = [report.name, str(report.outcome)]
    if report.n_segments:
        parts.append(f"{report.n_segments} segments, {report.n_queued} in the queue")
    if report.reason:
        parts.append(report.reason)
    return "\t".join(" ".join(part.split()) for part in parts)
