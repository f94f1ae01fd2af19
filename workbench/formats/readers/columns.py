"""Which column holds what: guessed from the names, overridden by a person, checked in any case."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from workbench.formats.readers import texts
from workbench.formats.readers.opened import Opened
from workbench.formats.readers.published import iso_date
from workbench.formats.readers.record import ArticleRecord, ReaderError

FIELDS = (
    *("text", "title", "outlet", "author", "published", "updated", "scraped", "url", "language"),
    "id",
)
"""What a column can hold."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    # The surest name first. A day of a scrape, a download or an update is no day of publication
    # and has a role of its own; "created" may mean any of them and is none.
    "text": (
        *("text", "articletext", "fulltext", "maintext", "body", "articlebody", "bodytext"),
        *("content", "articlecontent", "article", "story", "plaintext", "rawtext", "news"),
        *("texte", "texto", "inhalt", "document", "sentence", "passage"),
    ),
    "title": ("title", "headline", "articletitle", "heading", "head", "titre", "titel", "titulo"),
    "outlet": (
        *("outlet", "publisher", "publication", "newspaper", "sitename", "site", "sourcename"),
        *("source", "media", "medium", "domain", "agency", "website"),
    ),
    "author": ("author", "authors", "byline", "writer", "journalist", "reporter", "auteur"),
    "published": (
        *("published", "publishedat", "datepublished", "publicationdate", "publishdate"),
        *("publisheddate", "pubdate", "articledate", "issued", "date"),
    ),
    "updated": (
        *("updated", "updatedat", "lastupdate", "lastupdated", "dateupdated", "modified"),
        *("modifiedat", "datemodified", "lastmodified", "modifieddate"),
    ),
    "scraped": (
        *("scraped", "scrapedat", "datescraped", "scrapedate", "scrapingdate", "crawled"),
        *("crawledat", "crawldate", "retrieved", "retrievedat", "fetched", "fetchedat", "accessed"),
        *("accessedat", "downloaded", "downloadedat", "downloaddate", "timestamp"),
    ),
    "url": ("url", "articleurl", "link", "permalink", "canonicalurl", "sourceurl", "uri", "href"),
    "language": ("language", "lang", "languagecode", "locale"),
    "id": ("id", "articleid", "externalid", "docid", "documentid", "uuid", "guid", "uid"),
}
_SIGNS = re.compile(r"[\W_]+")


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names of columns as they are told and chosen, each its own.

    Args:
        names: As they stand in the table. One that is blank is named by its place, one that is
            repeated has a number behind it.
    """
    given = [name.strip() for name in names]
    taken = {name for name in given if name}
    seen: set[str] = set()
    numbers: dict[str, Iterator[int]] = {}
    found: list[str] = []
    for place, name in enumerate(given, 1):
        plain = name or f"column {place}"
        if plain in seen or (not name and plain in taken):
            more = numbers.setdefault(plain, count(2))
            plain = next(other for n in more if (other := f"{plain} ({n})") not in taken)
            taken.add(plain)
        seen.add(plain)
        found.append(plain)
    return tuple(found)


def guess_mapping(headers: Iterable[str]) -> dict[str, str]:
    """Guess which column holds what.

    Args:
        headers: The names of the columns; case, spaces and signs do not matter.

    Returns:
        The column's name for each field of `FIELDS` that one was found for.
    """
    plain: dict[str, str] = {}
    for header in headers:
        plain.setdefault(_SIGNS.sub("", header).casefold(), header)
    found = {
        field: next((plain[name] for name in names if name in plain), None)
        for field, names in _NAMES.items()
    }
    return {field: header for field, header in found.items() if header is not None}


def mapping_for(headers: tuple[str, ...], chosen: Mapping[str, str] | None) -> Mapping[str, str]:
    """The mapping to use: a person's choice, or the guess.

    Raises:
        ReaderError: The choice names a field or a column that there is not, or no column is known
            to hold the text.
    """
    if chosen is not None:
        checked = checked_choice(chosen)
        if not set(checked.values()) <= set(headers):
            message = "The columns chosen are not all there. Choose again."
            raise ReaderError(message)
        return checked
    guess = guess_mapping(headers)
    if not guess and len(headers) == 1:  # one of another name, a title say, is no text
        guess["text"] = headers[0]
    if "text" not in guess:
        message = (
            f"None of the {len(headers)} columns is known to hold the text. "
            "Say which one does, or call it 'text'."
        )
        raise ReaderError(message)
    return guess


def checked_choice(chosen: Mapping[str, str]) -> Mapping[str, str]:
    """A person's choice, if it can be one.

    Raises:
        ReaderError: It names a field that there is not, or no column for the text.
    """
    if "text" not in chosen or not set(chosen) <= set(FIELDS):
        message = f"Choose a column for the text; others can be {', '.join(FIELDS[1:])}."
        raise ReaderError(message)
    return chosen


def record(
    opened: Opened,
    values: Mapping[str, object],
    mapping: Mapping[str, str],
    *,
    raw: bytes,
    encoding: str,
    number: int,
    problems: tuple[str, ...] = (),
) -> ArticleRecord:
    """Make a record of a row's values.

    Raises:
        ReaderError: The row has no text that can be an article's.
    """
    text = values.get(mapping["text"])
    if not isinstance(text, str | None):
        message = "The text is not a string. Put it in quotation marks, or leave the record out."
        raise ReaderError(message)
    checked = texts.checked(text or "")
    details = {field: _plain(values.get(column)) for field, column in mapping.items()}
    published = iso_date(details.get("published") or "")
    url = texts.web_address(details.get("url"))
    noticed = [
        *problems,
        *checked.problems,
        *_left_out(details, published=published, url=url),
    ]
    return ArticleRecord(
        text=checked.text,
        raw=raw,
        encoding=encoding,
        source=opened.name,
        title=texts.one_line(details.get("title")),
        outlet=texts.one_line(details.get("outlet")),
        author=texts.one_line(details.get("author")),
        published=published,
        updated=iso_date(details.get("updated") or ""),
        scraped=iso_date(details.get("scraped") or ""),
        url=url,
        language=texts.language_code(details.get("language")),
        external_id=texts.one_line(details.get("id")),
        number=number,
        problems=tuple(noticed),
    )


def _left_out(
    details: Mapping[str, str | None], *, published: str | None, url: str | None
) -> Iterable[str]:
    if details.get("published") and not published:
        yield "date of publication not understood, left empty"
    if details.get("url") and not url:
        yield "address is not http or https, left empty"


def _plain(value: object) -> str | None:
    """A detail as a string; a list of strings is joined, anything deeper is left out."""
    if isinstance(value, list):
        return ", ".join(part for part in value if isinstance(part, str)) or None
    if isinstance(value, str):
        return value if value.strip() else None
    return str(value) if isinstance(value, int | float) else None
