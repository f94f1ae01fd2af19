"""Are the articles what they were when they came: texts, bytes, segments, counts?"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from sqlmodel import Session

from db.queries import checks
from db.queries.checks import ArticleRow, SpanRow
from workbench.formats.records import SCHEMA
from workbench.services.decisions import sentence_id
from workbench.services.faults import Fault


def faults(session: Session, done: Callable[[int], None]) -> Iterator[Fault]:
    """Whatever is wrong with an article, its bytes or its segments."""
    for article in checks.articles(session):
        for what in _of_text(article):
            yield Fault("article", article.public_id, what)
        for what in _of_raw(article):
            yield Fault("article_source", article.public_id, what)
        spans = checks.spans(session, article_id=article.id)
        live = [span for span in spans if not span.is_retired]
        retired = [span for span in spans if span.is_retired]
        for what in _of_counts(article, live):
            yield Fault("article", article.public_id, what)
        text = article.text.decode(errors="replace")
        for span, what in chain(_of_spans(article, text, live), _of_retired(text, retired)):
            yield Fault("sentence", sentence_id(article.public_id, span.start, span.end), what)
        done(1)
    for name, start, end in checks.without_successor(session):
        yield Fault("sentence", sentence_id(name, start, end), "nothing says what it became")
    for name in checks.queued_in_old_versions(session):
        yield Fault("article", name, "a newer version replaces it and it is still in the queue")


def _of_retired(text: str, spans: Sequence[SpanRow]) -> Iterator[tuple[SpanRow, str]]:
    """Outside the reading order and the queue, and still a piece of its text."""
    for span in spans:
        if span.position >= 0 or span.is_queued:
            yield span, "it was split or merged and still has its place or is in the queue"
        if not 0 <= span.start < span.end <= len(text):
            yield span, f"it lies outside its text of {len(text)} characters"


def _of_text(article: ArticleRow) -> Iterator[str]:
    if hashlib.sha256(article.text).hexdigest() != article.text_sha256:
        yield "its text is not the one that was stored (SHA-256 differs)"
    if not article.public_id.startswith(article.sha256[:16]):
        yield "its id does not belong to its SHA-256"


def _of_raw(article: ArticleRow) -> Iterator[str]:
    if article.raw is None:
        yield "its bytes are missing"
        return
    # One rebuilt from an export keeps the id of the bytes it never had, and has its text's own.
    wanted = article.text_sha256 if article.encoding == SCHEMA else article.sha256
    if hashlib.sha256(article.raw).hexdigest() != wanted:
        yield "its bytes are not those that came in (SHA-256 differs)"
    # Bytes and text have a hash each: a page's or a table's bytes are not its text decoded.


def _of_counts(article: ArticleRow, spans: Sequence[SpanRow]) -> Iterator[str]:
    n_queued = sum(span.is_queued for span in spans)
    if (article.n_segments, article.n_queued) != (len(spans), n_queued):
        yield (
            f"it counts {article.n_segments} segments with {article.n_queued} in the queue; "
            f"there are {len(spans)} with {n_queued}"
        )


def _of_spans(
    article: ArticleRow, text: str, spans: Sequence[SpanRow]
) -> Iterator[tuple[SpanRow, str]]:
    """Each in its place, in order, and no character between two of them but white space."""
    last = 0
    for position, span in enumerate(spans):
        if span.position != position:
            yield span, f"it is number {span.position} where number {position} belongs"
        if span.project_id != article.project_id:
            yield span, "it is in another project than its article"
        if not 0 <= span.start < span.end <= len(text):
            yield span, f"it lies outside its text of {len(text)} characters"
        elif span.start < last:
            yield span, f"it begins before the segment before it ends ({last})"
        elif text[last : span.start].strip():
            yield span, f"characters {last} to {span.start} before it are in no segment"
        last = max(last, span.end)
    if spans and text[last:].strip():
        yield spans[-1], f"the text after it, from character {last} on, is in no segment"
