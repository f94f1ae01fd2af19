"""What a page says about itself in its head: the day of publication and the language, strictly."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from workbench.formats.readers.published import iso_date
from workbench.formats.readers.texts import language_code

Element: TypeAlias = Any
"""An lxml element; lxml has no types."""

_MOST_SCRIPTS = 20
_MOST_SCRIPT = 200_000
DEEPEST = 6

# Names that mean publication; "date", "modified" and "updated" may mean anything.
_FIRST = ("article:published_time", "og:published_time", "og:article:published_time")
_ITEM = "datepublished"
_OTHERS = (
    *("datepublished", "date_published", "publishdate", "publish_date", "publish-date", "pubdate"),
    *("publicationdate", "publication_date", "published_time", "article.published"),
    *("parsely-pub-date", "sailthru.date", "citation_publication_date", "dc.date.issued"),
    *(
        "dcterms.issued",
        "dcterms.date.issued",
        "article_date_original",
    ),
)
_ARTICLE = re.compile(r"Article|BlogPosting|Report$")


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was taken out of a page."""

    text: str
    title: str | None
    outlet: str | None
    author: str | None
    url: str | None


def published(tree: Element) -> str | None:
    """The day of publication that the page's metadata names, as an ISO date; None if none does.

    The text is never searched for a date.
    """
    metas = dict(reversed([*_metas(tree)]))  # the first of a name counts
    given = [
        *(metas.get(name) for name in _FIRST),
        *_linked_days(tree),
        *_items(tree),
        *(metas.get(name) for name in _OTHERS),
    ]
    return next((date for value in given if value and (date := iso_date(value))), None)


def language(tree: Element) -> str | None:
    """The language that the page says it is in."""
    metas = dict(reversed([*_metas(tree)]))
    given = (tree.get("lang"), metas.get("content-language"), metas.get("og:locale"))
    return next((code for value in given if (code := language_code(value))), None)


def _metas(tree: Element) -> Iterator[tuple[str, str]]:
    for meta in tree.iter("meta"):
        content = meta.get("content")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = meta.get(attribute)
            if name and content:
                yield name.strip().lower(), content


def _items(tree: Element) -> Iterator[str]:
    for element in tree.iter("time", "span", "meta"):
        if element.get("itemprop", "").lower() == _ITEM or element.get("pubdate") is not None:
            yield element.get("datetime") or element.get("content") or ""


def linked_data(tree: Element) -> Iterator[Any]:
    """What the page's JSON-LD holds, script by script."""
    scripts = (
        script.text or ""
        for script in tree.iter("script")
        if script.get("type", "").lower().startswith("application/ld+json")
    )
    for _, text in zip(range(_MOST_SCRIPTS), scripts, strict=False):
        if len(text) > _MOST_SCRIPT:
            continue
        try:
            yield json.loads(text, strict=False)  # many have line breaks in their strings
        except (ValueError, RecursionError):
            continue  # a page may hold any nonsense


def _linked_days(tree: Element) -> Iterator[str]:
    """The days in the page's JSON-LD that belong to an article."""
    for value in linked_data(tree):
        yield from _articles(value, DEEPEST)


def _articles(value: Any, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(value, dict):
        kinds = value.get("@type")
        given = value.get("datePublished")
        if isinstance(given, str) and any(_ARTICLE.search(kind) for kind in _strings(kinds)):
            yield given
        yield from _articles([*value.values()], depth - 1)
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict | list):
                yield from _articles(inner, depth - 1)


def _strings(value: object) -> Iterable[str]:
    values = value if isinstance(value, list) else [value]
    return (each for each in values if isinstance(each, str))
