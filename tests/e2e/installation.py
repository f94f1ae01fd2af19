"""A running workbench, its people, its projects, and what stands in its database."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from running import Workbench

from db.engine import Session, database_now, engines, transaction
from workbench.services import accounts, importing, projects
from workbench.services.importing import Source
from workbench.services.permissions import OPERATOR

EVENTS = """
    SELECT e.op_id, a.public_id || ':' || s.start || '-' || s."end" AS sentence, e.act, e.new
    FROM annotation_event e
    JOIN sentence s ON s.id = e.sentence_id
    JOIN article a ON a.id = s.article_id
    JOIN account p ON p.id = e.reviewer_id
    WHERE p.name = ? ORDER BY e.id
"""
ANSWERS = """
    SELECT a.public_id || ':' || s.start || '-' || s."end" AS sentence,
           n.status, n.check_worthiness, n.comment, n.is_flagged, n.skip_reason,
           (SELECT group_concat(key, ' ') FROM (
               SELECT l.key FROM annotation_label g JOIN label l ON l.id = g.label_id
               WHERE g.annotation_id = n.id ORDER BY l.key)) AS labels
    FROM annotation n
    JOIN sentence s ON s.id = n.sentence_id
    JOIN article a ON a.id = s.article_id
    JOIN account p ON p.id = n.reviewer_id
    WHERE p.name = ? ORDER BY s.queue_key
"""
QUEUE = """
    SELECT a.public_id || ':' || s.start || '-' || s."end" AS sentence
    FROM sentence s JOIN article a ON a.id = s.article_id JOIN project p ON p.id = s.project_id
    WHERE p.slug = ? AND s.is_queued ORDER BY s.queue_key
"""
TEXT = "SELECT text FROM article WHERE public_id = ?"


@dataclass(frozen=True)
class Answer:
    """A reviewer's present answer for a sentence."""

    labels: str
    worth: int | None
    comment: str | None
    is_flagged: bool


@dataclass(frozen=True)
class Event:
    """One decision as it was stored."""

    op_id: str
    sentence: str
    act: str
    labels: str


class Installation:
    """The workbench under test; people and projects are made as its commands make them."""

    def __init__(self, workbench: Workbench) -> None:
        self.workbench = workbench
        self.path = workbench.home / "workbench.db"
        self.engines = engines(f"sqlite:///{self.path}")
        self._names: defaultdict[str, int] = defaultdict(int)

    @property
    def url(self) -> str:
        return self.workbench.url

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with transaction(self.engines) as session:
            yield session

    def add(
        self, role: str = "reviewer", project: str | None = "default", *, name: str = ""
    ) -> str:
        """A new account; its name."""
        self._names[role] += 1
        name = name or f"{role.capitalize()} {self._names[role]}"
        with self._writing() as session:
            now = database_now(session)
            accounts.add(
                session, actor=OPERATOR, name=name, role=role, project_slug=project, now=now
            )
        return name

    def link(self, name: str) -> str:
        """A one-time link, as `workbench account link` prints it."""
        with self._writing() as session:
            now = database_now(session)
            token = accounts.link(session, actor=OPERATOR, name=name, now=now)
        return f"{self.url}/signin?token={token}"

    def create(self, slug: str, **files: str | bytes) -> None:
        """A project with articles, each from a text file."""
        with self._writing() as session:
            now = database_now(session)
            projects.create(session, actor=OPERATOR, slug=slug, name=slug, now=now)
        self.bring(slug, {f"{name}.txt": text for name, text in files.items()})

    def create_another(self, kind: str) -> str:
        """An empty project whose slug nobody else has; its slug."""
        self._names[kind] += 1
        slug = f"{kind}-{self._names[kind]}"
        self.create(slug)
        return slug

    def bring(self, slug: str, files: dict[str, str | bytes]) -> None:
        """Import files into a project."""
        sources = [
            Source(name, lambda data=data: data.encode() if isinstance(data, str) else data)
            for name, data in files.items()
        ]
        reports = importing.import_sources(
            self._writing, database_now, actor=OPERATOR, project_slug=slug, sources=sources
        )
        assert {report.outcome for report in reports} <= {importing.Outcome.ADDED}

    def rows(self, statement: str, *values: object) -> list[sqlite3.Row]:
        """What a query finds, on a connection that cannot write."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(statement, values).fetchall()

    def events(self, name: str) -> list[Event]:
        """Every decision of a reviewer, in the order of storing."""
        return [
            Event(row["op_id"], row["sentence"], row["act"], _words(json.loads(row["new"])))
            for row in self.rows(EVENTS, name)
        ]

    def answers(self, name: str) -> dict[str, Answer]:
        """What a reviewer's answers are at present, by sentence, in the order of the queue."""
        return {
            row["sentence"]: Answer(
                _status(row["status"], row["labels"], row["skip_reason"]),
                row["check_worthiness"],
                row["comment"],
                bool(row["is_flagged"]),
            )
            for row in self.rows(ANSWERS, name)
        }

    def labels(self, name: str) -> dict[str, str]:
        """Of the present answers the labels only: `attribution claim`, `none`, `skipped: why`."""
        return {sentence: answer.labels for sentence, answer in self.answers(name).items()}

    def queue(self, project: str = "default") -> list[str]:
        """The sentences that reviewers are asked about, in their order."""
        return [row["sentence"] for row in self.rows(QUEUE, project)]

    def text(self, sentence: str) -> str:
        """A sentence as it stands in its article: a slice by code points."""
        article, _, span = sentence.rpartition(":")
        start, end = span.split("-")
        text: str = self.rows(TEXT, article)[0]["text"]
        return text[int(start) : int(end)]


def _words(value: dict[str, Any]) -> str:
    return _status(value["status"], " ".join(sorted(value["labels"])), value["reason"])


def _status(status: str, labels: str | None, reason: str | None) -> str:
    if status == "labelled":
        return labels or "none"
    return f"skipped: {reason}" if status == "skipped" else status
