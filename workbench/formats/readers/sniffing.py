"""What a file is, by its content first and its name second."""

import codecs
import re
from pathlib import PurePosixPath

from workbench.formats.readers import docx
from workbench.formats.readers import zip as zips
from workbench.formats.readers.opened import Opened
from workbench.formats.readers.record import ReaderError

ALIASES = {
    **{".text": ".txt", ".markdown": ".md", ".htm": ".html", ".xhtml": ".html"},
    **{".mht": ".mhtml", ".ndjson": ".jsonl", ".pq": ".parquet", ".tab": ".tsv"},
}
"""Other suffixes in use."""

_HEAD = 65_536
_SIGNED = {".pdf", ".zip", ".docx", ".parquet", ".gz"}
_MARKS = ((b"PAR1", ".parquet"), (b"\x1f\x8b", ".gz"))
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")

# What is known and not read: how it begins, what it is, what to do.
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old or protected Office file. Save it as .docx, without a password"),
    (b"{\\rtf", "an RTF file. Save it as .docx or .txt"),
    (b"Rar!", "a RAR archive. Pack it as ZIP"),
    (b"7z\xbc\xaf", "a 7z archive. Pack it as ZIP"),
    (b"BZh", "packed with bzip2. Unpack it first"),
    (b"\xfd7zXZ", "packed with xz. Unpack it first"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd. Unpack it first"),
    (b"\x89PNG", "a picture. Give its text instead"),
    (b"\xff\xd8\xff", "a picture. Give its text instead"),
    (b"GIF8", "a picture. Give its text instead"),
    (b"SQLite format 3\0", "a database. Export its articles as CSV or JSON Lines"),
)
_OFFICE = (
    ("xl/workbook.xml", "an Excel file. Save it as CSV"),
    ("ppt/presentation.xml", "a PowerPoint file. Save its text"),
    ("content.xml", "an OpenDocument file. Save it as .docx"),
    ("META-INF/container.xml", "an e-book. Save the article as HTML or text"),
)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)*(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|<!--")
_SAVED_PAGE = re.compile(
    r"(?=[\w-]+:\s)(?=[^\0]{0,3000}?^mime-version:)[^\0]{0,3000}?^content-type:\s*"
    r"(?:multipart/related|multipart/alternative|text/html)",
    re.IGNORECASE | re.MULTILINE,
)


def kind_of(opened: Opened) -> tuple[str, tuple[str, ...]]:
    """The suffix of the format to read a file as, and what there is to say about it.

    Raises:
        ReaderError: It is known to be of a kind that is not read, or not of the kind it is
            called and of no other that is known.
    """
    called = suffix_of(opened.name)
    head = opened.head(_HEAD)
    seen = _signed(opened, head) or _written(called, head)
    if seen is None and called in _SIGNED:
        message = f"The file is called {called} but is none: it may be damaged. Save it anew."
        raise ReaderError(message)
    if seen is None or seen == called:
        return (called if seen or called else ".txt"), ()
    return seen, (f"read as {seen}, although called {called}",) if called else ()


def suffix_of(name: str) -> str:
    """The suffix of a name, under its usual spelling."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    return ALIASES.get(suffix, suffix)


def _signed(opened: Opened, head: bytes) -> str | None:
    """The format whose signature the file begins with."""
    for mark, what in _FOREIGN:
        if head.startswith(mark):
            message = f"The file is {what}."
            raise ReaderError(message)
    if head[257:262] == b"ustar":
        message = "The file is a tar archive. Pack it as ZIP."
        raise ReaderError(message)
    if head.startswith(_ZIPS):  # asked first: one may hold a PDF file as it is
        return _zipped(opened)
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    return next((suffix for mark, suffix in _MARKS if head.startswith(mark)), None)


def _zipped(opened: Opened) -> str:
    with zips.directory(opened) as archive:
        names = set(archive.namelist())
    for name, what in _OFFICE:
        if name in names:
            message = f"The file is {what}."
            raise ReaderError(message)
    is_word = "[Content_Types].xml" in names and any(map(docx.MAIN.fullmatch, names))
    return ".docx" if is_word else ".zip"


def _written(called: str, head: bytes) -> str | None:
    """The text format that the file's first characters show."""
    text = _text(head)
    if _PAGE.match(text):
        return ".html"
    if _SAVED_PAGE.match(text):
        return ".mhtml"
    if called == ".html" and not _TAG.search(text):
        return ".txt"
    if called in (".json", ".jsonl"):
        return _json_kind(called, text.lstrip())
    return None


def _json_kind(called: str, text: str) -> str:
    first, _, rest = text.partition("\n")
    if text.startswith("["):
        return ".json"
    if called == ".json" and first.rstrip().endswith("}") and rest.lstrip().startswith("{"):
        return ".jsonl"
    return ".json" if first.strip() == "{" else called


def _text(head: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
        (codecs.BOM_UTF8, "utf-8-sig"),
    ):
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    return head.decode("latin-1")
