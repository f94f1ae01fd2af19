"""A labelled file looked through before anything of it is stored: who labelled, and how much.

Who comes first in an export is numbered first. That has to be known before the first answer of a
large file is stored, which may be long before its last one is read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from workbench.errors import InputError
from workbench.formats.labelled import Decision, LabelledFault, LabelledFound, LabelledText
from workbench.services import import_parts
from workbench.services.import_parts import Pace
from workbench.services.labelled_articles import RebuiltArticle
from workbench.services.labelled_places import wording

Groups = dict[str, list[LabelledText]]
"""Texts by the article they are of; those of none by the empty name."""


@dataclass(slots=True)
class Part:
    """What is stored of a labelled file at once.

    Attributes:
        groups: Its texts; all that the file tells of an article is in one part.
        faults: What of the file could not be read, by then.
        rebuilt: Its articles that were not here before, or why one cannot be rebuilt.
        firsts: Whose first answers come before all others, in this order.
        is_begun: Whether no more than the first answers is to be stored now.
    """

    groups: Groups = field(default_factory=dict)
    faults: list[LabelledFault] = field(default_factory=list)
    rebuilt: dict[str, RebuiltArticle | InputError] = field(default_factory=dict)
    firsts: tuple[str | None, ...] = ()
    is_begun: bool = False

    def texts(self) -> Iterator[LabelledText]:
        """Its texts."""
        return chain.from_iterable(self.groups.values())


@dataclass(slots=True)
class Survey:
    """What is known of a labelled file.

    Attributes:
        firsts: For each annotator the first text that they answered as a whole.
        told: All that the file tells of the articles of these texts.
        names: The articles that it tells of.
        wordings: The wordings of texts that are of no article.
        label_set: The newest version of the label set that it names; 0 if none.
        guideline: The same of the guideline.
        n_entries: How many texts and answers it has.
        size: How many code points its texts have.
        found: What was read, in its order, while that is not much.
    """

    firsts: dict[str | None, LabelledText] = field(default_factory=dict)
    told: Groups = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    wordings: set[bytes] = field(default_factory=set)
    label_set: int = 0
    guideline: int = 0
    n_entries: int = 0
    size: int = 0
    found: list[LabelledFound] = field(default_factory=list)

    @property
    def is_large(self) -> bool:
        """Whether it takes longer to store than labels may wait."""
        return (
            self.n_entries > import_parts.ENTRIES_A_TRANSACTION
            or self.size > import_parts.CHARACTERS_A_TRANSACTION
        )

    @property
    def annotators(self) -> dict[str | None, int]:
        """Whoever labelled with their number, from 1: A2 before A10, whoever has no name first."""
        order = sorted(self.firsts, key=lambda one: (len(one), one) if one else (0, ""))
        return {annotator: number for number, annotator in enumerate(order, 1)}

    def first_parts(self, pace: Pace) -> list[Part]:
        """The texts with everybody's first answers, so much at a time as the pace says."""
        found: list[Part] = []
        n = size = 0
        for annotator in self.annotators:
            text = self.firsts[annotator]
            name = article_of(text)
            new = self.told[name] if name else [text]
            is_in = bool(name and found) and name in found[-1].groups
            more = 0 if is_in else sum(map(entries, new))
            longer = 0 if is_in else sum(len(one.text) for one in new)
            is_full = n + more > pace.entries or size + longer > pace.characters
            if not found or (is_full and not is_in):
                found.append(Part())
                n = size = 0
            part = found[-1]
            part.firsts += (annotator,)
            if not is_in:
                part.groups.setdefault(name, []).extend(new)
            n, size = n + more, size + longer
        for part in found:
            part.is_begun = len(found) > 1
        return found


def is_whole(decision: Decision) -> bool:
    """Whether it is one person's answer to the whole text."""
    return not (decision.is_final or decision.is_partial or decision.spans)


def article_of(text: LabelledText) -> str:
    """The article that a text of our own export is of; empty for those of other tools."""
    return text.record.article.id if text.record else ""


def entries(text: LabelledText) -> int:
    """How much there is to store of a text: itself, and what was given to it."""
    return 1 + len(text.decisions)


def surveyed(found: Iterable[LabelledFound]) -> Survey:
    """Look through a file whose texts stand by article.

    Raises:
        ReaderError: The file as a whole cannot be read.
    """
    survey = Survey()
    name, group, has_first = "", list[LabelledText](), False
    for one in found:
        if not survey.is_large:
            survey.found.append(one)
        if not isinstance(one, LabelledText):
            continue
        if (own := article_of(one)) != name:
            _keep(survey, name, group, has_first=has_first)
            name, group, has_first = own, [], False
        if own:
            survey.names.add(own)
            group.append(one)
        else:
            survey.wordings.add(wording(one.text))
        has_first |= _noted(survey, one)
    _keep(survey, name, group, has_first=has_first)
    if survey.is_large:
        survey.found.clear()
    return survey


def _keep(survey: Survey, name: str, group: list[LabelledText], *, has_first: bool) -> None:
    if name and has_first:
        survey.told[name] = group


def _noted(survey: Survey, text: LabelledText) -> bool:
    """Count a text in; whether it is the first that somebody answered."""
    survey.n_entries += entries(text)
    survey.size += len(text.text)
    n_before = len(survey.firsts)
    for decision in text.decisions:
        if is_whole(decision):
            survey.firsts.setdefault(decision.annotator, text)
    for one in text.record.annotations if text.record else ():
        survey.label_set = max(survey.label_set, one.label_set)
        survey.guideline = max(survey.guideline, one.guideline)
    return len(survey.firsts) > n_before


def in_parts(found: Iterable[LabelledFound], pace: Pace) -> Iterator[Part]:
    """A file whose texts stand by article, so much at a time as the pace says.

    The texts of one article stay together, however many they are.
    """
    part, last = Part(), ""
    n = size = 0
    for one in found:
        if not isinstance(one, LabelledText):
            part.faults.append(one)
            if not part.groups and len(part.faults) >= import_parts.RECORDS_IN_MEMORY:
                yield part
                part = Part()
            continue
        name, more = article_of(one), entries(one)
        is_full = n + more > pace.entries or size + len(one.text) > pace.characters
        is_apart = name != last or not name
        if n and is_full and is_apart:
            yield part
            part = Part()
            n = size = 0
        part.groups.setdefault(name, []).append(one)
        n, size, last = n + more, size + len(one.text), name
    if part.groups or part.faults:
        yield part
