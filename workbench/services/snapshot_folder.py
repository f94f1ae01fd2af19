"""The folder of a snapshot: complete under its name, or not there."""

import contextlib
import hashlib
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from workbench.formats.manifest import MANIFEST, SENTENCES, SUMS, FileEntry, Manifest
from workbench.formats.record_lines import parse_records
from workbench.formats.records import Record
from workbench.services import folders
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
