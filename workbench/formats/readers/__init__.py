r"""The formats that articles come in: bytes in, article records out.

>>> for found in read("reports.csv", b"id,text\n1,The bridge was closed on Monday.\n"):
...     found.text
'The bridge was closed on Monday.'
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

from workbench.formats.readers import (
    csv,
    docx,
    gz,
    html,
    json,
    jsonl,
    markdown,
    mhtml,
    parquet,
    pdf,
    sniffing,
    txt,
    zip,
)
from workbench.formats.readers.columns import FIELDS, guess_mapping
from workbench.formats.readers.inflating import BombError
from workbench.formats.readers.limits import BROWSER, COMMAND, Limits
from workbench.formats.readers.opened import Opened, opened
from workbench.formats.readers.record import ArticleRecord, Found, ReaderError, RecordFault

__all__ = [
    "BROWSER",
    "COMMAND",
    "FIELDS",
    "READERS",
    "SUFFIXES",
    "ArticleRecord",
    "Limits",
    "ReaderError",
    "RecordFault",
    "guess_mapping",
    "headers",
    "may_have_columns",
    "read",
]

Reader = Callable[[Opened], Iterator[Found]]

_HOPELESS = 1_000  # faults before the first record: it is no such file at all
# What lies beside articles in an archive and is none.
_BESIDE = frozenset(
    {
        *(
            ".jpg",
            ".jpeg",
            ".png",
            ".gif",
            ".svg",
            ".webp",
            ".ico",
            ".bmp",
            ".mp3",
            ".mp4",
            ".webm",
        ),
        *(".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".db", ".ini"),
    }
)
_ARCHIVES = (".zip", ".gz")


def read(
    name: str,
    data: bytes | BinaryIO,
    *,
    mapping: Mapping[str, str] | None = None,
    encoding: str | None = None,
    limits: Limits = BROWSER,
) -> Iterator[Found]:
    """Read a file record by record, in the order of the file.

    What the file is, its content decides; its name only where the content does not. Nothing is
    fetched, run or written beside a temporary file.

    Args:
        name: The file's name; it stands in each record as its source.
        data: The file, or a stream that can be sought in; it is not closed.
        mapping: For tables and JSON the column (or key) of each field of `FIELDS`, the text's at
            least; None to guess. Formats without columns pass it over.
        encoding: The Python name of the encoding that a person chose; None to find it. Formats
            that are no text pass it over.
        limits: The bounds to keep to.

    Yields:
        A record for each article, and a fault for each one that cannot be read.

    Raises:
        ReaderError: The file as a whole cannot be read. It is raised while iterating, and may
            come after records were given: whoever wants all or nothing keeps them in one
            transaction.
    """
    n_found = n_records = 0
    try:
        for found in _records(opened(name, data, limits, mapping, encoding)):
            n_found += 1
            n_records += isinstance(found, ArticleRecord)
            if limits.records is not None and n_found > limits.records:
                message = (
                    f"The file has more than {limits.records:,} records. "
                    "Split it, or use the command `workbench import`."
                )
                raise ReaderError(message)
            if n_found == _HOPELESS and not n_records:
                message = f"None of the first {_HOPELESS:,} records can be read. Check the file."
                raise ReaderError(message)
            yield found
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or 'the disk failed'}. Try again."
        raise ReaderError(message) from error
    if not n_found:
        message = "The file holds no article. Choose another one."
        raise ReaderError(message)


def headers(
    name: str, data: bytes | BinaryIO, *, encoding: str | None = None, limits: Limits = BROWSER
) -> tuple[str, ...]:
    """The names of a file's columns, or the keys of its first objects; none for other formats.

    Raises:
        ReaderError: The file cannot be read.
    """
    file = opened(name, data, limits, None, encoding)
    kind, _ = sniffing.kind_of(file)
    if kind == ".gz":
        with gz.unpacked(file) as inner:
            return _HEADERS.get(_kind_inside(inner)[0], _no_headers)(inner)
    return _HEADERS.get(kind, _no_headers)(file)


def may_have_columns(name: str) -> bool:
    """Whether a file of this name may be a table, by itself or packed."""
    suffix = sniffing.suffix_of(name)
    return suffix in _HEADERS or suffix == ".gz"


def _records(file: Opened) -> Iterator[Found]:
    kind, problems = _kind_inside(file) if file.is_packed else sniffing.kind_of(file)
    reader = READERS.get(kind, txt.read)
    for found in reader(file):
        if problems and isinstance(found, ArticleRecord):
            yield replace(found, problems=(*problems, *found.problems))
        else:
            yield found


def _kind_inside(file: Opened) -> tuple[str, tuple[str, ...]]:
    kind, problems = sniffing.kind_of(file)
    if kind in _ARCHIVES:
        message = "It is an archive inside an archive. Unpack it first."
        raise ReaderError(message)
    return kind, problems


def _zip(file: Opened) -> Iterator[Found]:
    for member in zip.members(file):
        if isinstance(member, RecordFault):
            yield member
        elif (suffix := sniffing.suffix_of(member.name)) not in _BESIDE:
            yield from _member(member, zip.where(member.name[len(file.name) + 1 :]), suffix)


def _member(member: Opened, where: str, suffix: str) -> Iterator[Found]:
    if suffix not in READERS and suffix not in _ARCHIVES:
        yield RecordFault(where, f"This kind is not read. There are: {', '.join(SUFFIXES)}.")
        return
    try:
        for found in _records(member):
            if isinstance(found, RecordFault):
                yield replace(found, where=f"{where}, {found.where}")
            else:
                yield found
    except BombError:
        raise
    except ReaderError as error:
        yield RecordFault(where, str(error))


def _gz(file: Opened) -> Iterator[Found]:
    with gz.unpacked(file) as inner:
        yield from _records(inner)


def _no_headers(file: Opened) -> tuple[str, ...]:
    return ()


READERS: Mapping[str, Reader] = {
    ".txt": txt.read,
    ".md": markdown.read,
    ".html": html.read,
    ".mhtml": mhtml.read,
    ".csv": csv.read,
    ".tsv": csv.read,
    ".jsonl": jsonl.read,
    ".json": json.read,
    ".parquet": parquet.read,
    ".docx": docx.read,
    ".pdf": pdf.read,
    ".zip": _zip,
    ".gz": _gz,
}
"""The reader of each suffix."""

SUFFIXES = tuple(sorted({*READERS, *sniffing.ALIASES}))
"""Every suffix that is read, for a file chooser and for walking through folders."""

_HEADERS: Mapping[str, Callable[[Opened], tuple[str, ...]]] = {
    ".csv": csv.headers,
    ".tsv": csv.headers,
    ".jsonl": jsonl.headers,
    ".json": json.headers,
    ".parquet": parquet.headers,
}
