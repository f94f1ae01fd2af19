"""A part of a labelled file as it is stored: its articles, who labelled them, their answers."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from db.models import Project
from db.queries import answers as queries
from db.queries.answers import VersionKeys
from workbench.errors import InputError
from workbench.formats.labelled import LabelledText
from workbench.formats.readers import RecordFault
from workbench.services import coverage, labelled_articles, labelled_people, labelled_versions
from workbench.services.answers import Answer, give
from workbench.services.decisions import parse_sentence_id
from workbench.services.labelled_answers import Written
from workbench.services.labelled_articles import RebuiltArticle
from workbench.services.labelled_places import Article, Place, Wordings, articles, wording
from workbench.services.labelled_surveys import Groups, Part, Survey, article_of, is_whole
from workbench.services.labelled_tallies import LabelledTally
from workbench.services.permissions import Actor, Permission, check
from workbench.services.storing import store_all

NOT_THERE = "Its article is here and has no such sentence, or another text stands there."
NO_LABEL = "No version of the label set has all its labels. Add them, or map them."

Placed = list[tuple[LabelledText, Place]]


@dataclass(slots=True)
class Known:
    """What is known of a labelled file and its project from one part to the next.

    Attributes:
        file: The file's name.
        survey: What is known of the file.
        wordings: Where texts of other tools stand here.
        there: The articles of the file that were here before.
        people: The accounts of those who labelled, as far as they were met.
        versions: The label sets and guidelines; none before the first answer.
        reported: The articles of which the report says already what became of them.
    """

    file: str
    survey: Survey
    wordings: Wordings
    there: set[str] = field(default_factory=set)
    people: dict[str | None, int] = field(default_factory=dict)
    versions: VersionKeys = field(default_factory=lambda: VersionKeys({}, {}, {}))
    reported: set[str] = field(default_factory=set)


def store_part(
    part: Part,
    known: Known,
    session: Session,
    tally: LabelledTally,
    *,
    actor: Actor,
    project: Project,
    batch: int,
    now: datetime,
) -> None:
    """Store a part of a labelled file: articles, and the answers on them.

    Args:
        part: What of the file.
        known: What is known of it; more afterwards.
        session: The transaction.
        tally: Where to count what became of it.
        actor: Who imports.
        project: Where to.
        batch: The number of the import.
        now: When.

    Raises:
        NotAllowedError: The actor may not import.
        InputError: It names a version of the label set or guideline that cannot be.
    """
    check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
    coverage.hold(session, project=project)
    _Storing(session, known, tally, actor, project, batch, now).store(part)


@dataclass(frozen=True, slots=True)
class _Storing:
    """One part on its way in."""

    session: Session
    known: Known
    tally: LabelledTally
    actor: Actor
    project: Project
    batch: int
    now: datetime
    bad: dict[str, str] = field(default_factory=dict)

    def store(self, part: Part) -> None:
        for fault in part.faults:
            self.tally.refuse(RecordFault(fault.where, fault.reason))
        placed = self._placed(part)
        if not placed:
            return
        self._fill_versions()
        self._give_firsts(part.firsts, placed)
        if part.is_begun:
            return
        given: dict[str | None, list[Answer]] = {}
        for text, place in placed:
            self.tally.place()
            for who, answer in self._answers(text, place, is_told=True):
                given.setdefault(who, []).append(answer)
        for who, answers in given.items():
            self._give(who, answers)

    def _placed(self, part: Part) -> Placed:
        """Every text that can be taken, with its sentence; the others are refused."""
        groups = {name: group for name, group in part.groups.items() if name}
        there = self._bring_whole(part, groups)
        others = self._placed_by_wording(part.groups.get("", []))
        placed: Placed = []
        for text in part.texts():
            record = text.record
            if record is None:
                place = others.get(text.where)
            else:
                place = there[record.article.id].place(record.start, record.end, record.text)
            if place is not None:
                placed.append((text, place))
            elif not part.is_begun:  # it comes again
                why = self.bad.get(article_of(text), NOT_THERE)
                self.tally.refuse(RecordFault(text.where, why))
        return placed

    def _bring_whole(self, part: Part, groups: Groups) -> dict[str, Article]:
        """Rebuild articles of our own export, but those that are here; all that are here then."""
        there = self._articles(groups)
        lacking: dict[str, RebuiltArticle] = {}
        for name, group in groups.items():
            if not there[name].is_there:
                rebuilt = part.rebuilt.get(name) or labelled_articles.rebuilt(group)
                if isinstance(rebuilt, InputError):
                    self.bad[name] = str(rebuilt)
                else:
                    lacking[name] = rebuilt
        stored = labelled_articles.store_rebuilt(
            self.session,
            actor=self.actor,
            project=self.project,
            rebuilt=list(lacking.values()),
            file=self.known.file,
            batch=self.batch,
            now=self.now,
        )
        added = dict(zip(lacking, stored, strict=True))
        for name in groups:
            if name in self.bad or name in self.known.reported:
                continue
            self.known.reported.add(name)
            self.tally.add(
                labelled_articles.added(self.known.file, added[name])
                if name in added
                else labelled_articles.already(self.known.file, name)
            )
        return there | self._articles(lacking)

    def _articles(self, names: Iterable[str]) -> dict[str, Article]:
        return articles(self.session, project_id=self.project.id, names=names)

    def _placed_by_wording(self, texts: list[LabelledText]) -> dict[str, Place]:
        """Texts of other tools: where they were sent out from, else the sentence of the wording.

        What is the wording of no sentence here becomes an article.
        """
        if not texts:
            return {}
        placed = {text.where: place for text, place in self._sent_out(texts)}
        others = [text for text in texts if text.where not in placed]
        wordings = self.known.wordings
        wordings.see_again(self.session, others)
        lacking = {wording(text.text): text for text in others if wordings.place(text.text) is None}
        self._bring_texts(list(lacking.values()))
        for text in others:
            if place := wordings.place(text.text):
                placed[text.where] = place
        return placed

    def _sent_out(self, texts: list[LabelledText]) -> Iterator[tuple[LabelledText, Place]]:
        asked: list[tuple[LabelledText, tuple[str, int, int]]] = []
        for text in texts:
            if text.origin.sentence_id:
                with suppress(InputError):
                    asked.append((text, parse_sentence_id(text.origin.sentence_id)))
        there = self._articles({name for _, (name, _, _) in asked})
        for text, (name, start, end) in asked:
            place = there[name].place(start, end, text.text)
            if place is not None:
                yield text, place

    def _bring_texts(self, texts: list[LabelledText]) -> None:
        """Make articles of texts that are the wording of no sentence here."""
        reports = store_all(
            self.session,
            actor=self.actor,
            project=self.project,
            prepared=[labelled_articles.of_its_own(one, self.known.file) for one in texts],
            batch=self.batch,
            now=self.now,
        )
        there = self._articles(report.article for report in reports)
        for text, report in zip(texts, reports, strict=True):
            self.tally.add(report)
            self.tally.remark("texts in no article here, each now one of its own")
            if place := there[report.article].find(text.text):
                self.known.wordings.keep(text.text, place)

    def _fill_versions(self) -> None:
        if self.known.versions.label_sets:
            return
        if labelled_versions.fill(
            self.session,
            actor=self.actor,
            project=self.project,
            label_set=self.known.survey.label_set,
            guideline=self.known.survey.guideline,
            now=self.now,
        ):
            self.tally.remark("new versions of the label set or guideline, the same as before")
        self.known.versions = queries.version_keys(self.session, project_id=self.project.id)

    def _give_firsts(self, annotators: Iterable[str | None], placed: Placed) -> None:
        places = {text.where: place for text, place in placed}
        for annotator in annotators:
            text = self.known.survey.firsts[annotator]
            if place := places.get(text.where):
                answers = self._answers(text, place)
                self._give(annotator, [one for who, one in answers if who == annotator])

    def _answers(
        self, text: LabelledText, place: Place, *, is_told: bool = False
    ) -> Iterator[tuple[str | None, Answer]]:
        key = f"{self.project.slug}\n{self.known.file}"
        written = Written(key, self.known.versions, self.now)
        for number, decision in enumerate(text.decisions):
            if not is_whole(decision):
                if is_told and not decision.is_final:
                    self.tally.remark(
                        "answers on a part of a text or on one label alone, not taken"
                    )
                continue
            answer = written(text, number, place)
            if answer is not None:
                yield decision.annotator, answer
            elif is_told:
                self.tally.refuse(RecordFault(text.where, NO_LABEL))

    def _give(self, who: str | None, answers: list[Answer]) -> None:
        once = {answer.sentence_id: answer for answer in reversed(answers)}
        n = give(
            self.session,
            project_id=self.project.id,
            reviewer_id=self._person(who),
            answers=list(once.values())[::-1],
            versions=self.known.versions,
        )
        self.tally.answer(n)

    def _person(self, who: str | None) -> int:
        if who not in self.known.people:
            self.known.people[who] = labelled_people.reviewer(
                self.session,
                actor=self.actor,
                project=self.project,
                annotator=who,
                number=self.known.survey.annotators.get(who, 0),
                file=self.known.file,
                now=self.now,
            )
        return self.known.people[who]
