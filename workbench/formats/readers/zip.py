"""ZIP archives: each member for itself, every byte counted as it is unpacked, nothing extracted."""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from workbench.formats.readers.inflating import BombError
from workbench.formats.readers.opened import Opened
from workbench.formats.readers.record import ReaderError, RecordFault

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_TAIL = 22 + 65_535 + 20 + 56  # the end record, its comment, and both records of ZIP64
_DIRECTORY_A_MEMBER = 600  # bytes: 46, the name, times and sizes
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without a bound
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError),
    *(NotImplementedError, RuntimeError),
)


def directory(opened: Opened) -> zipfile.ZipFile:
    """Open an archive, once its table of contents is known to be of bearable size.

    Raises:
        ReaderError: It is damaged, or has too many members.
    """
    most = opened.limits.members
    too_many = f"The archive has more than {most:,} members. Split it."
    if _directory_size(opened) > most * _DIRECTORY_A_MEMBER:
        raise ReaderError(too_many)
    try:
        archive = zipfile.ZipFile(opened.file)
    except _DAMAGED as error:
        message = "The archive is damaged. Pack it anew."
        raise ReaderError(message) from error
    if len(archive.infolist()) > most:
        raise ReaderError(too_many)
    return archive


def members(opened: Opened) -> Iterator[Opened | RecordFault]:
    """The members of an archive, one in memory at a time.

    Folders and hidden files, which systems and editors leave behind, are passed over.

    Yields:
        A member as a file of its own, or a fault for one that is refused.

    Raises:
        ReaderError: The archive is damaged, or comes to too much.
    """
    with directory(opened) as archive:
        for info in archive.infolist():
            name = info.orig_filename  # the other name ends at the first NUL
            if info.is_dir() or _is_hidden(name):
                continue
            try:
                _refuse_name(name)
                _refuse_links(info)
                data = inflated(opened, archive, info)
            except BombError:
                raise
            except ReaderError as error:
                yield RecordFault(where(name), str(error))
                continue
            yield opened.packed(f"{opened.name}/{name}", io.BytesIO(data), len(data))


def where(name: str) -> str:
    """The place that a fault of a member is told with."""
    shown = _CONTROL.sub("\ufffd", name)
    return f"member {shown if len(shown) <= 200 else f'{shown[:199]}…'}"


def inflated(opened: Opened, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A member's bytes.

    Raises:
        ReaderError: It is encrypted, damaged, packed in a rare way or too large.
        BombError: The archive as a whole comes to too much.
    """
    if info.flag_bits & _ENCRYPTED:
        message = "It is protected by a password. Pack it without one."
        raise ReaderError(message)
    if info.compress_type not in _PLAIN:
        message = "It is packed in a way that is not read. Pack it as an ordinary ZIP (deflate)."
        raise ReaderError(message)
    try:
        with archive.open(info) as stream:
            most = opened.limits.member_bytes
            pieces = opened.inflation.pieces(stream, packed=info.compress_size, most=most)
            return b"".join(pieces)
    except ReaderError:
        raise
    except _DAMAGED as error:
        message = "It is damaged. Pack it anew."
        raise ReaderError(message) from error


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part == "__MACOSX" or (part[0] == "." and part != "..") for part in parts)


def _refuse_name(name: str) -> None:
    # Nothing is written under these names; but they are shown, exported, and tell of an attack.
    plain = name.replace("\\", "/")
    if _CONTROL.search(plain):
        message = "Its name holds a control character. Rename it."
        raise ReaderError(message)
    if plain.startswith("/") or _DRIVE.match(plain) or ".." in plain.split("/"):
        message = "Its name leads out of the archive. Rename it."
        raise ReaderError(message)


def _refuse_links(info: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        message = "It is a link or a device, and no file. Pack the file itself."
        raise ReaderError(message)


def _directory_size(opened: Opened) -> int:
    """The largest size of the table of contents that any end record gives, in bytes.

    zipfile reads a table of any size into memory, at half a kilobyte a member.
    """
    file: BinaryIO = opened.file
    file.seek(max(opened.size - _TAIL, 0))
    tail = file.read()
    sizes = [0]
    for mark, at, form in ((_END, 12, "<I"), (_END_64, 40, "<Q")):
        for found in re.finditer(re.escape(mark), tail):
            field = tail[found.start() + at :][: struct.calcsize(form)]
            if len(field) == struct.calcsize(form):
                sizes.append(*struct.unpack(form, field))
    return min(max(sizes), opened.size)
