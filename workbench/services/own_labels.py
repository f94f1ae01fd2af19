"""A person's own labels: searched, filtered, and seen with every decision that led to them.

Nobody's but the actor's, whatever their role: the first pass is blind. A label is corrected where
labels are given, by an op, so that its history goes on.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from db.models import Label, Project
from db.queries import own_labels as queries
from db.queries import rules as rule_queries
from db.queries import stale
from db.queries.own_labels import Wanted
from workbench.errors import InputError, NotFoundError
from workbench.services import projects
from workbench.services.decisions import parse_sentence_id, sentence_id
from workbench.services.permissions import Actor, Permission, check

PER_PAGE = 50
MOST_WORDS = 8


class Show(StrEnum):
    """Which of one's labels to show."""

    ALL = "all"
    LABELLED = "labelled"
    NONE = "none given"
    SKIPPED = "skipped"
    FLAGGED = "flagged"
    COMMENTED = "with a comment"


_WANTED = {
    Show.ALL: Wanted(),
    Show.LABELLED: Wanted(status="labelled"),
    Show.NONE: Wanted(is_none=True),
    Show.SKIPPED: Wanted(status="skipped"),
    Show.FLAGGED: Wanted(is_flagged=True),
    Show.COMMENTED: Wanted(has_comment=True),
}


@dataclass(frozen=True, slots=True)
class OwnLabel:
    """What the actor decided about a sentence.

    Attributes:
        sentence: Its public id.
        text: The sentence.
        title: The article's title, or its file.
        status: `labelled` or `skipped`.
        labels: The names of the labels given; empty is an explicit none.
        check_worthiness: 0, 1, 2 or not given.
        comment: The comment, if there is one.
        is_flagged: Whether it is flagged.
        skip_reason: Why it was skipped, if it was.
        version: How many decisions there were.
        decided_at: When it was decided as it is.
    """

    sentence: str
    text: str
    title: str
    status: str
    labels: tuple[str, ...]
    check_worthiness: int | None
    comment: str | None
    is_flagged: bool
    skip_reason: str | None
    version: int
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class OwnLabels:
    """One page of the actor's labels, and how many there are in all."""

    rows: tuple[OwnLabel, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PastDecision:
    """One decision about a sentence: what was done, what it led to, and under which versions."""

    version: int
    act: str
    status: str
    labels: tuple[str, ...]
    check_worthiness: int | None
    comment: str | None
    label_set: int
    guideline: int
    stored_at: datetime


def listing(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    search: str = "",
    label: str = "",
    show: Show = Show.ALL,
    page: int = 1,
) -> OwnLabels:
    """One page of the actor's own labels, the newest first.

    Args:
        session: A read session.
        actor: Whose.
        slug: Which project.
        search: Words that the sentence must all contain.
        label: The key of a label that must be given; empty for any.
        show: Which of them.
        page: Which page, from 1.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        InputError: There are too many words to search for.
    """
    project = _mine(session, actor, slug)
    words = tuple(search.split())
    if len(words) > MOST_WORDS:
        message = f"Search for at most {MOST_WORDS} words."
        raise InputError(message)
    every = rule_queries.labels(session, project_id=project.id)
    shown = _WANTED[show]
    wanted = Wanted(
        words=words,
        label_ids=[each.id for each in every if each.key == label] if label else None,
        is_none=shown.is_none,
        status=shown.status,
        is_flagged=shown.is_flagged,
        has_comment=shown.has_comment,
    )
    reviewer_id = actor.account_id or 0
    total = queries.count(session, project_id=project.id, reviewer_id=reviewer_id, wanted=wanted)
    rows = queries.rows(
        session,
        project_id=project.id,
        reviewer_id=reviewer_id,
        wanted=wanted,
        offset=(max(page, 1) - 1) * PER_PAGE,
        limit=PER_PAGE,
    )
    return OwnLabels(_lines(session, rows, every), total)


def has_any(session: Session, *, actor: Actor, slug: str) -> bool:
    """Whether the actor has decided anything there.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
    """
    project = _mine(session, actor, slug)
    asked = {"project_id": project.id, "reviewer_id": actor.account_id or 0}
    return bool(queries.rows(session, **asked, wanted=Wanted(), offset=0, limit=1))


def past(
    session: Session, *, actor: Actor, slug: str, sentence: str
) -> tuple[OwnLabel, list[PastDecision]]:
    """What the actor says of a sentence now, and every decision that led to it, in order.

    Raises:
        NotFoundError: There is no such project or sentence, or the actor has decided nothing.
    """
    project = _mine(session, actor, slug)
    row = _row(session, project, actor, sentence)
    every = rule_queries.labels(session, project_id=project.id)
    names = _names(every)
    sets = rule_queries.label_sets(session, project_id=project.id)
    guidelines = rule_queries.guidelines(session, project_id=project.id)
    set_versions = {each.id: each.version for each in sets}
    guideline_versions = {each.id: each.version for each in guidelines}
    return _lines(session, [row], every)[0], [
        PastDecision(
            version=event.version,
            act=event.act,
            status=event.new["status"],
            labels=_in_order(names, event.new["labels"]),
            check_worthiness=event.new["check_worthiness"],
            comment=event.new["comment"],
            label_set=set_versions[event.label_set_id],
            guideline=guideline_versions[event.guideline_id],
            stored_at=event.stored_at,
        )
        for event in queries.events(session, annotation_id=row.annotation_id)
    ]


def _row(session: Session, project: Project, actor: Actor, sentence: str) -> queries.OwnRow:
    row = None
    try:
        article, start, end = parse_sentence_id(sentence)
    except InputError:
        pass
    else:
        row = queries.sentence_of(
            session,
            project_id=project.id,
            reviewer_id=actor.account_id or 0,
            article=article,
            start=start,
            end=end,
        )
    if row is None:
        message = "You have decided nothing about this sentence."
        raise NotFoundError(message)
    return row


def _mine(session: Session, actor: Actor, slug: str) -> Project:
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.READ_ARTICLES, project_id=project.id)
    return project


def _names(every: Iterable[Label]) -> dict[str, str]:
    """What each label is called now, in the order of the label set, those that are gone last."""
    names: dict[str, str] = {}
    for label in every:  # the newest version first, each in its order
        names.setdefault(label.key, label.name)
    return names


def _in_order(names: dict[str, str], keys: Collection[str]) -> tuple[str, ...]:
    """The names of some labels in the order that buttons and exports have."""
    return tuple(name for key, name in names.items() if key in keys)


def _lines(
    session: Session, rows: Sequence[queries.OwnRow], every: Sequence[Label]
) -> tuple[OwnLabel, ...]:
    held = stale.labels_of(session, annotation_ids=[row.annotation_id for row in rows])
    names, keys = _names(every), {each.id: each.key for each in every}
    return tuple(
        OwnLabel(
            sentence=sentence_id(row.article, row.start, row.end),
            text=row.text,
            title=row.title,
            status=row.status,
            labels=_in_order(names, [keys[one] for one in held.get(row.annotation_id, ())]),
            check_worthiness=row.check_worthiness,
            comment=row.comment,
            is_flagged=row.is_flagged,
            skip_reason=row.skip_reason,
            version=row.version,
            decided_at=row.decided_at,
        )
        for row in rows
    )
