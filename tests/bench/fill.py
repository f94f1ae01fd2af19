"""Databases with many valid rows, made in bulk; and people who are signed in."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from db import schema
from db.engine import Engines, database_now, engines, transaction
from db.models import (
    Account,
    Annotation,
    AnnotationEvent,
    Article,
    ArticleSource,
    Project,
    Sentence,
)
from db.models.naming import table
from db.queries.articles import queue_key
from db.queries.table_sizes import look_again
from tests.bench import prose
from workbench.services import accounts, projects, sessions
from workbench.services.permissions import OPERATOR

SLUG = "bench"
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
ROWS_AT_A_TIME = 20_000
SAME_TEXTS = 400  # as many different articles are made; more of them repeat these texts


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in."""

    name: str
    account_id: int
    public_id: str
    cookie: str


def open_empty(url: str) -> Engines:
    """A database with the newest schema and the project `bench`."""
    pair = engines(url)
    schema.prepare(pair)
    with transaction(pair) as session:
        now = database_now(session)
        projects.create(session, actor=OPERATOR, slug=SLUG, name="Bench", now=now)
    return pair


def people(pair: Engines, n: int, *, role: str = "reviewer") -> list[Person]:
    """Accounts of the project with a sign-in session each."""
    with transaction(pair) as session:
        return [_person(session, f"{role.title()} {i}", role) for i in range(n)]


def _person(session: Session, name: str, role: str) -> Person:
    now = database_now(session)
    view = accounts.add(session, actor=OPERATOR, name=name, role=role, now=now, project_slug=SLUG)
    account = session.exec(select(Account).where(Account.public_id == view.public_id)).one()
    signed_in = sessions.start(
        session, account=account, how="bench", now=now, browser="bench", address="127.0.0.1"
    )
    return Person(name, account.id, view.public_id, signed_in.cookie)


def articles(pair: Engines, n_sentences: int) -> None:
    """Articles of 25 body sentences, all of them in the queue."""
    texts = [_text(seed) for seed in range(min(SAME_TEXTS, n_sentences // prose.SENTENCES))]
    n_articles = n_sentences // prose.SENTENCES
    chosen = [(i, texts[i % len(texts)]) for i in range(n_articles)]
    with transaction(pair) as session:
        project = session.exec(select(Project).where(Project.slug == SLUG)).one()
        insert(session, Article, (_article(project.id, i, text) for i, (text, _) in chosen))
        insert(
            session,
            ArticleSource,
            ({"article_id": i + 1, "raw": _raw(i, text)} for i, (text, _) in chosen),
        )
        insert(
            session,
            Sentence,
            (row for i, (_, spans) in chosen for row in _sentences(project.id, i, spans)),
        )
        project.n_queued = n_articles * prose.SENTENCES
        session.add(project)
        past_ids(session)
        look_again(session)  # as an import does at its end


def _text(seed: int) -> tuple[str, list[tuple[int, int]]]:
    text, spans = "", []
    for paragraph in prose.paragraphs(seed):
        for sentence in paragraph:
            spans.append((len(text), len(text) + len(sentence)))
            text += f"{sentence} "
        text = f"{text.rstrip()}\n\n"
    return text, spans


def _raw(i: int, text: str) -> bytes:
    """The bytes that an article came from: no two are the same, though texts are."""
    return f"{text}\n<!-- {i} -->".encode()


def _article(project_id: int, i: int, text: str) -> dict[str, Any]:
    digest = hashlib.sha256(_raw(i, text)).hexdigest()
    return {
        "id": i + 1,
        "project_id": project_id,
        "public_id": digest[:16],
        "sha256": digest,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "source_name": f"article-{i:06}.txt",
        "encoding": "utf-8",
        "text": text,
        "n_segments": prose.SENTENCES,
        "n_queued": prose.SENTENCES,
        "title": f"Dispute over figures, part {i}",
        "outlet": "The Bench Courier",
        "language": "en",
        "engine": "bench",
        "problems": "",
        "import_batch": 1 + (i >> 20),
        "queue_rank": i & ((1 << 20) - 1),
        "imported_at": NOON,
    }


def _sentences(project_id: int, i: int, spans: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    for position, (start, end) in enumerate(spans):
        yield {
            "project_id": project_id,
            "article_id": i + 1,
            "position": position,
            "start": start,
            "end": end,
            "kind": "body",
            "reason": "",
            "is_queued": True,
            "queue_key": queue_key(
                batch=1 + (i >> 20), rank=i & ((1 << 20) - 1), position=position
            ),
        }


def insert(session: Session, model: type, rows: Iterable[dict[str, Any]]) -> None:
    """Insert many rows, some thousand at a time."""
    rows = iter(rows)
    statement = sa.insert(table(model))
    while part := list(islice(rows, ROWS_AT_A_TIME)):
        session.connection().execute(statement, part)


def past_ids(session: Session) -> None:
    """PostgreSQL counts keys apart from the rows: let it go on after those given here."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for model in (Article, Sentence, Annotation, AnnotationEvent):
        name = model.__tablename__
        session.execute(
            sa.text(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "  # noqa: S608 - our names
                f"(SELECT coalesce(max(id), 1) FROM {name}))"
            )
        )


def analyse(pair: Engines) -> None:
    """What PostgreSQL's own housekeeping would have done by now: count rows, mark pages."""
    if pair.path is None:
        with pair.write.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql("VACUUM ANALYZE")
