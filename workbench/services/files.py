"""Files that are there whole or not at all."""

import contextlib
import errno
import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from workbench.errors import InputError, WorkbenchError

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class DiskError(WorkbenchError):
    """The disk did not take what was to be written."""

    status = 507


def write_atomically(path: Path, chunks: Iterator[bytes]) -> str:
    """Write a file under a temporary name beside it, and give it its name when it is complete.

    Whatever stops it, the old file (or none) is what stands under the name, and the temporary one
    is gone.

    Returns:
        The SHA-256 of what was written, in hex.

    Raises:
        InputError: No file can be written there.
        DiskError: The disk is full, or failed.
    """
    target = path.resolve()  # through a symbolic link, which stays
    if target.exists() and not target.is_file():
        message = f"{path} is not a file. Name a file to write, or '-' for standard output."
        raise InputError(message)
    temporary = target.with_name(f".{target.name[:200]}.{secrets.token_hex(4)}.part")
    with in_words(path):
        file = _create(temporary, path)
    try:
        with in_words(path), file:
            digest = _write(file, chunks)
        with in_words(path):
            temporary.replace(target)
            sync_folder(target.parent)
    except BaseException:  # a key press included: half a file must not stay
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
        raise
    return digest


def _create(temporary: Path, path: Path) -> BinaryIO:
    try:
        return temporary.open("xb")
    except (FileNotFoundError, NotADirectoryError) as error:
        message = f"There is no folder {path.parent}. Make it, or write somewhere else."
        raise InputError(message) from error
    except PermissionError as error:
        message = f"The folder {path.parent} cannot be written to. Write somewhere else."
        raise InputError(message) from error


def _write(file: BinaryIO, chunks: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """See that the names in a folder reach the disk; Windows has no such call."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what the disk says while something is written into a sentence that names the path.

    Raises:
        DiskError: The disk is full, or failed.
    """
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            message = f"The disk is full: {path} was not written. Make room and try again."
        else:
            message = f"{path} was not written: {error.strerror or 'the disk failed'}. Try again."
        raise DiskError(message) from error
