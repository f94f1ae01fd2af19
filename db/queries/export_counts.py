"""What an export will hold, in numbers: counted by the database, without reading a text."""

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import (
    Account,
    Annotation,
    AnnotationLabel,
    AnnotationOrigin,
    ArticleVersion,
    Label,
    LabelSet,
    Project,
    Sentence,
)
from db.models.naming import table

_account = table(Account)
_annotation = table(Annotation)
_given = table(AnnotationLabel)
_label = table(Label)
_label_set = table(LabelSet)
_project = table(Project)
_sentence = table(Sentence)
_version = table(ArticleVersion)
_repeats = table(AnnotationOrigin)


@dataclass(frozen=True, slots=True)
class LabelFace:
    """A label as people know it: from the newest label set that has its key.

    Attributes:
        key: What exports call it.
        name: What people call it.
        colour: Its colour on the screen.
        ids: Its keys in all label sets; the same label in each.
        is_in_force: Whether it is in the newest label set: the others were retired or merged.
    """

    key: str
    name: str
    colour: str
    ids: tuple[int, ...]
    is_in_force: bool


def label_faces(session: Session, *, project_id: int) -> tuple[LabelFace, ...]:
    """Every label of the project once: those in force first, in their order."""
    statement = (
        sa.select(_label.c.key, _label.c.name, _label.c.colour, _label.c.id, _label_set.c.version)
        .join(_label_set, _label_set.c.id == _label.c.label_set_id)
        .where(_label_set.c.project_id == project_id)
        .order_by(_label_set.c.version.desc(), _label.c.position, _label.c.id)
    )
    faces: dict[str, LabelFace] = {}
    newest: int | None = None
    for row in session.execute(statement):
        newest = newest or row.version
        new = LabelFace(row.key, row.name, row.colour, (), is_in_force=row.version == newest)
        face = faces.setdefault(row.key, new)
        faces[row.key] = replace(face, ids=(*face.ids, row.id))
    return tuple(faces.values())


@dataclass(frozen=True, slots=True)
class Counts:
    """Sentences by what is decided about them.

    Attributes:
        n_sentences: Queued, or with a decision.
        n_voted: With an annotation that was not skipped.
        n_skipped: Without such an annotation, and skipped by somebody.
        n_settled: Of those that voted, with no label at exactly half of the votes.
        n_none: Of these, with no label at more than half.
        n_per_label: Settled sentences with the label at more than half, in the order of the faces.
        n_reviewers: Accounts with a decision.
        n_stale: Decisions on sentences that were split, merged or replaced since; counted nowhere
            else.
    """

    n_sentences: int
    n_voted: int
    n_skipped: int
    n_settled: int
    n_none: int
    n_per_label: tuple[int, ...]
    n_reviewers: int
    n_stale: int


def counts(session: Session, *, project_id: int, faces: tuple[LabelFace, ...]) -> Counts:
    """Count by the rule that also settles a record: more than half gives a label, half undoes all.

    One pass over the annotations; a project of a million sentences with few of them costs nothing.
    """
    n_voted, n_settled, n_none, *n_per_label = session.execute(_settled(project_id, faces)).one()
    return Counts(
        n_sentences=_count(session, _queued(project_id)) + _count(session, _not_queued(project_id)),
        n_voted=n_voted,
        n_skipped=_count(session, _n_skipped(project_id)),
        n_settled=n_settled,
        n_none=n_none,
        n_per_label=tuple(n_per_label),
        n_reviewers=_count(session, _n_reviewers(project_id)),
        n_stale=n_stale(session, project_id=project_id),
    )


def n_stale(session: Session, *, project_id: int) -> int:
    """Decisions on sentences that were split, merged or replaced since."""
    return _count(session, _n_stale(project_id))


def _count(session: Session, statement: sa.Select[int]) -> int:
    n: int = session.execute(statement).scalar_one()
    return n


def _settled(project_id: int, faces: tuple[LabelFace, ...]) -> sa.Select[*tuple[Any, ...]]:
    votes = _votes(project_id, faces).subquery("votes")
    counted = [votes.c[f"votes_{place}"] for place in range(len(faces))]
    is_settled = sa.and_(sa.true(), *(2 * count != votes.c.n for count in counted))
    has_label = [2 * count > votes.c.n for count in counted]
    return sa.select(
        sa.func.count(),
        _how_many(is_settled),
        _how_many(sa.and_(is_settled, *(sa.not_(has) for has in has_label))),
        *(_how_many(sa.and_(is_settled, has)) for has in has_label),
    ).select_from(votes)


def _votes(project_id: int, faces: tuple[LabelFace, ...]) -> sa.Select[*tuple[Any, ...]]:
    given = _annotation.outerjoin(_given, _given.c.annotation_id == _annotation.c.id)
    per_label = (
        _how_many(_given.c.label_id.in_(face.ids)).label(f"votes_{place}")
        for place, face in enumerate(faces)
    )
    return (
        sa.select(sa.func.count(sa.distinct(_annotation.c.id)).label("n"), *per_label)
        .select_from(given)
        .where(_annotation.c.project_id == project_id, _annotation.c.status == "labelled")
        .where(sa.not_(_is_stale(project_id)))
        .group_by(_annotation.c.sentence_id)
    )


def _how_many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count().filter(condition)


def _queued(project_id: int) -> sa.Select[int]:
    return sa.select(_project.c.n_queued).where(_project.c.id == project_id)


def _not_queued(project_id: int) -> sa.Select[int]:
    # Taken out of the queue after somebody had decided about them.
    return (
        sa.select(sa.func.count(sa.distinct(_annotation.c.sentence_id)))
        .join(_sentence, _sentence.c.id == _annotation.c.sentence_id)
        .where(_annotation.c.project_id == project_id, _annotation.c.status != "open")
        .where(sa.not_(_sentence.c.is_queued), sa.not_(_is_stale(project_id)))
    )


def _is_stale(project_id: int) -> sa.ColumnElement[bool]:
    # `is_retired` as the index on it says it, or SQLite would not see that it may use it.
    retired = sa.select(_sentence.c.id).where(
        _sentence.c.project_id == project_id, sa.text("sentence.is_retired")
    )
    return sa.or_(
        _annotation.c.sentence_id.in_(retired),
        _annotation.c.article_id.in_(sa.select(_version.c.replaces_id)),
    )


def _n_skipped(project_id: int) -> sa.Select[int]:
    vote = _annotation.alias("vote")
    has_vote = sa.exists().where(
        vote.c.sentence_id == _annotation.c.sentence_id, vote.c.status == "labelled"
    )
    return (
        sa.select(sa.func.count(sa.distinct(_annotation.c.sentence_id)))
        .where(_annotation.c.project_id == project_id, _annotation.c.status == "skipped")
        .where(sa.not_(has_vote), sa.not_(_is_stale(project_id)))
    )


def _n_stale(project_id: int) -> sa.Select[int]:
    return (
        sa.select(sa.func.count())
        .select_from(_annotation)
        .where(_annotation.c.id.in_(_stale_ids(project_id)), _annotation.c.status != "open")
        .where(sa.not_(_is_carried_over()))
    )


def _stale_ids(project_id: int) -> sa.CompoundSelect[int]:
    """From the few sentences and articles that are replaced, not from all that was decided."""
    of_retired = (
        sa.select(_annotation.c.id)
        .join(_sentence, _sentence.c.id == _annotation.c.sentence_id)
        .where(_sentence.c.project_id == project_id, sa.text("sentence.is_retired"))
    )
    of_replaced = (
        sa.select(_annotation.c.id)
        .join(_version, _version.c.replaces_id == _annotation.c.article_id)
        .where(_annotation.c.project_id == project_id)
    )
    return of_retired.union(of_replaced)


def _is_carried_over() -> sa.ColumnElement[bool]:
    # The reviewer's answer was repeated where the sentence stands now.
    again = _annotation.alias("again")
    return (
        sa.select(sa.literal(1))
        .select_from(_repeats.join(again, again.c.id == _repeats.c.annotation_id))
        .where(_repeats.c.sentence_id == _annotation.c.sentence_id)
        .where(again.c.reviewer_id == _annotation.c.reviewer_id)
        .correlate(_annotation)
        .exists()
    )


def _n_reviewers(project_id: int) -> sa.Select[int]:
    decided = sa.exists().where(
        _annotation.c.reviewer_id == _account.c.id,
        _annotation.c.project_id == project_id,
        _annotation.c.status != "open",
    )
    return sa.select(sa.func.count()).select_from(_account).where(decided)
