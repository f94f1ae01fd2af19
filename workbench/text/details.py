"""What an article says about itself: title, outlet, author, day of publication."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.text.bylines import read_byline
from workbench.text.dates import find_date, is_date_line, read_date
from workbench.text.kinds import Kind
from workbench.text.lines import MAX_LINE
from workbench.text.looks import looks_like_heading
from workbench.text.outlets import find_outlet, without_outlet
from workbench.text.segmenting import Segment

_NO_TITLE = frozenset(
    {Kind.BOILERPLATE, Kind.BYLINE, Kind.DATELINE, Kind.CAPTION, Kind.CREDIT, Kind.STANDFIRST}
)


@dataclass(frozen=True, slots=True)
class Details:
    """An article's own words about itself; None where it says nothing clear.

    Attributes:
        title: the headline.
        outlet: who published it, as written; an agency that sent it is none.
        author: who wrote it, as written.
        published: an ISO date, "2016-10-14", or "2016-10" where no day is given.
    """

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None


def find_details(text: str, segments: Sequence[Segment]) -> Details:
    """Read an article's details from its segments.

    A date of publication stands on a line of its own or, with a year, in a dateline. The day a
    scraper came by and the day of the last update are boilerplate and say nothing here.

    Args:
        text: the article.
        segments: what `segment(text)` returned.
    """
    lines = [(found.kind, _flat(text, found)) for found in segments if found.kind is not Kind.BODY]
    datelines = [line for kind, line in lines if kind is Kind.DATELINE]
    dates = [read_date(line) for line in datelines]
    filed = [find_date(line) for line in datelines if not is_date_line(line)]
    title, named = without_outlet(_title(text, segments) or "")
    return Details(
        title=title or None,
        outlet=find_outlet(lines) or named,
        author=_first(read_byline(line)[0] for kind, line in lines if kind is Kind.BYLINE),
        published=_first(dates) or _first(filed),
    )


def _title(text: str, segments: Sequence[Segment]) -> str | None:
    for found in _of_kind(segments, Kind.HEADLINE):
        return _flat(text, found)
    for found in segments:
        if found.kind not in _NO_TITLE:
            line = _flat(text, found)
            return line if looks_like_heading(line) else None
    return None


def _of_kind(segments: Sequence[Segment], kind: Kind) -> Iterator[Segment]:
    return (found for found in segments if found.kind is kind)


def _flat(text: str, found: Segment) -> str:
    """Return a segment's text on one line; a longer one than any heading is cut."""
    return " ".join(text[found.start : min(found.end, found.start + MAX_LINE)].split())


def _first(found: Iterable[str | None]) -> str | None:
    return next((value for value in found if value), None)
