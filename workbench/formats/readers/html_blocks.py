"""The blocks of a web page, put back into text that was taken out of it without them.

Trafilatura takes out a short article as the running text of one element, or of its JSON-LD:
headings, paragraphs, captions and list items follow each other as if they were sentences of one
paragraph. Of a very short page it makes a line of every word that is set off.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from typing import Any

from workbench.formats.readers import html_details

_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd"),
    *("details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer"),
    *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main"),
    *("menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot"),
    *("thead", "tr", "ul"),
}
_SILENT = {"head", "script", "style"}
_BODIES = ("articleBody", "reviewBody", "text")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENDED = re.compile(r"[.!?…:;]\W*$")
_KEY = 8  # characters by which pieces are found
_MOST_TRIES = 50_000  # for a page; what is not found until then stays as it is


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text of the page: without white space, as it stands, and the number of its block."""

    plain: str
    raw: str
    block: int


def restored(text: str, tree: "html_details.Element") -> str:
    """The text with a line for each block of the page.

    Only what is made of the page's own text, in its order, is changed, and nothing but where its
    lines end; what the page has between is passed over.

    Args:
        text: What was taken out of the page.
        tree: The page.
    """
    page = _Page(_all_pieces(tree))
    lines = text.split("\n")
    return "\n".join(page.broken(line) for line in page.joined(lines))


def _plain(text: str) -> str:
    joined = "".join(text.split())
    return joined if joined.isprintable() else "".join(filter(str.isprintable, joined))


def _all_pieces(tree: "html_details.Element") -> list[_Piece]:
    """Those of the page's JSON-LD and then those of the page, each block with its own number."""
    found: list[_Piece] = []
    for value in html_details.linked_data(tree):
        for body in _bodies(value, html_details.DEEPEST):
            for part in _parts(unescape(body)):
                found += _pieces(part, _next(found))
    return [*found, *_pieces(tree, _next(found))]


def _next(found: list[_Piece]) -> int:
    return found[-1].block + 1 if found else 0


def _bodies(value: Any, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(value, dict):
        yield from (value[key] for key in _BODIES if isinstance(value.get(key), str))
        value = [*value.values()]
    if isinstance(value, list):
        for inner in value:
            yield from _bodies(inner, depth - 1)


def _parts(body: str) -> "list[html_details.Element]":
    """The markup of a text; where it has none, an element for each of its lines."""
    from lxml import etree, html

    if not _MARKUP.search(body):
        lines = [html.Element("p") for _ in body.split("\n")]
        for element, line in zip(lines, body.split("\n"), strict=True):
            element.text = _CONTROL.sub("", line)
        return lines
    try:
        return [html.fragment_fromstring(_CONTROL.sub("", body), create_parent="div")]
    except (etree.LxmlError, AssertionError):
        return []


def _pieces(tree: "html_details.Element", block: int) -> list[_Piece]:
    from lxml import etree

    found: list[_Piece] = []
    silent: html_details.Element | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            if silent is None and element.tag in _SILENT:
                silent = element
            text = element.text
        else:
            silent = None if silent is element else silent
            text = element.tail
        block += element.tag in _BLOCKS
        if silent is None and text and (plain := _plain(text)):
            found.append(_Piece(plain, text, block))
    return found


@dataclass(slots=True)
class _Page:
    pieces: list[_Piece]
    places: dict[str, list[int]] = field(default_factory=dict)
    starts: dict[str, dict[str, None]] = field(default_factory=dict)
    n_tries: int = 0

    def __post_init__(self) -> None:
        for place, piece in enumerate(self.pieces):
            self.places.setdefault(piece.plain, []).append(place)
            self.starts.setdefault(piece.plain[:_KEY], {})[piece.plain] = None

    def joined(self, lines: list[str]) -> list[str]:
        """The lines, those of one block made one where every line is a text of the page."""
        plains = [_plain(line) for line in lines]
        if len(lines) < 2 or not all(plain in self.places for plain in plains):
            return lines
        found = self._made_of("".join(plains))
        if found is None or len(found) != len(lines):
            return lines
        made = [lines[0]]
        for (_, before), (_, after), line in zip(found, found[1:], lines[1:], strict=False):
            one, next_one = self.pieces[before], self.pieces[after]
            has_space = one.raw[-1:].isspace() or next_one.raw[:1].isspace()
            # Some pages have paragraphs that are no blocks: these end as sentences do.
            if one.block != next_one.block or (_ENDED.search(one.raw) and not has_space):
                made.append(line)
            else:
                made[-1] += f"{' ' if has_space else ''}{line}"
        return made

    def broken(self, line: str) -> str:
        """The line, or the lines that the page has of it."""
        plain = _plain(line)
        found = self._made_of(plain) if plain not in self.places else None
        if not found:
            return line
        # Where in the line each character stands that is no white space.
        offsets = [at for at, each in enumerate(line) if _plain(each)]
        parts, start = [], 0
        for (_, before), (end, after) in pairwise(found):
            if self.pieces[before].block != self.pieces[after].block:
                parts.append(line[start : offsets[end]].strip())
                start = offsets[end]
        return "\n".join([*parts, line[start:].strip()])

    def _made_of(self, plain: str) -> list[tuple[int, int]] | None:
        """The pieces that make a line: at which character each begins, and which it is."""
        # The last that it can begin with comes first: what a menu repeats stands before it.
        firsts = sorted(
            (place for piece in self._at(plain, 0) for place in self.places[piece]), reverse=True
        )
        failed: dict[int, int] = {}
        for first in firsts:
            if (found := self._from(plain, first, failed)) is not None:
                return found
        return None

    def _from(self, plain: str, first: int, failed: dict[int, int]) -> list[tuple[int, int]] | None:
        """The same, begun with one piece; `failed` keeps what led nowhere."""
        path = [(0, first)]
        waiting = [self._nexts(plain, 0, first, failed)]
        while path:
            at, piece = path[-1]
            if at + len(self.pieces[piece].plain) == len(plain):
                return path
            if self.n_tries > _MOST_TRIES:
                return None
            if not waiting[-1]:
                end = at + len(self.pieces[piece].plain)
                failed[end] = min(piece + 1, failed.get(end, piece + 1))
                path.pop()
                waiting.pop()
                continue
            step = waiting[-1].pop()
            path.append(step)
            waiting.append(self._nexts(plain, *step, failed))
        return None

    def _nexts(
        self, plain: str, at: int, piece: int, failed: dict[int, int]
    ) -> list[tuple[int, int]]:
        """What may follow a piece of the line, the nearest last."""
        end = at + len(self.pieces[piece].plain)
        if piece + 1 >= failed.get(end, len(self.pieces) + 1):
            return []
        found = []
        for text in self._at(plain, end):
            places = self.places[text]
            after = bisect_left(places, piece + 1)
            if after < len(places):
                found.append((end, places[after]))
        return sorted(found, reverse=True)

    def _at(self, plain: str, at: int) -> list[str]:
        """The pieces that the line goes on with at a character."""
        keys = {plain[at : at + n] for n in range(1, _KEY + 1)}
        found = []
        for key in keys:
            for piece in self.starts.get(key, ()):
                self.n_tries += 1
                if self.n_tries > _MOST_TRIES:
                    return []
                if plain.startswith(piece, at):
                    found.append(piece)
        return found
