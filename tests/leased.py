"""A project whose sentences are given out: reviewers, what they hold, and what is stored of it."""

import uuid
from collections.abc import Set
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from loop import Desk
from sqlmodel import Session

from db.engine import Engines, giving_out, reading, transaction
from db.models import Account, Article, Assignment, Project, Sentence
from db.models.naming import table
from db.queries import annotations, demand_rows
from db.queries import answers as answer_queries
from workbench.services import (
    answers,
    importing,
    kinds,
    leases,
    leasing,
    project_acts,
    queue_settings,
    sessions,
    subsets,
)
from workbench.services.answers import Answer
from workbench.services.decisions import parse_sentence_id, sentence_id
from workbench.services.permissions import OPERATOR, Actor
from workbench.services.queue_settings import QueueSettings

LEASE = timedelta(minutes=10)


def run_down(engines: Engines, *, seconds: float) -> None:
    """As if everybody's leases had stood that much longer; for the database's own clock."""
    rows = table(Assignment)
    with transaction(engines) as session:
        for key, until in session.execute(sa.select(rows.c.id, rows.c.leased_until)).all():
            until -= timedelta(seconds=seconds)
            session.execute(sa.update(rows).where(rows.c.id == key).values(leased_until=until))


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
        self.load()

    def load(self) -> None:
        """Read the project anew."""
        with reading(self.engines) as session:
            self.project = session.get_one(Project, self.project.id)
            session.expunge_all()

    def bring_all(self, text: str) -> list[str]:
        """Import an article; the ids of its sentences in reading order."""
        before = set(self.names())
        self.bring(text)
        return [name for name in self.names() if name not in before]

    def bring_named(self, name: str, text: str) -> list[str]:
        """Import a file of this name, as another version of what it held before, if it did."""
        before = set(self.names())
        asked = {"actor": OPERATOR, "project_slug": self.project.slug}
        sources = [importing.Source(name, text.encode)]
        clock = lambda _session: self.now  # noqa: E731 - as short as it is
        list(importing.import_sources(self.transaction, clock, sources=sources, **asked))
        return [name for name in self.names() if name not in before]

    def give_answers(self, sentences: list[str], *reviewers: Actor) -> None:
        """Write answers down in bulk, as an import of labels does."""
        with self.transaction() as session:
            versions = answer_queries.version_keys(session, project_id=self.project.id)
            for who in reviewers:
                found = [self._answer(session, name, who) for name in sentences]
                assert who.account_id is not None
                answers.give(
                    session,
                    project_id=self.project.id,
                    reviewer_id=who.account_id,
                    answers=found,
                    versions=versions,
                )

    def _answer(self, session: Session, name: str, who: Actor) -> Answer:
        article, start, end = parse_sentence_id(name)
        keys = annotations.sentence_keys(
            session, project_id=self.project.id, article=article, start=start, end=end
        )
        assert keys is not None
        return Answer(
            op_id=str(uuid.uuid4()),
            sentence=name,
            sentence_id=keys.id,
            article_id=keys.article_id,
            is_queued=True,
            labels=("claim",),
            check_worthiness=None,
            comment=None,
            active_ms=0,
            decided_at=self.now,
            label_set=1,
            guideline=1,
        )

    def sign_in(self, who: Actor) -> str:
        """Open a session; its cookie."""
        with self.transaction() as session:
            account = session.get_one(Account, who.account_id)
            started = sessions.start(
                session, account=account, how="link", now=self.now, browser="", address=""
            )
        return started.cookie

    def sign_out(self, cookie: str) -> None:
        with self.transaction() as session:
            sessions.sign_out(session, cookie=cookie, now=self.now)

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
        with giving_out(self.engines), self.transaction() as session:
            leasing.hold(
                session, actor=actor, project=self.project, now=self.now, want=want, **more
            )
        return self.held(actor)

    def items(self, actor: Actor) -> list[dict[str, Any]]:
        return self.window(actor).items

    def held(self, actor: Actor) -> list[str]:
        return [item["id"] for item in self.items(actor)]

    def leased(self) -> dict[int, Set[str]]:
        """What everybody holds undecided as it is stored, by account: one look, and no window."""
        rows, sentence, article = table(Assignment), table(Sentence), table(Article)
        statement = (
            sa.select(rows.c.reviewer_id, article.c.public_id, sentence.c.start, sentence.c.end)
            .join(sentence, sentence.c.id == rows.c.sentence_id)
            .join(article, article.c.id == sentence.c.article_id)
            .where(rows.c.project_id == self.project.id, rows.c.state == "leased")
        )
        found: dict[int, Any] = {}
        with reading(self.engines) as session:
            for who, *place in session.execute(statement):
                found.setdefault(who, set()).add(sentence_id(*place))
        return found

    def why(self, actor: Actor) -> list[str]:
        return [item["why"] for item in self.items(actor)]

    def hand_back(self, actor: Actor, items: list[dict[str, Any]]) -> int:
        fences = {item["id"]: item["fence"] for item in items}
        with self.transaction() as session:
            return leasing.hand_back(
                session, actor=actor, project=self.project, fences=fences, now=self.now
            )

    def run_down(self, *, seconds: float) -> None:
        run_down(self.engines, seconds=seconds)

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

    def take_out_of_queue(self, sentence: str) -> None:
        with self.transaction() as session:
            asked = {"actor": OPERATOR, "slug": self.project.slug, "now": self.now}
            kinds.set_kind(session, **asked, sentence=sentence, kind="boilerplate", queued=False)

    def archive(self) -> None:
        with self.transaction() as session:
            project_acts.archive(session, actor=OPERATOR, slug=self.project.slug, now=self.now)

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
