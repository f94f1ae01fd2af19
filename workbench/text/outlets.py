"""Outlets: who published an article, as far as the article says so."""

import re
from collections.abc import Iterable, Iterator, Sequence

from workbench.text.agencies import BROADCASTERS, MEDIA
from workbench.text.bylines import is_agency, read_byline, read_source
from workbench.text.datelines import dateline_agency
from workbench.text.kinds import Kind

_NAME = r"(?:[Tt]he )?[^\W\d_a-z][\w'’.&-]*(?: (?:of |and |& )?[^\W_a-z][\w'’.&-]*){0,4}"
_SUFFIX = re.compile(rf"\s(?P<sign>[|–—-]|::?|»)\s(?P<outlet>{_NAME})$")
_COPYRIGHT = re.compile(
    rf"(?:©|\([Cc]\)|[Cc]opyright)[\s©,]*+(?:\([Cc]\))?\s*(?:by )?"
    rf"(?:\d{{4}}[\s,–-]*){{0,2}}(?:by )?"
    rf"(?P<outlet>{_NAME})(?:[.,]| \d{{4}}| [Aa]ll [Rr]ights| –|$)"
)
_FOR = re.compile(rf"\bfor (?P<outlet>{_NAME})\W*$")
_MEDIA = re.compile(MEDIA)
_SOURCE = re.compile(r"[(\[](?P<source>[^()\[\]]{2,30})[)\]]$")


def find_outlet(lines: Sequence[tuple[Kind, str]]) -> str | None:
    """Find the outlet in an article's bylines, notes and credits.

    An agency sends to others, so its name is not the outlet's; neither is the name that a
    dateline gives, be it in a byline as well.

    Args:
        lines: the segments that are not body, with their kinds, in order.
    """
    senders = {dateline_agency(line) for kind, line in lines if kind is Kind.DATELINE}
    named = (*_named_in_bylines(lines), *_named_below(lines))
    return next((name for name in named if name not in senders and _publishes(name)), None)


def find_agency(lines: Sequence[tuple[Kind, str]]) -> str | None:
    """Find the news agency that sent an article.

    Its dateline names it, or the byline, or a credit that is nothing but its name. A byline of a
    name and a place is an agency's where the name stands under a picture as well.

    Args:
        lines: the segments that are not body, with their kinds, in order.
    """
    for kind, line in lines:
        named = dateline_agency(line) if kind is Kind.DATELINE else None
        if named:
            return named
    pictures = (line for kind, line in lines if kind in {Kind.CAPTION, Kind.CREDIT})
    sources = {found["source"] for found in map(_SOURCE.search, pictures) if found}
    for kind, line in lines:
        house = line.partition(",")[0]
        if kind is Kind.BYLINE and house in sources:
            return house
    bylines = (name for name in _named_in_bylines(lines) if not _publishes(name))
    credits = (line.strip("()[]. ") for kind, line in lines if kind is Kind.CREDIT)
    return next(iter((*bylines, *(name for name in credits if not _publishes(name)))), None)


def without_outlet(title: str) -> tuple[str, str | None]:
    """Part a title from the outlet behind it: "Bridge falls | Orlen Post".

    Behind a dash there must be a name of an outlet's sort, behind a bar any name will do.
    """
    found = _SUFFIX.search(title)
    if found and (found["sign"] in "|»" or _MEDIA.search(found["outlet"])):
        return title[: found.start()].rstrip(), found["outlet"]
    return title, None


def _named_in_bylines(lines: Iterable[tuple[Kind, str]]) -> Iterator[str]:
    for kind, line in lines:
        outlet = read_byline(line)[1] if kind is Kind.BYLINE else None
        if outlet:
            yield outlet


def _named_below(lines: Iterable[tuple[Kind, str]]) -> Iterator[str]:
    """Yield what source lines, copyright notes and, last, credits name."""
    outside = [(kind, line) for kind, line in lines if kind is not Kind.HEADLINE]
    for _, line in outside:
        named = read_source(line)
        if named:
            yield named
    for kind, line in outside:
        pattern = {Kind.BOILERPLATE: _COPYRIGHT, Kind.CREDIT: _FOR}.get(kind)
        found = pattern.search(line) if pattern else None
        if found:
            yield found["outlet"].rstrip(".")


def _publishes(name: str) -> bool:
    return name in BROADCASTERS or not is_agency(name)
