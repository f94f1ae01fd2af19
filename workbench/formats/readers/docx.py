"""Word files (.docx): the text of the main part, paragraph by paragraph.

Read from the XML itself, because python-docx passes over tracked insertions, content controls and
text boxes without a word, and repeats a cell as often as the file says it is wide.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from workbench.formats.readers import texts
from workbench.formats.readers.opened import Opened
from workbench.formats.readers.record import ArticleRecord, ReaderError
from workbench.formats.readers.zip import directory, inflated

_WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
MAIN = re.compile(r"word/document\w*\.xml")
"""The part that holds the text; some programs number it. A file without one is no Word file."""

_CORE = "docProps/core.xml"
# What a person struck out, a picture's second version for old programs, and a field's command.
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_FILE_NAMES = (".doc", ".docx", ".rtf", ".txt", ".odt")


def read(opened: Opened) -> Iterator[ArticleRecord]:
    """Read a Word file.

    The title is the one among its properties; its author and dates are those of the file, not of
    the article, and are left out.

    Raises:
        ReaderError: It is damaged, unpacks to too much, or holds no text.
    """
    data = opened.whole()
    with directory(opened) as archive:
        parts = _parts(opened, archive)
    body = _xml(parts[min(filter(MAIN.fullmatch, parts))])
    core = _xml(parts[_CORE]) if _CORE in parts else None
    lines = list(_lines(body))
    if not any(line.strip() for line in lines):
        message = "The Word file holds no text. Choose another one."
        raise ReaderError(message)
    checked = texts.checked("\n".join(lines))
    title = core.findtext(f".//{_DUBLIN_CORE}title") if core is not None else None
    language = core.findtext(f".//{_DUBLIN_CORE}language") if core is not None else None
    yield ArticleRecord(
        text=checked.text,
        raw=data,
        encoding="docx",
        source=opened.name,
        title=None if (title or "").lower().endswith(_FILE_NAMES) else texts.one_line(title),
        language=texts.language_code(language),
        problems=checked.problems,
    )


def _parts(opened: Opened, archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts that are read: every byte counted, pictures left packed."""
    found: dict[str, bytes] = {}
    for info in archive.infolist():
        if MAIN.fullmatch(info.filename) or info.filename == _CORE:
            found[info.filename] = inflated(opened, archive, info)
    return found


def _xml(part: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(part, parser)
    except etree.LxmlError as error:
        message = "The XML in the Word file is damaged. Save it anew."
        raise ReaderError(message) from error
    if root.getroottree().docinfo.internalDTD is not None:
        message = "The Word file declares XML entities, as no Word does. Save it anew."
        raise ReaderError(message)
    return root


def _lines(body: Any) -> Iterator[str]:
    """A line for each paragraph, and one for each row of a table."""
    row: Any = None
    cells: list[str] = []
    for paragraph in body.iter(*(f"{word}p" for word in _WORD)):
        around = {_local(each): each for each in reversed([*paragraph.iterancestors()])}
        if _SKIPPED & around.keys():
            continue
        text = "".join(_texts(paragraph))
        inside = around.get("tr")
        if cells and inside is not row:
            yield "\t".join(cells)
            cells = []
        row = inside
        if row is None:
            yield text
        elif text.strip():
            cells.append(text)
    if cells:
        yield "\t".join(cells)


def _texts(element: Any) -> Iterator[str]:
    """The words of a paragraph, without those of the paragraphs in its text boxes."""
    for child in element:
        name = _local(child)
        if name in _SKIPPED or name == "p":
            continue
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        else:
            yield from _texts(child)


def _local(element: Any) -> str:
    # An entity that was not resolved has a function for a tag.
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
