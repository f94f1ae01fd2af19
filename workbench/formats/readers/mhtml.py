"""Saved web pages (MHTML): a mail message of which one part is the page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes

from workbench.formats.readers import html, texts
from workbench.formats.readers.opened import Opened
from workbench.formats.readers.record import ArticleRecord, ReaderError

_MOST_NESTED = 20
_MULTIPART = re.compile(rb"multipart/", re.IGNORECASE)


def read(opened: Opened) -> Iterator[ArticleRecord]:
    """Read a saved page.

    Raises:
        ReaderError: There is no page in it, or no article in the page.
    """
    data = opened.whole()
    # Every part is looked through once for each part around it.
    if len(_MULTIPART.findall(data)) > _MOST_NESTED:
        message = "The saved page is nested too deep. Save it anew, or save its text."
        raise ReaderError(message)
    message_ = message_from_bytes(data)
    part = next((part for part in message_.walk() if part.get_content_type() == "text/html"), None)
    page = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(page, bytes) or not page.strip():
        message = "There is no page in the file. Save it anew, or save its text."
        raise ReaderError(message)
    found = html.article(opened, page, part.get_content_charset())
    address = _address(message_["Snapshot-Content-Location"]) or _address(part["Content-Location"])
    yield replace(found, raw=data, encoding="mhtml", url=found.url or address)


def _address(header: object) -> str | None:
    return texts.web_address(str(header)) if header is not None else None
