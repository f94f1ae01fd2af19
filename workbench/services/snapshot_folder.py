"""The folder of a snapshot: complete under its name, or not there."""

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from workbench.formats.manifest import MANIFEST, SENTENCES, SUMS, FileEntry, Manifest
from workbench.formats.record_lines import parse_records
from workbench.formats.records import Record
from workbench.services import folders
from workbench.services.files import in_words, sync_folder

MAKING = ".taking-"
YOUNG = 60  # seconds in which a folder may not be held yet by whoever makes it


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

    So is what a process that was killed has left there.

    Raises:
        DiskError: The disk is full, or failed.
    """
    folder = parent / f"{MAKING}{secrets.token_hex(6)}"
    with in_words(parent):
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _remove_left(parent)
        folder.mkdir(mode=0o700)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        # Held as long as this process lives: whoever gets the lock knows that nobody is at it.
        fcntl.flock(handle, fcntl.LOCK_EX)
        with in_words(folder):
            yield folder
    finally:
        os.close(handle)
        shutil.rmtree(folder, ignore_errors=True)


def _remove_left(parent: Path) -> None:
    """Remove the folders that processes were making when they were killed."""
    for folder in parent.glob(f"{MAKING}*"):
        with contextlib.suppress(OSError):  # somebody else removes it, or it is being made
            if time.time() - folder.stat().st_mtime < YOUNG:
                continue
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)


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
    folders.sync(folder)
    return whole, digest


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
    with folders.made(target) as partial:
        shutil.copytree(folder, partial, dirs_exist_ok=True)
