"""A folder as a ZIP archive, written while its files are made."""

import zipfile
from collections.abc import Iterable, Iterator

from workbench.formats.writers.format import File
from workbench.formats.writers.pieces import Outlet

_WHEN = (1980, 1, 1, 0, 0, 0)  # the first a ZIP can say: the same files give the same archive
_READABLE = 0o100644 << 16


def zipped(files: Iterable[File]) -> Iterator[bytes]:
    """The archive in pieces, flat in memory, whatever the size of the files.

    Nothing is compressed: what compression makes of the same bytes differs from build to build,
    and an archive is to be the same on every machine. Parquet is compressed inside.
    """
    outlet = Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.path, _WHEN)
            entry.external_attr = _READABLE
            entry.create_system = 3  # Unix: what a machine would put there itself differs
            with archive.open(entry, "w", force_zip64=True) as member:
                for chunk in file.chunks:
                    member.write(chunk)
                    yield outlet.taken()
    yield outlet.taken()
