"""Counts the facts of a data card while the records pass on their way into a file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from workbench.formats.about import About
from workbench.formats.card.agreement import Pattern, label_agreement, set_agreement
from workbench.formats.card.facts import CardFacts, Range, ReviewerFacts
from workbench.formats.final_labels import LabelSource
from workbench.formats.records import Record, RecordAnnotation
from workbench.formats.splitting import Split


class Collector:
    """What was counted so far. Memory grows with reviewers, outlets and wire copies alone."""

    def __init__(self, about: About) -> None:
        """Begin at nothing.

        Args:
            about: What the records do not say; its labels are counted in their order.
        """
        self._about = about
        self._n: Counter[str] = Counter()
        self._final: Counter[tuple[tuple[str, ...], str]] = Counter()
        self._kinds: Counter[str] = Counter()
        self._outlets: Counter[str | None] = Counter()
        self._splits: Counter[str] = Counter()
        self._worth: Counter[int] = Counter()
        self._patterns: Counter[Pattern] = Counter()
        self._wire: set[str] = set()
        self._published = _Span()
        self._decided = _Span()
        self._versions: Counter[tuple[int, int]] = Counter()
        self._reviewers: dict[str, _Reviewer] = {}
        self._article = ""

    def passing(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records as they come, counted on their way; those of one article in a row."""
        for record in records:
            self.add(record)
            yield record

    def add(self, record: Record) -> None:
        """Count one record."""
        n, article = self._n, record.article
        n["sentences"] += 1
        n["characters"] += len(record.text)
        if article.id != self._article:
            self._article = article.id
            n["articles"] += 1
        self._final[record.labels, record.label_source] += 1
        self._kinds[record.kind] += 1
        self._outlets[article.outlet] += 1
        self._published.stretch(article.published)
        n["undated"] += article.published is None
        if record.split is not None:
            self._splits[record.split] += 1
        if record.check_worthiness is not None:
            self._worth[record.check_worthiness] += 1
        if record.wire_cluster is not None:
            n["wire"] += 1
            self._wire.add(record.wire_cluster)
        for one in record.annotations:
            self._add_annotation(one)
        voted = [one.labels for one in record.annotations if not one.skipped]
        self._patterns[tuple(sorted(voted))] += 1

    def _add_annotation(self, one: RecordAnnotation) -> None:
        reviewer = self._reviewers.get(one.annotator)
        if reviewer is None:
            reviewer = self._reviewers[one.annotator] = _Reviewer()
        reviewer.given[None if one.skipped else one.labels] += 1
        reviewer.active_ms += one.active_ms
        self._decided.stretch(one.decided_at)
        self._versions[one.label_set, one.guideline] += 1
        self._n["shown"] += one.suggestion_shown
        self._n["comments"] += bool(one.comment)

    def facts(self) -> CardFacts:
        """What was counted."""
        n, keys, unsettled = self._n, self._about.keys, LabelSource.NONE.value
        settled = Counter[tuple[str, ...]]()
        sources = Counter[str]()
        for (labels, source), count in self._final.items():
            sources[source] += count
            if source != unsettled:
                settled[labels] += count
        voted = self._patterns + Counter(self._about.unsettled_votes)
        return CardFacts(
            about=self._about,
            n_sentences=n["sentences"],
            n_articles=n["articles"],
            n_characters=n["characters"],
            n_labels={key: _held(settled, key) for key in keys},
            n_explicit_none=settled[()],
            n_unsettled=sources[unsettled],
            n_together={pair: _held(settled, *pair) for pair in combinations(keys, 2)},
            n_sources={str(s): sources[s] for s in LabelSource if sources[s]},
            n_kinds=dict(sorted(self._kinds.items())),
            n_outlets=dict(sorted(self._outlets.items(), key=lambda it: (-it[1], it[0] or ""))),
            n_splits={str(split): self._splits[split] for split in Split if self._splits[split]},
            n_worth=dict(sorted(self._worth.items())),
            n_votes=dict(sorted(self._n_votes().items())),
            n_wire_sentences=n["wire"],
            n_wire_clusters=len(self._wire),
            published=self._published.range(),
            n_undated=n["undated"],
            decided=self._decided.range(),
            label_sets=tuple(sorted({label_set for label_set, _ in self._versions})),
            guidelines=tuple(sorted({guideline for _, guideline in self._versions})),
            n_shown=n["shown"],
            n_comments=n["comments"],
            reviewers=self._reviewer_facts(),
            agreement=(
                *(label_agreement(voted, key) for key in keys),
                set_agreement(voted),
            ),
            n_unanimous=sum(
                count
                for pattern, count in voted.items()
                if len(pattern) > 1 and len(set(pattern)) == 1
            ),
        )

    def _n_votes(self) -> Counter[int]:
        votes: Counter[int] = Counter()
        for pattern, count in self._patterns.items():
            votes[len(pattern)] += count
        return votes

    def _reviewer_facts(self) -> tuple[ReviewerFacts, ...]:
        by_number = sorted(self._reviewers.items(), key=lambda item: int(item[0][1:]))
        return tuple(
            ReviewerFacts(
                annotator=name,
                n_annotations=reviewer.given.total() - reviewer.given[None],
                n_skipped=reviewer.given[None],
                n_labels={key: _held(reviewer.given, key) for key in self._about.keys},
                active_ms=reviewer.active_ms,
            )
            for name, reviewer in by_number
        )


class _Reviewer:
    """What one reviewer gave, and None for each time they skipped."""

    def __init__(self) -> None:
        self.given: Counter[tuple[str, ...] | None] = Counter()
        self.active_ms = 0


class _Span:
    """The first and last of what was seen; ISO times sort as they are written."""

    def __init__(self) -> None:
        self._first: str | None = None
        self._last: str | None = None

    def stretch(self, seen: str | None) -> None:
        if seen is None:
            return
        self._first = seen if self._first is None else min(self._first, seen)
        self._last = seen if self._last is None else max(self._last, seen)

    def range(self) -> Range:
        return Range(self._first, self._last)


def _held(counts: Counter[tuple[str, ...]] | Counter[tuple[str, ...] | None], *keys: str) -> int:
    """How often all of these labels were given together."""
    return sum(n for labels, n in counts.items() if labels and all(key in labels for key in keys))
