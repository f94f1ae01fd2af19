"""A project whose sentences are given out: reviewers, what they hold, and what is stored of it."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from loop import Desk

from db.engine import Engines, reading
from db.models import Article, Assignment, Project, Sentence
from db.models.naming import table
from db.queries import demand_rows
from workbench.services import leases, leasing, queue_settings, subsets
from workbench.services.decisions import sentence_id
from workbench.services.permissions import OPERATOR, Actor
from workbench.services.queue_settings import QueueSettings

LEASE = timedelta(minutes=10)


class Team(Desk):
    """A desk whose sentences need so many reviewers."""

    def __init__(self, engines: Engines, now: Any, **settings: Any) -> None:
        super().__init__(engines, now)
        self.set(**{"overlap": 1} | settings)

    def set(self, **settings: Any) -> None:
        with self.transaction() as session:
            queue_settings.change(
                session,
                actor=OPERATOR,
                slug=self.project.slug,
                settings=QueueSettings(**settings),
                now=self.now,
            )
        with reading(self.engines) as session:
            self.project = session.get_one(Project, self.project.id)
            session.expunge_all()

    def bring_all(self, text: str) -> list[str]:
        """Import an article; the ids of its sentences in reading order."""
        before = set(self.names())
        self.bring(text)
        return [name for name in self.names() if name not in before]

    def names(self) -> list[str]:
        """Every sentence of the queue in its order, by public id."""
        rows, of = table(Sentence), table(Article)
        statement = (
            sa.select(of.c.public_id, rows.c.start, rows.c.end)
            .join(of, of.c.id == rows.c.article_id)
            .where(rows.c.project_id == self.project.id, rows.c.is_queued)
            .order_by(rows.c.queue_key)
        )
        with reading(self.engines) as session:
            return [sentence_id(*row) for row in session.execute(statement)]

    def hold(self, actor: Actor, want: int = 40, **more: Any) -> list[str]:
        """Lease sentences; the ids of all that the reviewer holds then."""
        with self.transaction() as session:
            leasing.hold(
                session, actor=actor, project=self.project, now=self.now, want=want, **more
            )
        return self.held(actor)

    def items(self, actor: Actor) -> list[dict[str, Any]]:
        return self.window(actor).items

    def held(self, actor: Actor) -> list[str]:
        return [item["id"] for item in self.items(actor)]

    def why(self, actor: Actor) -> list[str]:
        return [item["why"] for item in self.items(actor)]

    def hand_back(self, actor: Actor, items: list[dict[str, Any]]) -> int:
        fences = {item["id"]: item["fence"] for item in items}
        with self.transaction() as session:
            return leasing.hand_back(session, actor=actor, project=self.project, fences=fences)

    def release(self, **named: Any) -> int:
        with self.transaction() as session:
            asked = {"actor": OPERATOR, "slug": self.project.slug, "now": self.now}
            return leases.release(session, **asked, **named)

    def give(self, name: str, articles: list[str], *reviewers: Actor) -> int:
        with self.transaction() as session:
            return subsets.make(
                session,
                actor=OPERATOR,
                slug=self.project.slug,
                name=name,
                articles=articles,
                reviewers=[each.public_id for each in reviewers],
                now=self.now,
            )

    def states(self, actor: Actor) -> list[str]:
        mine = table(Assignment)
        with reading(self.engines) as session:
            statement = sa.select(mine.c.state).where(mine.c.reviewer_id == actor.account_id)
            return list(session.execute(statement.order_by(mine.c.sentence_id)).scalars())

    def n_open(self) -> int:
        with reading(self.engines) as session:
            return demand_rows.n_open(session, project_id=self.project.id)

    def articles(self) -> list[str]:
        """The public ids of the articles, in the order they came."""
        return sorted({name.partition(":")[0] for name in self.names()})
