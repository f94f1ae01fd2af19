"""PDF files: the printed text, line by line, put together to paragraphs."""

from collections.abc import Iterator

from workbench.formats.readers import texts
from workbench.formats.readers.opened import Opened
from workbench.formats.readers.pdf_pages import Bounds
from workbench.formats.readers.pdf_process import LimitError, apart
from workbench.formats.readers.record import ArticleRecord, ReaderError

_BOUNDS = Bounds()
_FILE_NAMES = (".doc", ".docx", ".pdf", ".indd", ".qxd", ".rtf", ".txt", ".ps")


def read(opened: Opened) -> Iterator[ArticleRecord]:
    """Read a PDF file.

    The title is the one among its properties; author and dates are those of the file, not of the
    article, and are left out.

    Raises:
        ReaderError: It is damaged, protected by a password, very long, holds pictures of text,
            or takes more memory or time than an article should.
        BombError: Several files of the same archive took too much.
    """
    data = opened.whole()
    try:
        printed = apart.read(data, _BOUNDS)
    except LimitError:
        opened.inflation.give_up()
        raise
    if not printed.text:
        message = (
            "The PDF file holds no text: it may be a scan. "
            "Run text recognition (OCR) on it, or type the text."
        )
        raise ReaderError(message)
    checked = texts.checked(printed.text)
    title = printed.title
    is_file_name = title.lower().endswith(_FILE_NAMES) or title.startswith("Microsoft Word")
    yield ArticleRecord(
        text=checked.text,
        raw=data,
        encoding="pdf",
        source=opened.name,
        title=None if is_file_name else texts.one_line(title),
        problems=(*printed.problems, *checked.problems),
    )
