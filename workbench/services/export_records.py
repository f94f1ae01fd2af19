"""From the rows of the database to the records of an export, one article at a time."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from db.queries.export_lookups import ArticleText, Versions
from db.queries.exports import COLUMNS, DecisionRow
from workbench.formats.final_labels import (
    FinalLabel,
    LabelChoice,
    LabelSource,
    lower_median,
    settle,
)
from workbench.formats.records import SCHEMA, Record, RecordAnnotation, RecordArticle

_ARTICLE, _START, _END, _KIND, _POSITION, _IS_QUEUED, _WIRE_CLUSTER, _ANNOTATOR = map(
    COLUMNS.index,
    ("article_id", "start", "end", "kind", "position", "is_queued", "wire_cluster", "annotator"),
)
_by_article = itemgetter(_ARTICLE)
_by_annotator = itemgetter(_ANNOTATOR)
_by_position = itemgetter(_POSITION)
_UNSETTLED = LabelSource.NONE.value


def by_article(parts: Iterable[Sequence[DecisionRow]]) -> Iterator[list[DecisionRow]]:
    """The rows of one article after the other."""
    rows = (row for part in parts for row in part)
    for _, group in groupby(rows, key=_by_article):
        yield list(group)


def article_id(rows: list[DecisionRow]) -> int:
    """The key of the article that rows belong to."""
    key: int = rows[0][_ARTICLE]
    return key


def in_batches(
    articles: Iterable[list[DecisionRow]], *, n_rows: int
) -> Iterator[list[list[DecisionRow]]]:
    """Whole articles together, until they have `n_rows` rows: their texts are fetched at once."""
    batch: list[list[DecisionRow]] = []
    size = 0
    for rows in articles:
        batch.append(rows)
        size += len(rows)
        if size >= n_rows:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class Assembler:
    """Makes the records of one export.

    Attributes:
        n_records: Records made.
        n_voted: Sentences met that have an annotation that votes.
        n_not_queued: Sentences met that are not queued: somebody had decided about them.
    """

    def __init__(self, versions: Versions, *, keys: tuple[str, ...], choice: LabelChoice) -> None:
        """Take what the keys in a row stand for, the labels in their order, and whose to give."""
        self._versions = versions
        self._keys = keys
        self._choice = choice
        self._labels_of: dict[str | None, tuple[str, ...]] = {None: ()}
        self._undecided = settle((), keys=keys)
        self._single: dict[tuple[str, ...], FinalLabel] = {}
        self.n_records = 0
        self.n_voted = 0
        self.n_not_queued = 0

    def records(self, rows: list[DecisionRow], article: ArticleText) -> list[Record]:
        """The records of an article, in the order of its text."""
        sentences = _by_sentence(rows)
        whole, public_id = article.text, article.public_id
        texts = [whole[same[0][_START] : same[0][_END]] for same in sentences]
        queued = [same[0][_IS_QUEUED] for same in sentences]
        before = _last_queued(texts, queued)
        after = _last_queued(texts[::-1], queued[::-1])[::-1]
        source = _article(article)
        decided = self._decided
        every = self._choice is LabelChoice.ALL
        found: list[Record] = []
        self.n_not_queued += len(queued) - sum(queued)
        for same, text, left, right in zip(sentences, texts, before, after, strict=True):
            annotations, final, worth = decided(same)
            if final.n_annotations:
                self.n_voted += 1
            if final.source == _UNSETTLED and not every:
                continue
            row = same[0]
            start, end = row[_START], row[_END]
            found.append(
                Record(
                    SCHEMA,
                    f"{public_id}:{start}-{end}",
                    text,
                    row[_KIND],
                    final.labels,
                    final.source,
                    final.votes,
                    final.n_annotations,
                    worth,
                    annotations,
                    source,
                    start,
                    end,
                    row[_POSITION],
                    left,
                    right,
                    row[_WIRE_CLUSTER],
                    None,
                )
            )
        self.n_records += len(found)
        return found

    def _decided(
        self, same: Sequence[DecisionRow]
    ) -> tuple[tuple[RecordAnnotation, ...], FinalLabel, int | None]:
        """The annotations of a sentence, the final label they make, and its check-worthiness."""
        if len(same) == 1:  # nobody or one person: most sentences
            if same[0][_ANNOTATOR] is None:
                return (), self._undecided, None
            annotation = self._annotation(same[0])
            if annotation.skipped:
                return (annotation,), self._undecided, None
            return (annotation,), self._alone(annotation.labels), annotation.check_worthiness
        annotations = tuple([self._annotation(row) for row in sorted(same, key=_by_annotator)])
        voting = [one for one in annotations if not one.skipped]
        worth = [one.check_worthiness for one in voting if one.check_worthiness is not None]
        given = tuple([one.labels for one in voting])
        return annotations, settle(given, keys=self._keys), lower_median(worth)

    def _alone(self, labels: tuple[str, ...]) -> FinalLabel:
        final = self._single.get(labels)
        if final is None:
            final = self._single[labels] = settle((labels,), keys=self._keys)
        return final

    def _annotation(self, row: DecisionRow) -> RecordAnnotation:
        (
            annotator,
            status,
            label_ids,
            check_worthiness,
            comment,
            active_ms,
            decided_at,
            label_set_id,
            guideline_id,
            suggestion_shown,
        ) = row[_ANNOTATOR:]
        skipped = status == "skipped"
        return RecordAnnotation(
            f"A{annotator}",
            () if skipped else self._labels(label_ids),
            check_worthiness,
            skipped,
            comment,
            active_ms,
            decided_at,
            self._versions.label_sets[label_set_id],
            self._versions.guidelines[guideline_id],
            bool(suggestion_shown),
        )

    def _labels(self, label_ids: str | None) -> tuple[str, ...]:
        # A few combinations come a hundred thousand times: each is taken apart once.
        known = self._labels_of.get(label_ids)
        if known is None:
            ids = (label_ids or "").split(",")
            known = tuple(sorted(self._versions.labels[int(one)] for one in ids))
            self._labels_of[label_ids] = known
        return known


def _by_sentence(rows: list[DecisionRow]) -> Sequence[Sequence[DecisionRow]]:
    if len(set(map(_by_position, rows))) == len(rows):  # no sentence has a second decision
        return list(zip(rows, strict=True))
    sentences: list[list[DecisionRow]] = []
    last = None
    for row in rows:
        if row[_POSITION] == last:
            sentences[-1].append(row)
        else:
            last = row[_POSITION]
            sentences.append([row])
    return sentences


def _last_queued(texts: list[str], queued: list[bool]) -> list[str | None]:
    """For each text the last one before it that is a sentence."""
    if all(queued):
        return [None, *texts[:-1]]
    found: list[str | None] = []
    last = None
    for text, is_queued in zip(texts, queued, strict=True):
        found.append(last)
        if is_queued:
            last = text
    return found


def _article(article: ArticleText) -> RecordArticle:
    return RecordArticle(
        article.public_id,
        article.title,
        article.outlet,
        article.author,
        article.published,
        article.url,
        article.source_name,
        article.sha256,
    )
