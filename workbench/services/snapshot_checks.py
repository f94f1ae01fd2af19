"""Verify a snapshot's folder: every file against its hash, every altered line by its number."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from workbench.errors import InputError
from workbench.formats.manifest import (
    LINE_HASH,
    LINES,
    MANIFEST,
    SENTENCES,
    SUMS,
    FileEntry,
    Manifest,
    line_hash,
    parse_manifest,
)

CHUNK = 1 << 20
MOST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Alteration:
    """Something of a snapshot that is not what it was: the file, its line if known, and what."""

    path: str
    line: int | None
    what: str

    def __str__(self) -> str:
        """One line for people."""
        where = self.path if self.line is None else f"{self.path}, line {self.line:,}"
        return f"{where}: {self.what}"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a snapshot's folder.

    Raises:
        InputError: It is no such folder, or its manifest cannot be read.
    """
    return parse_manifest(_manifest_bytes(folder), name=str(folder / MANIFEST))


def _manifest_bytes(folder: Path) -> bytes:
    try:
        return (folder / MANIFEST).read_bytes()
    except OSError as error:
        message = f"{folder} is no snapshot: it holds no {MANIFEST} that can be read."
        raise InputError(message) from error


def alterations(
    folder: Path, *, manifest_sha256: str | None = None, done: Callable[[int], None] | None = None
) -> Iterator[Alteration]:
    """Everything in a snapshot's folder that is not what it was when it was taken.

    Args:
        folder: The folder.
        manifest_sha256: What the manifest's hash has to be, where that is known from elsewhere.
        done: Called with the number of bytes just read; for a progress bar.

    Raises:
        InputError: It is no snapshot's folder, or its manifest cannot be read.
    """
    data = _manifest_bytes(folder)
    digest = hashlib.sha256(data).hexdigest()
    sums = _sums(folder)
    if manifest_sha256 not in (None, digest):
        yield Alteration(MANIFEST, None, "it is not the one that was stored when it was taken.")
    elif sums is not None and sums.get(MANIFEST) != digest:
        yield Alteration(MANIFEST, None, f"its hash is not the one in {SUMS}.")
    manifest = parse_manifest(data, name=str(folder / MANIFEST))
    if sums is None:
        yield Alteration(SUMS, None, "it is missing.")
    elif sums.keys() - {MANIFEST} != {entry.path for entry in manifest.files} or any(
        sums.get(entry.path) != entry.sha256 for entry in manifest.files
    ):
        yield Alteration(SUMS, None, f"it does not say what {MANIFEST} says.")
    for entry in manifest.files:
        yield from _altered(folder, entry, done)
    known = {entry.path for entry in manifest.files} | {MANIFEST, SUMS}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in known:
            yield Alteration(name, None, "it does not belong to the snapshot.")


def _sums(folder: Path) -> dict[str, str] | None:
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    pairs = (line.partition("  ") for line in lines)
    return {name: digest for digest, _, name in pairs}


def _altered(
    folder: Path, entry: FileEntry, done: Callable[[int], None] | None
) -> Iterator[Alteration]:
    path = folder / entry.path
    if not path.is_file():
        yield Alteration(entry.path, None, "it is missing.")
        return
    if _digest(path, done) == entry.sha256:
        return
    lines = list(_altered_lines(folder)) if entry.path == SENTENCES else []
    yield from lines
    if not lines:
        size = path.stat().st_size
        more = f" ({size:,} bytes where it had {entry.bytes:,})" if size != entry.bytes else ""
        yield Alteration(entry.path, None, f"its bytes are not what they were{more}.")


def _digest(path: Path, done: Callable[[int], None] | None) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            if done is not None:
                done(len(chunk))
    return digest.hexdigest()


def _altered_lines(folder: Path) -> Iterator[Alteration]:
    """The lines that are not what the list of lines says; the first thousand by number."""
    if not (folder / LINES).is_file():
        return
    n_altered = 0
    with (folder / SENTENCES).open("rb") as rows, (folder / LINES).open("rb") as kept:
        for number, (line, wanted) in enumerate(zip_longest(rows, kept), 1):
            what = _difference(line, wanted)
            if what is None:
                continue
            n_altered += 1
            if n_altered <= MOST_LINES:
                yield Alteration(SENTENCES, number, what)
    if n_altered > MOST_LINES:
        yield Alteration(SENTENCES, None, f"{n_altered - MOST_LINES:,} more lines are altered.")


def _difference(line: bytes | None, wanted: bytes | None) -> str | None:
    if line is None:
        return "the line is missing."
    if wanted is None:
        return "there was no such line."
    return None if line_hash(line) == wanted.strip()[:LINE_HASH] else "the line was altered."
