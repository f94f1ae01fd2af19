"""PDF files: the printed text, line by line, put together to paragraphs."""

import threading
from collections.abc import Iterator
from typing import Any

from workbench.formats.readers import texts
from workbench.formats.readers.opened import Opened
from workbench.formats.readers.paragraphs import PrintedLine, joined
from workbench.formats.readers.record import ArticleRecord, ReaderError

_MOST_PAGES = 1_000
_MOST_CHARACTERS = 5_000_000
_FILE_NAMES = (".doc", ".docx", ".pdf", ".indd", ".qxd", ".rtf", ".txt", ".ps")

_ONE_AT_A_TIME = threading.Lock()  # PDFium is not made for several threads


def read(opened: Opened) -> Iterator[ArticleRecord]:
    """Read a PDF file.

    The title is the one among its properties; author and dates are those of the file, not of the
    article, and are left out.

    Raises:
        ReaderError: It is damaged, protected by a password, very long, or holds pictures of text.
    """
    data = opened.whole()
    with _ONE_AT_A_TIME:
        lines, title, problems = _printed(data)
    text = joined(lines)
    if not text:
        message = (
            "The PDF file holds no text: it may be a scan. "
            "Run text recognition (OCR) on it, or type the text."
        )
        raise ReaderError(message)
    checked = texts.checked(text)
    is_file_name = title.lower().endswith(_FILE_NAMES) or title.startswith("Microsoft Word")
    yield ArticleRecord(
        text=checked.text,
        raw=data,
        encoding="pdf",
        source=opened.name,
        title=None if is_file_name else texts.one_line(title),
        problems=(*problems, *checked.problems),
    )


def _printed(data: bytes) -> tuple[list[PrintedLine], str, list[str]]:
    """The lines of all pages, the title, and the pages that could not be read."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    lines: list[PrintedLine] = []
    problems: list[str] = []
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReaderError(_refusal(error.err_code == pdfium.FPDF_ERR_PASSWORD)) from error
    try:
        if len(document) > _MOST_PAGES:
            message = f"The PDF file has over {_MOST_PAGES:,} pages. Take the article out of it."
            raise ReaderError(message)
        left = _MOST_CHARACTERS
        for number in range(len(document)):
            try:
                found = _lines_of(document, number, left)
            except pypdfium2.PdfiumError:
                problems.append(f"page {number + 1} could not be read")
                continue
            lines += found
            left -= sum(len(line.text) for line in found)
        return lines, document.get_metadata_dict().get("Title", ""), problems
    finally:
        document.close()


def _refusal(is_protected: bool) -> str:
    if is_protected:
        return "The PDF file is protected by a password. Save it without one."
    return "The PDF file is damaged. Save it anew."


def _lines_of(document: Any, number: int, most: int) -> list[PrintedLine]:
    import pypdfium2.raw as pdfium

    page = document[number]
    try:
        printed = page.get_textpage()
        try:
            count = pdfium.FPDFText_CountChars(printed)
            if count > most:
                message = "The PDF file holds more text than an article. Take the article out."
                raise ReaderError(message)
            codes = [pdfium.FPDFText_GetUnicode(printed, at) for at in range(count)]
            return [_line(printed, number, codes, start, end) for start, end in _pieces(codes)]
        finally:
            printed.close()
    finally:
        page.close()


def _pieces(codes: list[int]) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends, blank ones left out and blanks at both ends too."""
    start: int | None = None
    end = 0
    for at, code in enumerate(codes):
        if code in (0x0A, 0x0D):
            if start is not None:
                yield start, end
            start = None
        elif code != 0x20:
            start = at if start is None else start
            end = at + 1
    if start is not None:
        yield start, end


def _line(printed: Any, page: int, codes: list[int], start: int, end: int) -> PrintedLine:
    # Beyond the first plane a character can come as a pair.
    halves = "".join(map(chr, codes[start:end]))
    text = halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    left, bottom, _, top = printed.get_charbox(start)
    right = printed.get_charbox(end - 1)[2]
    return PrintedLine(text, page, left, right, bottom, top)
