"""Lines that recur in a source's articles: furniture that no rule for single lines can know.

A line of a menu is nothing to see by itself, but three stories that carry it word for word have
it from the page. Two things recur as well and must be kept: sentences, and everything in the
copies of one wire story, its headings included.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from workbench.text.kinds import Kind, Verdict
from workbench.text.looks import reads_as_prose

FEWEST = 3
"""In so many stories a line must stand before it is furniture."""

RECURRING: Verdict = (Kind.BOILERPLATE, "A line that several articles of this source carry.")

_KINDS = frozenset({Kind.BODY, Kind.SUBHEAD, Kind.STANDFIRST})
_SHARE = 0.33  # of its sentences by length; articles that share more tell one story
_FIGURES = re.compile(r"\d+")

Pieces = Sequence[tuple[Kind, str]]
"""The segments of one article, each with its kind and its text."""


def line_key(kind: Kind, piece: str) -> str | None:
    """Return what must be the same in two lines to count as one, or None for what never counts.

    A headline never counts, nor does what reads as a sentence, whichever the language: a claim
    that many articles repeat is still a claim. Case, white space and figures are left out, since
    a line may hold a counter or a day.
    """
    if kind not in _KINDS or reads_as_prose(piece):
        return None
    return _wording(piece)


def recurs(kind: Kind, piece: str, lines: Collection[str]) -> bool:
    """Tell whether a segment is one of the recurring lines; quick where it is none."""
    return bool(lines) and _wording(piece) in lines and line_key(kind, piece) is not None


def recurring_lines(articles: Sequence[Pieces], *, fewest: int = FEWEST) -> frozenset[str]:
    """Find the lines that stand in several stories of one source or import.

    Copies of a wire story count as one story: articles are copies where sentences that make up
    a third of one stand in the other.

    Args:
        articles: the articles of one source or one import, best of many; each piece of a sort
            that may be boilerplate counts once an article.
        fewest: in how many stories a line must stand.

    Returns:
        The keys of the lines; a segment is boilerplate, as `RECURRING` says, where `line_key` of
        it is among them. The time is linear in the length of all articles.
    """
    carriers = _carriers(articles, fewest)
    if not carriers:  # as a rule: what reads as a sentence need not be found out then
        return frozenset()
    story = _stories(articles)
    return frozenset(
        key for key, numbers in carriers.items() if len({story[n] for n in numbers}) >= fewest
    )


def _carriers(articles: Sequence[Pieces], fewest: int) -> dict[str, set[int]]:
    """The lines that enough articles carry, each with those articles."""
    same: defaultdict[str, set[int]] = defaultdict(set)
    for number, pieces in enumerate(articles):
        for kind, piece in pieces:
            if kind in _KINDS:
                same[_wording(piece)].add(number)
    wanted = {wording for wording, numbers in same.items() if len(numbers) >= fewest}
    carriers: defaultdict[str, set[int]] = defaultdict(set)
    for number, pieces in enumerate(articles if wanted else ()):
        for kind, piece in pieces:
            if recurs(kind, piece, wanted):
                carriers[_wording(piece)].add(number)
    return {key: numbers for key, numbers in carriers.items() if len(numbers) >= fewest}


def _wording(piece: str) -> str:
    return " ".join(_FIGURES.sub("0", piece.casefold()).split())


def _stories(articles: Sequence[Pieces]) -> list[int]:
    """Return for each article the number of the first one that tells the same story."""
    first: dict[str, int] = {}
    story = list(range(len(articles)))
    for number, pieces in enumerate(articles):
        sentences = set(_sentences(pieces))
        length = sum(map(len, sentences))
        shared: Counter[int] = Counter()
        for sentence in sentences:
            # Only the first article with a sentence is compared, so many copies cost no more.
            shared[story[first.setdefault(sentence, number)]] += len(sentence)
        del shared[number]
        for other, common in shared.most_common(1):
            if common >= length * _SHARE:
                story[number] = other
    return story


def _sentences(pieces: Iterable[tuple[Kind, str]]) -> Iterator[str]:
    for kind, piece in pieces:
        if kind is Kind.BODY and reads_as_prose(piece):
            yield " ".join(piece.casefold().split())
