"""The annotate loop on a database that commits: people, ops, and every decision told apart."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from factories import Make
from sqlmodel import Session

from db.engine import Engines, reading, transaction
from db.models import AnnotationEvent
from db.models.naming import table
from db.queries import annotations
from workbench.services import annotating, checking, importing, opening, windows
from workbench.services.annotating import Place
from workbench.services.decisions import Ack, Act, BadOp, Op
from workbench.services.permissions import OPERATOR, Actor, Role
from workbench.services.windows import Window

TEXT = "One was.\nTwo were.\nThree are here.\nFour said so.\nFive \U0001f600 denied it.\n"


def op(sentence: str, base: int = 0, act: Act = Act.LABEL, **given: Any) -> Op:
    values = {"op_id": str(uuid.uuid4()), "sentence": sentence, "base_version": base, "act": act}
    return Op(**values | given)


_names = count(1)


class Desk:
    """One project of imported articles, its people, and what they decide."""

    def __init__(self, engines: Engines, now: datetime) -> None:
        self.engines = engines
        self.now = now
        with self.transaction() as session:
            self.project = Make(session, now).project()
        self.reviewer = self.actor()

    def transaction(self) -> AbstractContextManager[Session]:
        return transaction(self.engines)

    def actor(self, role: Role = Role.REVIEWER, *, is_member: bool = True) -> Actor:
        with self.transaction() as session:
            return Make(session, self.now).actor(self.project if is_member else None, role=role)

    def bring(self, *texts: str) -> list[str]:
        """Import articles; the ids of their sentences in the order of the queue."""
        # Each under a name of its own: one that comes in again by its name replaces the first.
        sources = [importing.Source(f"{next(_names)}.txt", text.encode) for text in texts]
        reports = list(
            importing.import_sources(
                self.transaction,
                lambda _session: self.now,
                actor=OPERATOR,
                project_slug=self.project.slug,
                sources=sources,
            )
        )
        assert {report.outcome for report in reports} == {importing.Outcome.ADDED}
        return [item["id"] for item in self.window(want=100).items]

    def send(self, *ops: Op | BadOp, actor: Actor | None = None) -> list[Ack]:
        with self.transaction() as session:
            return annotating.apply_ops(
                session,
                actor=actor or self.reviewer,
                project=self.project,
                ops=ops,
                now=self.now,
            )[0]

    def send_one(self, one: Op, actor: Actor | None = None) -> Ack:
        (ack,) = self.send(one, actor=actor)
        return ack

    def at_once(self, *acts: Callable[[], Any]) -> list[Any]:
        """Do these in as many threads, and wait for them all."""
        with ThreadPoolExecutor(len(acts)) as pool:
            return [future.result(timeout=30) for future in [pool.submit(act) for act in acts]]

    def place(self, actor: Actor | None = None) -> Place:
        with reading(self.engines) as session:
            return annotating.take_part(
                session, actor=actor or self.reviewer, project=self.project, now=self.now
            )

    def progress(self, actor: Actor | None = None) -> dict[str, Any]:
        """What the annotator is opened with."""
        with reading(self.engines) as session:
            found: dict[str, Any] = opening.mount_data(
                session,
                actor=actor or self.reviewer,
                slug=self.project.slug,
                start=None,
                now=self.now,
            )["progress"]
            return found

    def window(self, actor: Actor | None = None, **asked: Any) -> Window:
        place = self.place(actor)
        with reading(self.engines) as session:
            return windows.open_window(
                session,
                actor=actor or self.reviewer,
                project=self.project,
                place=place,
                **asked,
            )

    def mine(self, sentence: str, actor: Actor | None = None) -> dict[str, Any]:
        """The reviewer's answer as the browser gets it."""
        (item,) = self.window(actor, start=sentence, want=0).items
        assert item["id"] == sentence
        return item["mine"] or {}

    def events(self) -> list[sa.Row[Any]]:
        with reading(self.engines) as session:
            events = table(AnnotationEvent)
            return list(session.execute(sa.select(events).order_by(events.c.id)))

    def op_ids(self) -> list[str]:
        """The ops that this project's events came from."""
        return [e.op_id for e in self.events() if e.project_id == self.project.id]

    def rules(self) -> tuple[int, int]:
        """The keys of the label set and the guideline in force."""
        with reading(self.engines) as session:
            rules = annotations.in_force(session, project_id=self.project.id)
            return rules.label_set_id, rules.guideline_id

    def faults(self) -> list[str]:
        """What a check of the whole database finds."""
        with reading(self.engines) as session:
            return [str(fault) for fault in checking.faults(session, actor=OPERATOR)]

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)
