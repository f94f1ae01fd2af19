"""A project with decisions on its sentences, as short as a test can say it."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from factories import Make
from sqlmodel import Session

from db.models import (
    Account,
    Annotation,
    AnnotationEvent,
    AnnotationLabel,
    Article,
    Guideline,
    Label,
    LabelSet,
    Project,
    Sentence,
)
from db.models.naming import table
from workbench.services.permissions import Actor, Role


class Labelled:
    """One project; `decide` is what a reviewer said about a sentence."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.make = Make(session, now)
        self.project: Project = self.make.project(name="Demo")
        self.reviewers: list[Account] = []
        self.members: set[int] = set()
        self.article: Article | None = None

    def write(self, *sentences: str, **given: Any) -> Article:
        """A new article; what is decided from now on is about it."""
        self.article = self.make.article(self.project, sentences=sentences, **given)
        return self.article

    def reviewer(self, number: int) -> Account:
        """The first, second ... reviewer; made when first asked for."""
        while len(self.reviewers) < number:
            self.reviewers.append(self.make.account())
        return self.reviewers[number - 1]

    def actor(self, number: int = 1) -> Actor:
        """The same as an actor, with a part in the project."""
        account = self.reviewer(number)
        if account.id not in self.members:
            self.make.membership(self.project, account)
            self.members.add(account.id)
        roles = {self.project.id: Role.REVIEWER}
        return Actor(account.id, account.public_id, account.name, roles=roles)

    def decide(
        self, position: int, labels: Iterable[str] | None, *, reviewer: int = 1, **given: Any
    ) -> Annotation:
        """Give labels to a sentence of the present article; None skips it."""
        assert self.article is not None
        values: dict[str, Any] = {
            "project_id": self.project.id,
            "article_id": self.article.id,
            "sentence_id": self.sentence_id(position),
            "reviewer_id": self.reviewer(reviewer).id,
            "version": 1,
            "status": "skipped" if labels is None else "labelled",
            "active_ms": 1500,
            "label_set_id": self.newest(LabelSet),
            "guideline_id": self.newest(Guideline),
            "decided_at": self.now + timedelta(milliseconds=1),
        }
        annotation: Annotation = self.make._add(Annotation(**values | given))
        for key in labels or ():
            label_id = self.label_id(key, annotation.label_set_id)
            self.make._add(AnnotationLabel(annotation_id=annotation.id, label_id=label_id))
        self._add_event(annotation)
        return annotation

    def _add_event(self, annotation: Annotation) -> None:
        """What the annotation came from: its reviewer's number in an export rests on it."""
        self.make._add(
            AnnotationEvent(
                op_id=str(uuid.uuid4()),
                act="label",
                new={},
                stored_at=self.now,
                payload_hash="",
                prev_hash="",
                hash="",
                **annotation.model_dump(
                    include={
                        "project_id",
                        "sentence_id",
                        "reviewer_id",
                        "version",
                        "label_set_id",
                        "guideline_id",
                        "active_ms",
                    }
                ),
            )
        )

    def new_label_set(self, *keys: str) -> None:
        """A next version of the label set."""
        label_set = self.make._add(
            LabelSet(project_id=self.project.id, version=2, presets=[], created_at=self.now)
        )
        for position, key in enumerate(keys, 1):
            self.make._add(
                Label(
                    label_set_id=label_set.id,
                    key=key,
                    name=key.title(),
                    meaning="",
                    shortcut=key[0],
                    colour="red",
                    position=position,
                )
            )

    def sentence_id(self, position: int) -> int:
        assert self.article is not None
        sentence = table(Sentence)
        return self.one(
            sa.select(sentence.c.id)
            .where(sentence.c.article_id == self.article.id)
            .where(sentence.c.position == position)
        )

    def take_out(self, position: int) -> None:
        """Take a sentence out of the queue."""
        sentence = self.session.get_one(Sentence, self.sentence_id(position))
        sentence.is_queued = False
        self.project.n_queued -= 1
        self.session.add_all((sentence, self.project))
        self.session.flush()

    def newest(self, versioned: type[LabelSet] | type[Guideline]) -> int:
        found = table(versioned)
        mine = sa.select(found.c.id).where(found.c.project_id == self.project.id)
        return self.one(mine.order_by(found.c.version.desc()).limit(1))

    def label_id(self, key: str, label_set_id: int) -> int:
        label = table(Label)
        return self.one(
            sa.select(label.c.id).where(label.c.key == key, label.c.label_set_id == label_set_id)
        )

    def one(self, statement: sa.Select[Any]) -> int:
        found: int = self.session.execute(statement).scalar_one()
        return found
