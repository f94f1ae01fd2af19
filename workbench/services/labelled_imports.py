"""Bring back what was labelled: our own exports and those of other tools, with their labels.

A record of our own export says which article and place it is: its article is found, or rebuilt.
A text of another tool is the sentence of that wording, or, where there is none, an article of its
own. Everybody who labelled gets an account that nobody signs in to, and their answers become
events as if they had been given here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice

from sqlmodel import Session

from db.models import Project
from db.queries import answers as queries
from workbench.errors import InputError
from workbench.formats.labelled import Decision, LabelledFound, LabelledText
from workbench.formats.readers import RecordFault
from workbench.formats.records import Record
from workbench.services import coverage, labelled_articles, labelled_people, labelled_versions
from workbench.services.answers import Answer, give
from workbench.services.decisions import parse_sentence_id
from workbench.services.import_reports import FileReport, FileTally
from workbench.services.labelled_answers import Written
from workbench.services.labelled_files import Reading
from workbench.services.labelled_places import (
    Article,
    Place,
    Wordings,
    articles,
    in_parts,
    texts_of,
    wording,
)
from workbench.services.permissions import Actor, Permission, check
from workbench.services.storing import store_all

AT_ONCE = 500
Again = Callable[[], Iterator[LabelledFound]]
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
    with read.by_article() as again:
        return _Import(session, actor, project, batch, file, now).run(again)


class _Import:
    """One labelled file on its way in, read twice: articles, then answers.

    That of another tool is read for its wordings before.
    """

    def __init__(  # what `take_in` was given
        self, session: Session, actor: Actor, project: Project, batch: int, file: str, now: datetime
    ) -> None:
        self._session, self._actor, self._project = session, actor, project
        self._batch, self._file, self._now = batch, file, now
        self._tally = FileTally(file)
        self._wordings = Wordings(session, project_id=project.id)
        self._last = Article("", "", ())
        self._versions_told = (0, 0)
        self._bad: dict[str, str] = {}
        self._remarks, self._n_answers = Counter[str](), 0

    def run(self, read: Again) -> FileReport:
        self._know_wordings(texts_of(read()))
        firsts = self._bring_articles(read)
        self._fill_versions()
        self._versions = queries.version_keys(self._session, project_id=self._project.id)
        self._written = Written(f"{self._project.slug}\n{self._file}", self._versions, self._now)
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
        placed = self._all_placed(texts_of(read()))
        while part := list(islice(placed, AT_ONCE)):
            given: dict[str | None, list[Answer]] = {}
            for text, place in part:
                for who, answer in self._answers(text, place, is_told=True):
                    given.setdefault(who, []).append(answer)
            for who, answers in given.items():
                self._give(people[who], answers)
        return self._reported()

    def _know_wordings(self, texts: Iterator[LabelledText]) -> None:
        first = next(texts, None)
        if first is not None and first.record is None:
            self._wordings.find({wording(text.text) for text in chain([first], texts)})

    def _fill_versions(self) -> None:
        label_set, guideline = self._versions_told
        if labelled_versions.fill(
            self._session,
            actor=self._actor,
            project=self._project,
            label_set=label_set,
            guideline=guideline,
            now=self._now,
        ):
            self._remark("new versions of the label set or guideline, the same as before")

    def _bring_articles(self, read: Again) -> dict[str | None, tuple[LabelledText, Place]]:
        """See that every article is there; whoever labelled, with the first text they did."""
        firsts: dict[str | None, tuple[LabelledText, Place]] = {}
        for part in in_parts(self._without_faults(read()), at_once=AT_ONCE):
            if "" in part:
                self._bring_texts(part[""])
            known = self._bring_whole({name: part[name] for name in part if name})
            for text, place in self._placed(part, known, is_told=True):
                self._note_versions(text)
                for decision in text.decisions:
                    if _is_whole(decision):
                        firsts.setdefault(decision.annotator, (text, place))
        return firsts

    def _note_versions(self, text: LabelledText) -> None:
        label_set, guideline = self._versions_told
        for one in text.record.annotations if text.record else ():
            label_set, guideline = max(label_set, one.label_set), max(guideline, one.guideline)
        self._versions_told = label_set, guideline

    def _without_faults(self, found: Iterable[LabelledFound]) -> Iterator[LabelledText]:
        for one in found:
            if isinstance(one, LabelledText):
                yield one
            else:
                self._tally.refuse(RecordFault(one.where, one.reason))

    def _bring_whole(self, groups: dict[str, list[LabelledText]]) -> dict[str, Article]:
        """Rebuild articles of our own export, but those that are here; all that are here then."""
        known = self._articles(groups)
        lacking = {
            name: _records(group)
            for name, group in groups.items()
            if not known[name].is_there and name not in self._bad
        }
        stored = labelled_articles.store_rebuilt(
            self._session,
            actor=self._actor,
            project=self._project,
            groups=list(lacking.values()),
            file=self._file,
            batch=self._batch,
            now=self._now,
        )
        outcomes = dict(zip(lacking, stored, strict=True))
        for name in groups:
            outcome = outcomes.get(name)
            if isinstance(outcome, InputError):
                self._bad[name] = str(outcome)
            elif outcome is None:
                self._tally.add(labelled_articles.already(self._file, name))
            else:
                self._tally.add(labelled_articles.added(self._file, outcome))
        return known | self._articles(lacking)

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

    def _articles(self, names: Iterable[str]) -> dict[str, Article]:
        return articles(self._session, project_id=self._project.id, names=names)

    def _all_placed(self, texts: Iterable[LabelledText]) -> Iterator[tuple[LabelledText, Place]]:
        for part in in_parts(texts, at_once=AT_ONCE):
            yield from self._placed(part, self._articles(name for name in part if name))

    def _placed(
        self,
        part: dict[str, list[LabelledText]],
        known: dict[str, Article],
        *,
        is_told: bool = False,
    ) -> Iterator[tuple[LabelledText, Place]]:
        """Every text that can be taken, with its sentence; the others are refused once."""
        for name, group in part.items():
            article = known.get(name)
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
                    self._last = self._articles([name])[name]
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
            answer = self._written(text, number, place)
            if answer is not None:
                yield decision.annotator, answer
            elif is_told:
                reason = "No version of the label set has all its labels. Add them, or map them."
                self._tally.refuse(RecordFault(text.where, reason))

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
        self._remarks[what] += 1

    def _reported(self) -> FileReport:
        report = self._tally.report()
        answers = "1 answer" if self._n_answers == 1 else f"{self._n_answers:,} answers"
        told = [answers, *(f"{what}: {count:,}" for what, count in self._remarks.items())]
        return replace(report, reason="; ".join([*told, *filter(None, [report.reason])]))


def _records(group: list[LabelledText]) -> list[Record]:
    """The records of one article in the order of its text, each place once."""
    once = {(text.record.start, text.record.end): text.record for text in group if text.record}
    return [once[place] for place in sorted(once)]


def _is_whole(decision: Decision) -> bool:
    """Whether it is one person's answer to the whole text."""
    return not (decision.is_final or decision.is_partial or decision.spans)
