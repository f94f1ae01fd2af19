"""The text of a PDF file's pages, by a library in C: run in a process apart, see `pdf_process`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workbench.formats.readers.paragraphs import PrintedLine, joined
from workbench.formats.readers.record import ReaderError

_LONGEST_TITLE = 1_000


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a file is read, and what reading it may take.

    Attributes:
        pages: The most pages.
        characters: The most code points of all pages together.
        memory: The most bytes of address space, the library and Python included.
        seconds: The most processor time; three times as much may pass on the clock.
    """

    pages: int = 1_000
    characters: int = 5_000_000
    memory: int = 1_000_000_000
    seconds: int = 20


@dataclass(frozen=True, slots=True)
class Printed:
    """What a PDF file says.

    Attributes:
        text: The text of all pages, a paragraph a line.
        title: The title among its properties; may be empty.
        problems: The pages that could not be read, a few words each.
    """

    text: str
    title: str = ""
    problems: tuple[str, ...] = ()


def read(data: bytes, bounds: Bounds) -> Printed:
    """Read a PDF file, in this very process: what the library does to it, the file decides.

    Raises:
        ReaderError: It is damaged, protected by a password, or very long.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    lines: list[PrintedLine] = []
    problems: list[str] = []
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReaderError(_refusal(error.err_code == pdfium.FPDF_ERR_PASSWORD)) from error
    try:
        if len(document) > bounds.pages:
            message = f"The PDF file has over {bounds.pages:,} pages. Take the article out of it."
            raise ReaderError(message)
        left = bounds.characters
        for number in range(len(document)):
            try:
                found = _lines_of(document, number, left)
            except pypdfium2.PdfiumError:
                problems.append(f"page {number + 1} could not be read")
                continue
            lines += found
            left -= sum(len(line.text) for line in found)
        title = document.get_metadata_dict().get("Title", "")[:_LONGEST_TITLE]
        return Printed(joined(lines), title, tuple(problems))
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
