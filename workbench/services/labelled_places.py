"""Which sentence a labelled text is: by its place in its article, or by its wording."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

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
    """One article that is there: its sentences by their places."""

    def __init__(self, session: Session, *, project_id: int, public_id: str) -> None:
        """Read its sentences and its text."""
        spans = queries.spans(session, project_id=project_id, article=public_id)
        self.public_id = public_id
        self.is_there = bool(spans)
        self._by_place = {(span.start, span.end): span for span in spans}
        found = queries.text_of(session, project_id=project_id, article=public_id)
        self._text = found or ""

    def place(self, start: int, end: int, text: str) -> Place | None:
        """The sentence that stands there, if it is this text but for white space."""
        span = self._by_place.get((start, end))
        if span is None or wording(self._text[start:end]) != wording(text):
            return None
        return Place(sentence_id(self.public_id, start, end), span)


def texts_of(found: Iterable[LabelledFound]) -> Iterator[LabelledText]:
    """What was read, without the faults."""
    return (one for one in found if isinstance(one, LabelledText))


def by_article(
    texts: Iterable[LabelledText],
) -> Iterator[tuple[str, Iterator[LabelledText]]]:
    """The texts of one article after the other; those of no article under the empty name."""
    return groupby(texts, key=lambda text: text.record.article.id if text.record else "")
