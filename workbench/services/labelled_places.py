"""Which sentence a labelled text is: by its place in its article, or by its wording."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from db.queries import answers as queries
from db.queries.answers import SentenceSpan
from workbench.formats.labelled import LabelledText
from workbench.services.decisions import parse_sentence_id, sentence_id

ARTICLES_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence that is here: its public id, and its keys."""

    name: str
    span: SentenceSpan


def stored(text: str) -> str:
    """A text as it is stored: NUL, which no article holds, replaced one for one as at import."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def wording(text: str) -> bytes:
    """What is the same for texts that differ in white space only: 16 bytes."""
    return hashlib.sha256(" ".join(stored(text).split()).encode(errors="surrogatepass")).digest()[
        :16
    ]


class Wordings:
    """The sentences of a project by their wording, as far as they are asked for."""

    def __init__(self, *, project_id: int, wanted: Iterable[bytes]) -> None:
        """Know none yet."""
        self._project_id = project_id
        self._missing = set(wanted)
        self._found: dict[bytes, Place] = {}
        self._last = 0  # the newest article that was read
        self.is_complete = not self._missing

    def read_some(self, session: Session) -> None:
        """Read some of the articles that were not read yet.

        The first sentence of a wording stands for it.
        """
        n = 0
        for article, spans in queries.articles_with_spans(
            session, project_id=self._project_id, above=self._last, limit=ARTICLES_AT_ONCE
        ):
            self._last, n = article.id, n + 1
            for span in spans:
                key = wording(article.text[span.start : span.end])
                if key in self._missing:
                    self._missing.discard(key)
                    name = sentence_id(article.public_id, span.start, span.end)
                    self._found[key] = Place(name, span)
        self.is_complete = n < ARTICLES_AT_ONCE or not self._missing

    def see_again(self, session: Session, texts: Iterable[LabelledText]) -> None:
        """See how the sentences of these texts are now; those that are gone are forgotten."""
        found = {key: one for text in texts if (one := self._found.get(key := wording(text.text)))}
        spans = {key: parse_sentence_id(one.name) for key, one in found.items()}
        names = {name for name, _, _ in spans.values()}
        there = articles(session, project_id=self._project_id, names=names)
        for key, (name, start, end) in spans.items():
            del self._found[key]
            if place := there[name].at(start, end):
                self._found[key] = place

    def keep(self, text: str, place: Place) -> None:
        """Know where a wording stands from now on."""
        self._found[wording(text)] = place

    def place(self, text: str) -> Place | None:
        """The first sentence of this wording."""
        return self._found.get(wording(text))


class Article:
    """One article: its sentences by their places."""

    def __init__(self, public_id: str, text: str, spans: Sequence[SentenceSpan]) -> None:
        """Take its text and its sentences; without any it is not there."""
        self.public_id = public_id
        self.is_there = bool(spans)
        self._text = text
        self._by_place = {(span.start, span.end): span for span in spans}

    def at(self, start: int, end: int) -> Place | None:
        """The sentence that stands there."""
        span = self._by_place.get((start, end))
        return Place(sentence_id(self.public_id, start, end), span) if span else None

    def place(self, start: int, end: int, text: str) -> Place | None:
        """The sentence that stands there, if it is this text but for white space."""
        own = self._text[start:end]
        is_same = own == text or wording(own) == wording(text)
        return self.at(start, end) if is_same else None

    def find(self, text: str) -> Place | None:
        """The first sentence that is this text but for white space."""
        return next((one for span in self._by_place if (one := self.place(*span, text))), None)


def articles(session: Session, *, project_id: int, names: Iterable[str]) -> dict[str, Article]:
    """The articles of these public ids; one that is not there has no sentence."""
    found = {name: Article(name, "", ()) for name in names}
    for whole, spans in queries.articles_named(
        session, project_id=project_id, public_ids=found.keys()
    ):
        found[whole.public_id] = Article(whole.public_id, whole.text, spans)
    return found
