"""The folder of a snapshot: complete under its name, or not there."""

import contextlib
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from workbench.errors import InputError
from workbench.formats.manifest import MANIFEST, SENTENCES, SUMS, FileEntry, Manifest
from workbench.formats.record_lines import parse_records
from workbench.formats.records import Record
from workbench.formats.writers.format import File
from workbench.services.files import in_words, sync_folder


class FolderSource:
    """The records of a snapshot's folder, read anew each time they are asked for."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self._path = folder / SENTENCES

    def __call__(self, split: str | None = None) -> Iterator[Record]:
        """All records, or those of a split, in the order of the file."""
        with self._path.open("rb") as file:
            for record in parse_records(file, name=str(self._path)):
                if split is None or record.split == split:
                    yield record


@contextlib.contextmanager
def in_the_making(parent: Path) -> Iterator[Path]:
    """A folder beside the finished ones; whatever is left of it at the end is removed.

    Raises:
        DiskError: The disk is full, or failed.
    """
    folder = parent / f".taking-{secrets.token_hex(6)}"
    with in_words(parent):
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
    try:
        with in_words(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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


def close(folder: Path, manifest: Manifest, entries: Iterable[FileEntry]) -> tuple[Manifest, str]:
    """Write the manifest and the list of sums, and see that everything reaches the disk.

    Returns:
        The manifest with its files, and its SHA-256 in hex.
    """
    whole = replace(manifest, files=tuple(sorted(entries, key=lambda entry: entry.path)))
    data = whole.to_bytes()
    digest = hashlib.sha256(data).hexdigest()
    sums = {entry.path: entry.sha256 for entry in whole.files} | {MANIFEST: digest}
    (folder / MANIFEST).write_bytes(data)
    (folder / SUMS).write_text("".join(f"{sums[name]}  {name}\n" for name in sorted(sums)))
    for path in folder.rglob("*"):
        if path.is_file():
            _sync(path)
    sync_folder(folder)
    return whole, digest


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put(folder: Path, target: Path) -> None:
    """Give a finished folder its name; one that a crash left there is moved aside.

    Raises:
        DiskError: The disk failed.
    """
    with in_words(target):
        if target.exists():
            target.replace(target.with_name(f".left-{target.name}-{secrets.token_hex(4)}"))
        folder.replace(target)
        sync_folder(target.parent)


def copy(folder: Path, target: Path) -> None:
    """Copy a snapshot to a folder of somebody's choice.

    Raises:
        InputError: There is something there already.
        DiskError: The disk is full, or failed; nothing stays under the name.
    """
    refuse_taken(target)
    partial = target.with_name(f".{target.name[:200]}.{secrets.token_hex(4)}.part")
    try:
        with in_words(target):
            shutil.copytree(folder, partial)
            if target.exists():
                target.rmdir()
            partial.replace(target)
            sync_folder(target.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


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
