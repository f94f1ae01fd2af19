"""Bring back what was labelled: our own exports and those of other tools, with their labels.

A record of our own export says which article and place it is: its article is found, or rebuilt.
A text of another tool is the sentence of that wording, or, where there is none, an article of its
own. Everybody who labelled gets an account that nobody signs in to, and their answers become
events as if they had been given here.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice
from uuid import NAMESPACE_URL, uuid5

from sqlmodel import Session

from db.models import Project
from db.queries import answers as queries
from workbench.errors import InputError
from workbench.formats.labelled import Decision, LabelledFound, LabelledText
from workbench.formats.readers import RecordFault
from workbench.services import coverage, labelled_articles, labelled_people, labelled_versions
from workbench.services.answers import Answer, give
from workbench.services.decisions import credible, parse_sentence_id
from workbench.services.import_reports import FileReport, FileTally
from workbench.services.labelled_files import Reading
from workbench.services.labelled_places import (
    Article,
    Place,
    Wordings,
    by_article,
    stored,
    texts_of,
    wording,
)
from workbench.services.permissions import Actor, Permission, check
from workbench.services.storing import store_all

AT_ONCE = 500
NOT_THERE = "Its article is here and has no such sentence, or another text stands there."


def take_in(
    session: Session,
    *,
    actor: Actor,
    project: Project,
    batch: int,
    file: str,
    read: Reading,
    now: datetime,
) -> FileReport:
    """Bring in the labels of one file, and the articles that it tells of and the project lacks.

    Args:
        session: The transaction: all good records of the file are in, or none.
        actor: Who imports.
        project: Where to.
        batch: The number of the import.
        file: The file's name.
        read: Reads the file from its beginning, as often as it is called.
        now: When.

    Returns:
        The report; every record that was not taken is among its faults.

    Raises:
        NotAllowedError: The actor may not import.
        ReaderError: The file as a whole cannot be read.
    """
    check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
    coverage.hold(session, project=project)
    return _Import(session, actor, project, batch, file, now).run(read)


class _Import:
    """One labelled file on its way in, read three times: wordings, articles, answers."""

    def __init__(  # what `take_in` was given
        self, session: Session, actor: Actor, project: Project, batch: int, file: str, now: datetime
    ) -> None:
        self._session, self._actor, self._project = session, actor, project
        self._batch, self._file, self._now = batch, file, now
        self._tally = FileTally(file)
        self._wordings = Wordings(session, project_id=project.id)
        self._last = self._article("")
        self._bad: dict[str, str] = {}
        self._remarks: dict[str, int] = {}
        self._n_answers = 0

    def run(self, read: Reading) -> FileReport:
        self._know_wordings(texts_of(read()))
        firsts = self._bring_articles(read)
        self._versions = queries.version_keys(self._session, project_id=self._project.id)
        order = sorted(firsts, key=labelled_people.by_number)
        people = labelled_people.reviewers(
            self._session,
            actor=self._actor,
            project=self._project,
            annotators=order,
            file=self._file,
            now=self._now,
        )
        for annotator in order:  # whoever came first in the export comes first here
            text, place = firsts[annotator]
            answers = [one for who, one in self._answers(text, place) if who == annotator]
            self._give(people[annotator], answers)
        placed = self._placed(texts_of(read()))
        while part := list(islice(placed, AT_ONCE)):
            given: dict[str | None, list[Answer]] = {}
            for text, place in part:
                for who, answer in self._answers(text, place, is_told=True):
                    given.setdefault(who, []).append(answer)
            for who, answers in given.items():
                self._give(people[who], answers)
        return self._reported()

    def _know_wordings(self, texts: Iterable[LabelledText]) -> None:
        label_set = guideline = 0
        wanted = set()
        for text in texts:
            if text.record is None:
                wanted.add(wording(text.text))
                continue
            for one in text.record.annotations:
                label_set = max(label_set, one.label_set)
                guideline = max(guideline, one.guideline)
        self._wordings.find(wanted)
        if labelled_versions.fill(
            self._session,
            actor=self._actor,
            project=self._project,
            label_set=label_set,
            guideline=guideline,
            now=self._now,
        ):
            self._remark("new versions of the label set or guideline, the same as before")

    def _bring_articles(self, read: Reading) -> dict[str | None, tuple[LabelledText, Place]]:
        """See that every article is there; whoever labelled, with the first text they did."""
        for name, group in by_article(self._without_faults(read())):
            if name:
                self._bring_article(name, list(group))
                continue
            while part := list(islice(group, AT_ONCE)):
                self._bring_texts(part)
        firsts: dict[str | None, tuple[LabelledText, Place]] = {}
        for text, place in self._placed(texts_of(read()), is_told=True):
            for decision in text.decisions:
                if _is_whole(decision):
                    firsts.setdefault(decision.annotator, (text, place))
        return firsts

    def _without_faults(self, found: Iterable[LabelledFound]) -> Iterator[LabelledText]:
        for one in found:
            if isinstance(one, LabelledText):
                yield one
            else:
                self._tally.refuse(RecordFault(one.where, one.reason))

    def _bring_article(self, name: str, group: list[LabelledText]) -> None:
        """Rebuild an article of our own export, unless it is here."""
        if self._article(name).is_there or name in self._bad:
            self._tally.add(labelled_articles.already(self._file, name))
            return
        once = {(text.record.start, text.record.end): text.record for text in group if text.record}
        try:
            article = labelled_articles.store_rebuilt(
                self._session,
                actor=self._actor,
                project=self._project,
                records=[once[place] for place in sorted(once)],
                file=self._file,
                batch=self._batch,
                now=self._now,
            )
        except InputError as error:
            self._bad[name] = str(error)
        else:
            self._tally.add(labelled_articles.added(self._file, article))

    def _bring_texts(self, part: list[LabelledText]) -> None:
        """Make articles of the texts that are the wording of no sentence here."""
        lacking = {wording(text.text): text for text in part if self._place(text) is None}
        reports = store_all(
            self._session,
            actor=self._actor,
            project=self._project,
            prepared=[labelled_articles.of_its_own(one, self._file) for one in lacking.values()],
            batch=self._batch,
            now=self._now,
        )
        for report in reports:
            self._tally.add(report)
            self._remark("texts in no article here, each now one of its own")
        self._wordings.find(lacking)

    def _article(self, name: str) -> Article:
        return Article(self._session, project_id=self._project.id, public_id=name)

    def _placed(
        self, texts: Iterable[LabelledText], *, is_told: bool = False
    ) -> Iterator[tuple[LabelledText, Place]]:
        """Every text that can be taken, with its sentence; the others are refused once."""
        for name, group in by_article(texts):
            article = self._article(name) if name else None
            for text in group:
                record = text.record
                if article is None or record is None:
                    place = self._place(text)
                else:
                    place = article.place(record.start, record.end, record.text)
                if place is not None:
                    yield text, place
                elif is_told:
                    why = self._bad.get(name, NOT_THERE)
                    self._tally.refuse(RecordFault(text.where, why))

    def _place(self, text: LabelledText) -> Place | None:
        """The sentence of another tool's text: the one it was sent out as, or of its wording."""
        if text.origin.sentence_id:
            with suppress(InputError):
                name, start, end = parse_sentence_id(text.origin.sentence_id)
                if name != self._last.public_id:
                    self._last = self._article(name)
                place = self._last.place(start, end, text.text)
                if place is not None:
                    return place
        return self._wordings.place(text.text)

    def _answers(
        self, text: LabelledText, place: Place, *, is_told: bool = False
    ) -> Iterator[tuple[str | None, Answer]]:
        for number, decision in enumerate(text.decisions):
            if not _is_whole(decision):
                if is_told and not decision.is_final:
                    self._remark("answers on a part of a text or on one label alone, not taken")
                continue
            answer = self._answer(text, number, decision, place)
            if answer is not None:
                yield decision.annotator, answer
            elif is_told:
                reason = "No version of the label set has all its labels. Add them, or map them."
                self._tally.refuse(RecordFault(text.where, reason))

    def _answer(
        self, text: LabelledText, number: int, decision: Decision, place: Place
    ) -> Answer | None:
        told = text.record.annotations[number] if text.record else None
        label_set = self._version(decision, told.label_set if told else None)
        if label_set is None:
            return None
        key = f"{self._project.slug}\n{self._file}\n{place.name}\n{decision.annotator}"
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

    def _give(self, reviewer_id: int, answers: list[Answer]) -> None:
        once = {answer.sentence_id: answer for answer in reversed(answers)}
        self._n_answers += give(
            self._session,
            project_id=self._project.id,
            reviewer_id=reviewer_id,
            answers=list(once.values())[::-1],
            versions=self._versions,
        )

    def _remark(self, what: str) -> None:
        self._remarks[what] = self._remarks.get(what, 0) + 1

    def _reported(self) -> FileReport:
        report = self._tally.report()
        answers = "1 answer" if self._n_answers == 1 else f"{self._n_answers:,} answers"
        told = [answers, *(f"{what}: {count:,}" for what, count in self._remarks.items())]
        return replace(report, reason="; ".join([*told, *filter(None, [report.reason])]))


def _is_whole(decision: Decision) -> bool:
    """Whether it is one person's answer to the whole text."""
    return not (decision.is_final or decision.is_partial or decision.spans)
