"""All versions of a project's label set and guideline; none ever changes."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Account, Annotation, AnnotationLabel, Guideline, Label, LabelSet


class LabelFields(Protocol):
    """What is stored of a label, whoever says it."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def meaning(self) -> str: ...
    @property
    def shortcut(self) -> str: ...
    @property
    def colour(self) -> str: ...


def add_label_set(session: Session, *, label_set: LabelSet, labels: Iterable[LabelFields]) -> None:
    """Store a version of the label set with its labels, in their order."""
    session.add(label_set)
    session.flush()
    session.add_all(
        Label(
            label_set_id=label_set.id,
            key=label.key,
            name=label.name,
            meaning=label.meaning,
            shortcut=label.shortcut,
            colour=label.colour,
            position=position,
        )
        for position, label in enumerate(labels, 1)
    )
    session.flush()


def label_sets(session: Session, *, project_id: int) -> Sequence[LabelSet]:
    """Every version of the label set, the newest first."""
    statement = (
        select(LabelSet)
        .where(col(LabelSet.project_id) == project_id)
        .order_by(col(LabelSet.version).desc())
    )
    return session.exec(statement).all()


def labels(session: Session, *, project_id: int) -> Sequence[Label]:
    """The labels of every version, those of the newest first, in their order."""
    statement = (
        select(Label)
        .join(LabelSet, col(LabelSet.id) == col(Label.label_set_id))
        .where(col(LabelSet.project_id) == project_id)
        .order_by(col(LabelSet.version).desc(), col(Label.position), col(Label.id))
    )
    return session.exec(statement).all()


def guidelines(session: Session, *, project_id: int) -> Sequence[Guideline]:
    """Every version of the guideline, the newest first."""
    statement = (
        select(Guideline)
        .where(col(Guideline.project_id) == project_id)
        .order_by(col(Guideline.version).desc())
    )
    return session.exec(statement).all()


def names(session: Session, *, public_ids: Collection[str]) -> dict[str, str]:
    """The names of accounts by their public ids."""
    statement = sa.select(col(Account.public_id), col(Account.name)).where(
        col(Account.public_id).in_(public_ids)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def held(session: Session, *, project_id: int, label_ids: Collection[int]) -> tuple[int, int]:
    """How many annotations give one of these labels at present, and of how many reviewers."""
    statement = (
        sa.select(
            sa.func.count(sa.distinct(col(Annotation.id))),
            sa.func.count(sa.distinct(col(Annotation.reviewer_id))),
        )
        .join(AnnotationLabel, col(AnnotationLabel.annotation_id) == col(Annotation.id))
        .where(col(Annotation.project_id) == project_id, col(Annotation.status) == "labelled")
        .where(col(AnnotationLabel.label_id).in_(label_ids))
    )
    n_annotations, n_reviewers = session.execute(statement).one()
    return n_annotations, n_reviewers
