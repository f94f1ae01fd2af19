"""How well and how fast articles are cut: F1 of boundaries and of whole sentences.

`python -m tests.bench.segmenting` prints the table, this workbench beside the bare engine. The
articles and sentences are those of tests/text, written for the project.
"""

import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from tests.text.articles import ARTICLES
from tests.text.manners import MANNERS
from tests.text.marked import Gold
from tests.text.tongues import TONGUES, UNSPACED
from workbench.text.engine import sentence_ends
from workbench.text.segmenting import segment

Cutter = Callable[[str, str], set[tuple[int, int]]]


class Score(NamedTuple):
    """F1 over boundaries, F1 over exact pieces, how many pieces, and pieces a second."""

    boundary: float
    exact: float
    n: int
    speed: float


def bare(text: str, language: str) -> set[tuple[int, int]]:
    """The engine alone, line by line."""
    found, at = set(), 0
    for line in text.splitlines(keepends=True):
        ends = [*sentence_ends(line, language), len(line)]
        for start, end in zip([0, *ends], ends, strict=False):
            piece = line[start:end]
            if piece.strip():
                left = at + start + len(piece) - len(piece.lstrip())
                found.add((left, at + start + len(piece.rstrip())))
        at += len(line)
    return found


def ours(text: str, language: str) -> set[tuple[int, int]]:
    return {(piece.start, piece.end) for piece in segment(text, language)}


def spans(gold: Gold) -> set[tuple[int, int]]:
    found, at = set(), 0
    for _, piece in gold.segments:
        start = gold.text.index(piece, at)
        at = start + len(piece)
        found.add((start, at))
    return found


def f1(expected: set, found: set) -> float:
    return 2 * len(expected & found) / max(1, len(expected) + len(found))


def score(golds: Iterable[tuple[Gold, str]], cutter: Cutter) -> Score:
    """Count over all texts together; the end of a text is no boundary that could be missed."""
    expected, found, ends, cut = set(), set(), set(), set()
    seconds = 0.0
    for number, (gold, language) in enumerate(golds):
        start = time.process_time()
        pieces = cutter(gold.text, language)
        seconds += time.process_time() - start
        last = len(gold.text.rstrip())
        expected |= {(number, *span) for span in spans(gold)}
        found |= {(number, *span) for span in pieces}
        ends |= {(number, end) for _, end in spans(gold) if end < last}
        cut |= {(number, end) for _, end in pieces if end < last}
    return Score(f1(ends, cut), f1(expected, found), len(expected), len(found) / max(seconds, 1e-9))


def tongue(language: str) -> Gold:
    text = ("" if language in UNSPACED else " ").join(TONGUES[language])
    return Gold(text, [("body", sentence) for sentence in TONGUES[language]])


def row(name: str, golds: list[tuple[Gold, str]]) -> None:
    # The second run counts: the first loads the models.
    for cutter in (ours, bare):
        score(golds, cutter)
    mine, engine = score(golds, ours), score(golds, bare)
    print(
        f"{name:26} {mine.n:5}  {mine.boundary:.3f}  {mine.exact:.3f}  {mine.speed:8,.0f}"
        f"   {engine.boundary:.3f}  {engine.exact:.3f}  {engine.speed:8,.0f}"
    )


def main() -> None:
    print(f"{'':33}------- workbench -------  --------- engine --------")
    print(f"{'':30} n  bound.  exact  pieces/s   bound.  exact  pieces/s")
    for name, gold in {**ARTICLES, **MANNERS}.items():
        row(name, [(gold, "en")])
    row("all articles", [(gold, "en") for gold in {**ARTICLES, **MANNERS}.values()])
    for language in TONGUES:
        row(language, [(tongue(language), language)])
    row("all languages", [(tongue(language), language) for language in TONGUES])


if __name__ == "__main__":
    main()
