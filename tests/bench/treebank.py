"""How well any sentences that somebody else has cut are found again: F1 on a treebank.

`python -m tests.bench.treebank FILE... [--language en] [--as paragraphs] [--show 20]` takes
CoNLL-U files, or plain text with one sentence a line and an empty line between paragraphs. It
puts the sentences together as an article has them, cuts it as `workbench segment` does, and prints
how many boundaries and whole sentences come out as they went in.
"""

import argparse
import itertools
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench.segmenting import Score, bare, ours, score
from tests.text.marked import Gold

LAYOUTS = ("paragraphs", "line", "wrapped")
"""A line for each paragraph; the whole document in one line; paragraphs wrapped at 72 columns."""

UNSPACED = frozenset({"ja", "km", "lo", "my", "th", "zh"})
"""Languages in which nothing stands between two sentences."""

COLUMNS = 72
_DOCUMENT = re.compile(r"#\s*newdoc\b")
_PARAGRAPH = re.compile(r"#\s*newpar\b|\d.*\bNewPar=Yes\b")
_TEXT = re.compile(r"#\s*text\s*=\s?(.*)")


class Sentence(NamedTuple):
    """A sentence of a treebank, and whether a paragraph or a document begins with it."""

    text: str
    opens_paragraph: bool = False
    opens_document: bool = False


def read(path: Path) -> list[Sentence]:
    """Read a treebank: CoNLL-U if it says so by name, one sentence a line otherwise."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(_conllu(lines) if path.suffix == ".conllu" else _plain(lines))


def golds(sentences: list[Sentence], layout: str, language: str) -> list[Gold]:
    """Put the sentences of each document together as an article has them."""
    starts = [n for n, sentence in enumerate(sentences) if n == 0 or sentence.opens_document]
    return [
        _document(sentences[start:end], layout, "" if language in UNSPACED else " ")
        for start, end in itertools.pairwise([*starts, len(sentences)])
    ]


def _conllu(lines: list[str]) -> Iterator[Sentence]:
    text, paragraph, document = "", False, False
    for line in [*lines, ""]:
        found = _TEXT.match(line)
        if found:
            text = " ".join(found[1].split())
        paragraph = paragraph or _PARAGRAPH.match(line) is not None
        document = document or _DOCUMENT.match(line) is not None
        if not line and text:
            yield Sentence(text, paragraph or document, document)
            text, paragraph, document = "", False, False


def _plain(lines: list[str]) -> Iterator[Sentence]:
    opens = False
    for line in lines:
        if line.strip():
            yield Sentence(" ".join(line.split()), opens)
        opens = not line.strip()


def _document(sentences: list[Sentence], layout: str, space: str) -> Gold:
    starts = [n for n, sentence in enumerate(sentences) if n == 0 or sentence.opens_paragraph]
    if layout == "line":
        starts = [0]
    written, pieces = [], []
    for start, end in itertools.pairwise([*starts, len(sentences)]):
        paragraph = [sentence.text for sentence in sentences[start:end]]
        if layout == "wrapped":
            lines = textwrap.wrap(
                space.join(paragraph), COLUMNS, break_long_words=False, break_on_hyphens=False
            )
            written.append("\n".join(lines))
            paragraph = list(_wrapped(written[-1], paragraph))
        else:
            written.append(space.join(paragraph))
        pieces.extend(("body", text) for text in paragraph)
    return Gold("\n\n".join(written), pieces)


def _wrapped(text: str, paragraph: list[str]) -> Iterator[str]:
    """Find each sentence again where some of its spaces became line ends."""
    at = 0
    for sentence in paragraph:
        found = re.compile(r"\s+".join(map(re.escape, sentence.split()))).search(text, at)
        if found is None:
            raise ValueError(f"This sentence is lost in wrapping: {sentence!r}.")
        at = found.end()
        yield found[0]


def missed(gold: Gold, language: str) -> Iterator[str]:
    """Say of each difference what stands around it: `|` was expected, `/` was found."""
    text, last = gold.text, len(gold.text.rstrip())
    ends, at = set(), 0
    for _, piece in gold.segments:
        at = text.index(piece, at) + len(piece)
        ends.add(at)
    found = {end for _, end in ours(text, language)}
    for end in sorted((ends ^ found) - {last}):
        mark = "|" if end in ends else "/"
        yield f"{text[max(0, end - 50) : end]} {mark} {text[end : end + 40].strip()}".replace(
            "\n", "⏎"
        )


def scores(path: Path, layout: str, language: str) -> tuple[Score, Score]:
    """Return what this workbench reaches on a file, and what the bare engine does."""
    documents = [(gold, language) for gold in golds(read(path), layout, language)]
    return score(documents, ours), score(documents, bare)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.treebank", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--language", default="en", help="its code, such as de or pt")
    parser.add_argument("--as", dest="layout", choices=LAYOUTS, default=LAYOUTS[0])
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N differences")
    asked = parser.parse_args()
    print(f"{'':40}  sentences  boundaries  whole   engine alone")
    for path in asked.files:
        mine, engine = scores(path, asked.layout, asked.language)
        print(
            f"{path.name[-40:]:40}  {mine.n:9}  {mine.boundary:10.3f}  {mine.exact:.3f}"
            f"   {engine.boundary:.3f}  {engine.exact:.3f}"
        )
        differences = (
            line
            for gold in golds(read(path), asked.layout, asked.language)
            for line in missed(gold, asked.language)
        )
        for line in itertools.islice(differences, asked.show):
            print(f"    {line}")


if __name__ == "__main__":
    main()
