"""Folders of files that are there whole or not at all."""

import contextlib
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from workbench.errors import InputError
from workbench.formats.manifest import FileEntry
from workbench.formats.writers.format import File
from workbench.services.files import in_words, sync_folder


def refuse_taken(target: Path) -> None:
    """See that a folder can be written under this name.

    Raises:
        InputError: There is a file, or a folder that holds something.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        message = f"{target} exists and is not empty. Name a folder that is not there yet."
        raise InputError(message)
    if not target.absolute().parent.is_dir():
        message = f"There is no folder {target.absolute().parent}. Make it, or write elsewhere."
        raise InputError(message)


@contextlib.contextmanager
def made(target: Path) -> Iterator[Path]:
    """A folder to fill, which gets its name when the block ends well, and is gone otherwise.

    Raises:
        InputError: There is something under that name already.
        DiskError: The disk is full, or failed.
    """
    refuse_taken(target)
    partial = target.with_name(f".{target.name[:200]}.{secrets.token_hex(4)}.part")
    try:
        with in_words(target):
            partial.mkdir()
            yield partial
            sync(partial)
            if target.exists():
                target.rmdir()
            partial.replace(target)
            sync_folder(target.absolute().parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def add_files(folder: Path, files: Iterable[File]) -> list[FileEntry]:
    """Write files into a folder, and say what they are."""
    entries = []
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with path.open("xb") as target:
            for chunk in file.chunks:
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        entries.append(FileEntry(file.path, size, None, digest.hexdigest()))
    return entries


def sync(folder: Path) -> None:
    """See that everything in a folder reaches the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
    sync_folder(folder)
