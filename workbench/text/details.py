"""What an article says about itself: title, standfirst, author, outlet, agency, dates by role."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.text.bylines import read_byline
from workbench.text.dates import (
    date_tail,
    find_date,
    is_date_line,
    read_date,
    read_scraped,
    read_update,
)
from workbench.text.kinds import Kind
from workbench.text.lines import MAX_LINE
from workbench.text.looks import looks_like_heading
from workbench.text.outlets import find_agency, find_outlet, without_outlet
from workbench.text.segments import Segment

MAX_STANDFIRST = 1_000
"""The longest standfirst that is given, in code points; a longer one is cut at a sentence."""

_NO_TITLE = frozenset(
    {Kind.BOILERPLATE, Kind.BYLINE, Kind.DATELINE, Kind.CAPTION, Kind.CREDIT, Kind.STANDFIRST}
)


@dataclass(frozen=True, slots=True)
class Details:
    """An article's own words about itself; None where it says nothing clear.

    The dates are ISO dates, "2016-10-14", or "2016-10" where no day is given.

    Attributes:
        title: the headline.
        outlet: who published it, as written; an agency that sent it is none.
        author: who wrote it, as written.
        published: when it was published. No other role ever stands in for it.
        standfirst: what stands between the headline and the report, a line for each block.
        agency: the news agency that sent it, as written.
        updated: when the page says that it was last changed.
        scraped: when a scraper or a feed came by.
    """

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    standfirst: str | None = None
    agency: str | None = None
    updated: str | None = None
    scraped: str | None = None


def find_details(text: str, segments: Sequence[Segment]) -> Details:
    """Read an article's details from its segments.

    A date of publication stands on a line of its own or, with a year, in a dateline. The day a
    scraper came by and the day of the last update have roles of their own.

    Args:
        text: the article.
        segments: what `segment(text)` returned.
    """
    lines = [(found.kind, _flat(text, found)) for found in segments if found.kind is not Kind.BODY]
    datelines = [line for kind, line in lines if kind is Kind.DATELINE]
    furniture = [line for kind, line in lines if kind in {Kind.BOILERPLATE, Kind.DATELINE}]
    signed = [date_tail(line) for kind, line in lines if kind is Kind.BYLINE]
    dates = [read_date(line) for line in (*datelines, *signed)]
    filed = [find_date(line) for line in datelines if not is_date_line(line)]
    title, named = without_outlet(_title(text, segments) or "")
    outlet, agency = find_outlet(lines) or named, find_agency(lines)
    return Details(
        title=title or None,
        outlet=outlet,
        author=_first(read_byline(line)[0] for kind, line in lines if kind is Kind.BYLINE),
        published=_first(dates) or _first(filed),
        standfirst=_standfirst(text, segments),
        agency=agency if agency and agency not in (outlet or "") else None,
        updated=_first(map(read_update, furniture)),
        scraped=_first(read_scraped(line) for kind, line in lines if kind is Kind.BOILERPLATE),
    )


def _title(text: str, segments: Sequence[Segment]) -> str | None:
    for found in _of_kind(segments, Kind.HEADLINE):
        return _flat(text, found)
    for found in segments:
        if found.kind not in _NO_TITLE:
            line = _flat(text, found)
            return line if looks_like_heading(line) else None
    return None


def _standfirst(text: str, segments: Sequence[Segment]) -> str | None:
    whole = ""
    end = 0
    for found in _of_kind(segments, Kind.STANDFIRST):
        gap = "\n" if "\n" in text[end : found.start] else " "
        piece = _flat(text, found, MAX_STANDFIRST)
        if whole and len(whole) + len(piece) >= MAX_STANDFIRST:
            break
        whole += gap + piece if whole else piece
        end = found.end
    return whole or None


def _of_kind(segments: Sequence[Segment], kind: Kind) -> Iterator[Segment]:
    return (found for found in segments if found.kind is kind)


def _flat(text: str, found: Segment, longest: int = MAX_LINE) -> str:
    """Return a segment's text on one line; a longer one than any heading is cut."""
    return " ".join(text[found.start : min(found.end, found.start + longest)].split())


def _first(found: Iterable[str | None]) -> str | None:
    return next((value for value in found if value), None)
