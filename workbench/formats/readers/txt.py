"""Plain text: the file is the article."""

from collections.abc import Iterator

from workbench.formats.readers import texts
from workbench.formats.readers.opened import Opened
from workbench.formats.readers.record import ArticleRecord


def read(opened: Opened) -> Iterator[ArticleRecord]:
    """Read a text file.

    Raises:
        ReaderError: It is binary, too large or cannot be decoded.
    """
    data = opened.whole()
    found = texts.decoded(data, opened.encoding)
    yield ArticleRecord(
        text=found.text,
        raw=data,
        encoding=found.encoding,
        source=opened.name,
        problems=found.problems,
    )
