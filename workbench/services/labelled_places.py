"""Which sentence a labelled text is: by its place in its article, or by its wording."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from db.queries import answers as queries
from db.queries.answers import SentenceSpan
from workbench.formats.labelled import LabelledFound, LabelledText
from workbench.services.decisions import sentence_id

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
    """The sentences of a project by their wording, as far as they were asked for."""

    def __init__(self, session: Session, *, project_id: int) -> None:
        """Know none yet."""
        self._session = session
        self._project_id = project_id
        self._found: dict[bytes, Place] = {}
        self._last = 0  # the newest article that was read

    def find(self, wanted: Iterable[bytes]) -> None:
        """Read the articles that came since the last time, and keep what is wanted of them.

        The first sentence of a wording stands for it.
        """
        missing = set(wanted) - self._found.keys()
        if not missing:
            return
        for article, spans in queries.articles_with_spans(
            self._session, project_id=self._project_id, above=self._last, at_once=ARTICLES_AT_ONCE
        ):
            self._last = article.id
            for span in spans:
                key = wording(article.text[span.start : span.end])
                if key in missing and key not in self._found:
                    name = sentence_id(article.public_id, span.start, span.end)
                    self._found[key] = Place(name, span)

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

    def place(self, start: int, end: int, text: str) -> Place | None:
        """The sentence that stands there, if it is this text but for white space."""
        span = self._by_place.get((start, end))
        if span is None:
            return None
        own = self._text[start:end]
        if own != text and wording(own) != wording(text):
            return None
        return Place(sentence_id(self.public_id, start, end), span)


def articles(session: Session, *, project_id: int, names: Iterable[str]) -> dict[str, Article]:
    """The articles of these public ids; one that is not there has no sentence."""
    found = {name: Article(name, "", ()) for name in names}
    for whole, spans in queries.articles_named(
        session, project_id=project_id, public_ids=found.keys()
    ):
        found[whole.public_id] = Article(whole.public_id, whole.text, spans)
    return found


def texts_of(found: Iterable[LabelledFound]) -> Iterator[LabelledText]:
    """What was read, without the faults."""
    return (one for one in found if isinstance(one, LabelledText))


def in_parts(
    texts: Iterable[LabelledText], *, at_once: int
) -> Iterator[dict[str, list[LabelledText]]]:
    """Some hundred texts at a time, by the article they are of; those of none by the empty name.

    Those of one article that stand one after the other stay together, however many they are.
    """
    part: dict[str, list[LabelledText]] = {}
    n, last = 0, ""
    for text in texts:
        name = text.record.article.id if text.record else ""
        is_apart = name != last or not name
        if is_apart and part and (n >= at_once or (name and name in part)):
            yield part
            part, n = {}, 0
        part.setdefault(name, []).append(text)
        n, last = n + 1, name
    if part:
        yield part
