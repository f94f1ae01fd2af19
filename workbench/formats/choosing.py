"""Which sentences a training set holds: filters that are kept in its manifest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from workbench.errors import InputError
from workbench.formats.final_labels import LabelChoice, LabelSource
from workbench.formats.records import Record
from workbench.text.kinds import Kind

NONE = "none"
"""Asks for the sentences whose final label is an explicit none."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a sentence has to be to get in; what is left out asks for nothing.

    Attributes:
        whose: Whose labels; all but `all` leave out what has no final label.
        labels: Keys of which the final label holds one; "none" is an explicit none.
        kinds: Kinds of segment.
        outlets: Who published the article, as written.
        sources: How the final label came about, as in `label_source`.
        annotators: Pseudonyms of which one decided on the sentence.
        published_from: The first day or month of publication, `2026-03-01` or `2026-03`.
        published_to: The last one.
        min_annotations: How many annotations that were not skipped.
    """

    whose: LabelChoice = LabelChoice.GOLD
    labels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    annotators: tuple[str, ...] = ()
    published_from: str | None = None
    published_to: str | None = None
    min_annotations: int = 0

    def __post_init__(self) -> None:
        """Refuse what can never be met.

        Raises:
            InputError: A kind or source that does not exist, or a span of days that is none.
        """
        _known("kind", self.kinds, tuple(str(kind) for kind in Kind))
        _known("label source", self.sources, tuple(str(source) for source in LabelSource))
        if self.min_annotations < 0:
            message = "The fewest annotations are 0 or more."
            raise InputError(message)
        for day in (self.published_from, self.published_to):
            if day is not None and not _is_day(day):
                message = f"'{day[:20]}' is no day or month. Give 2026-03-01 or 2026-03."
                raise InputError(message)

    def takes(self, record: Record) -> bool:
        """Whether a sentence gets in; whose labels it bears is settled before."""
        return (
            (not self.labels or self._has_label(record))
            and (not self.kinds or record.kind in self.kinds)
            and (not self.outlets or record.article.outlet in self.outlets)
            and (not self.sources or record.label_source in self.sources)
            and (not self.annotators or self._is_by(record))
            and record.n_annotations >= self.min_annotations
            and self._is_published(record.article.published)
        )

    def _has_label(self, record: Record) -> bool:
        if any(label in self.labels for label in record.labels):
            return True
        is_none = not record.labels and record.label_source != LabelSource.NONE
        return is_none and NONE in self.labels

    def _is_by(self, record: Record) -> bool:
        return any(one.annotator in self.annotators for one in record.annotations)

    def _is_published(self, day: str | None) -> bool:
        if self.published_from is None and self.published_to is None:
            return True
        if day is None:
            return False
        first, last = self.published_from, self.published_to
        # A month holds its days: compared as far as the shorter of the two goes.
        return (first is None or day[: len(first)] >= first[: len(day)]) and (
            last is None or day[: len(last)] <= last[: len(day)]
        )

    def told(self) -> dict[str, object]:
        """What was asked for, by name, in a fixed order; nothing that was not."""
        told: dict[str, object] = {"whose": str(self.whose)}
        for field in fields(self)[1:]:
            value = getattr(self, field.name)
            if value:
                told[field.name] = sorted(value) if isinstance(value, tuple) else value
        return told


def chosen(records: Iterable[Record], filters: Filters) -> Iterator[Record]:
    """The sentences that get in, in the order they came."""
    return (record for record in records if filters.takes(record))


def _known(what: str, given: tuple[str, ...], known: tuple[str, ...]) -> None:
    for one in given:
        if one not in known:
            message = f"There is no {what} '{one[:40]}'. There are: {', '.join(known)}."
            raise InputError(message)


def _is_day(day: str) -> bool:
    parts = day.split("-")
    return (
        [len(part) for part in parts] in ([4], [4, 2], [4, 2, 2])
        and all(part.isascii() and part.isdigit() for part in parts)
        and (len(parts) < 2 or 1 <= int(parts[1]) <= 12)
        and (len(parts) < 3 or 1 <= int(parts[2]) <= 31)
    )
