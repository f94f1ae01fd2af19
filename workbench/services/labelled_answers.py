"""A decision of a labelled file as an answer that can be written down here."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from db.queries.answers import VersionKeys
from workbench.formats.labelled import Decision, LabelledText
from workbench.services.answers import Answer
from workbench.services.decisions import credible
from workbench.services.labelled_places import Place, stored


class Written:
    """Writes the decisions of one file as answers, the same whenever the file comes in again."""

    def __init__(self, key: str, versions: VersionKeys, now: datetime) -> None:
        """Take what tells the file from others, the versions that are here, and the time."""
        self._key = key
        self._versions = versions
        self._now = now

    def __call__(self, text: LabelledText, number: int, place: Place) -> Answer | None:
        """The decision of this number on a sentence; None if no version has all its labels."""
        decision = text.decisions[number]
        told = text.record.annotations[number] if text.record else None
        label_set = self._version(decision, told.label_set if told else None)
        if label_set is None:
            return None
        key = f"{self._key}\n{place.name}\n{decision.annotator}"
        return Answer(
            op_id=str(uuid5(NAMESPACE_URL, key)),
            sentence=place.name,
            sentence_id=place.span.id,
            article_id=place.span.article_id,
            is_queued=place.span.is_queued,
            labels=None if decision.skipped else decision.labels,
            check_worthiness=decision.check_worthiness,
            comment=decision.comment and stored(decision.comment),
            active_ms=decision.active_ms,
            decided_at=credible(decision.decided_at, now=self._now) or self._now,
            label_set=label_set,
            guideline=told.guideline if told else max(self._versions.guidelines),
            suggestion_shown=bool(told and told.suggestion_shown),
        )

    def _version(self, decision: Decision, told: int | None) -> int | None:
        """The version it was given under, if that has its labels; else the newest that has."""
        labels = set(decision.labels)
        order = sorted(self._versions.labels, key=lambda one: (one == told, one), reverse=True)
        return next((one for one in order if labels <= self._versions.labels[one].keys()), None)
