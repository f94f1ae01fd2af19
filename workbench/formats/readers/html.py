"""Web pages: the article is taken out of the page; nothing in it runs, and nothing is fetched."""

import re
from collections.abc import Iterator

from workbench.formats.readers import html_blocks, html_details, texts
from workbench.formats.readers.encodings import whole_text
from workbench.formats.readers.limits import MEGABYTE
from workbench.formats.readers.opened import Opened
from workbench.formats.readers.record import ArticleRecord, ReaderError

_MOST_BYTES = 20 * MEGABYTE
_MOST_MARKUP = 5 * MEGABYTE  # without inline pictures; in code points
# Trafilatura takes quadratic time over siblings: 40,000 take half a minute. Under these bounds the
# worst page takes five seconds.
_MOST_ELEMENTS = 25_000
_MOST_CHILDREN = 3_000

_INLINE_DATA = re.compile(r"data:[\w/+.;=-]{0,100},[\w+/=%-]{200,}")
_DECLARED = re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?([\w:.-]{1,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:.-]{1,40})")


def read(opened: Opened) -> Iterator[ArticleRecord]:
    """Read a page.

    Raises:
        ReaderError: It is too large, or no article is found in it.
    """
    yield article(opened, opened.whole(_MOST_BYTES))


def article(opened: Opened, page: bytes, charset: str | None = None) -> ArticleRecord:
    """Take the article out of a page.

    Args:
        opened: The file that the page is in.
        page: The page's bytes.
        charset: The encoding that came with the page, as in a header of mail or HTTP.

    Raises:
        ReaderError: It is too large, or no article is found in it.
    """
    markup, encoding = whole_text(page, charset or _declared(page), chosen=opened.encoding)
    markup = _INLINE_DATA.sub("data:,", markup).replace("\0", texts.DAMAGED)
    if len(markup) > _MOST_MARKUP:
        message = f"The page has over {_MOST_MARKUP // MEGABYTE} MB of markup. Save its text."
        raise ReaderError(message)
    tree = _tree(markup)
    published = html_details.published(tree)
    language = html_details.language(tree)
    found = _extracted(tree)
    checked = texts.checked(found.text)
    return ArticleRecord(
        text=checked.text,
        raw=page,
        encoding=encoding,
        source=opened.name,
        title=texts.one_line(found.title),
        outlet=texts.one_line(found.outlet),
        author=texts.one_line(found.author),
        published=published,
        url=texts.web_address(found.url),
        language=language,
        problems=checked.problems,
    )


def _declared(page: bytes) -> str | None:
    head = page[:4096]
    found = _DECLARED.search(head) or _XML_DECLARED.match(head)
    return found[1].decode("ascii", "replace") if found else None


def _tree(markup: str) -> "html_details.Element":
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8",
        collect_ids=False,
        default_doctype=False,
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=False,
    )
    try:
        tree: html_details.Element = html.document_fromstring(markup.encode(), parser=parser)
    except (etree.LxmlError, AssertionError) as error:
        message = "The page is empty or no HTML. Save its text instead."
        raise ReaderError(message) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # What lies deeper is cut off, and half an article is worse than none.
        message = "The page is nested deeper than an article is. Save its text."
        raise ReaderError(message)
    for n_elements, element in enumerate(tree.iter(), 1):
        if n_elements > _MOST_ELEMENTS or len(element) > _MOST_CHILDREN:
            message = "The page is built of more elements than an article is. Save its text."
            raise ReaderError(message)
    return tree


def _extracted(tree: "html_details.Element") -> html_details.Extracted:
    import trafilatura

    found = trafilatura.bare_extraction(
        tree,
        fast=True,
        include_comments=False,
        with_metadata=True,
        # The date is read elsewhere, strictly; a search through the page would find any date.
        date_extraction_params={"extensive_search": False, "max_date": "2100-12-31"},
    )
    text = getattr(found, "text", None)
    if not text:
        message = "No article was found in the page. Save its text instead."
        raise ReaderError(message)
    return html_details.Extracted(
        text=html_blocks.restored(text, tree),
        title=getattr(found, "title", None),
        outlet=getattr(found, "sitename", None),
        author=getattr(found, "author", None),
        url=getattr(found, "url", None),
    )
