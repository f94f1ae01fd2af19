"""Import: bytes in, articles with exact sentences out; one bad file never stops the others."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from db.models import Article, Project
from db.queries import articles as queries
from db.queries import projects as project_queries
from workbench.errors import InputError, WorkbenchError
from workbench.services import audit, projects
from workbench.services.permissions import Actor, Permission, check
from workbench.text import decoding, details, engine, segmenting
from workbench.text.segmenting import Segment

MAX_BYTES = 100_000_000
MAX_SEGMENTS = 1 << queries.POSITION_BITS
CHARACTERS_A_TRANSACTION = 400_000  # about 0.1 s of writing: labels wait no longer than that
FILES_A_TRANSACTION = 50


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    ALREADY_THERE = "already there"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Source:
    """A file on its way in: its name, and how to get its bytes."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of a file, in words.

    Attributes:
        name: The file's name as given.
        outcome: Added, already there or refused.
        reason: Why it was refused, or what was noticed in it; one line, may be empty.
        article: The public id of its article, if there is one.
        n_segments: How many segments it was split into.
        n_queued: How many of them are in the queue.
    """

    name: str
    outcome: Outcome
    reason: str = ""
    article: str = ""
    n_segments: int = 0
    n_queued: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file decoded, split and looked over; nothing stored yet."""

    name: str
    raw: bytes
    sha256: str
    text: str
    encoding: str
    segments: tuple[Segment, ...]
    found: details.Details
    problems: tuple[str, ...]

    @property
    def public_id(self) -> str:
        """The first 16 hex digits of the bytes' SHA-256: the same bytes are the same article."""
        return self.sha256[:16]


def prepare(name: str, data: bytes) -> Prepared:
    """Decode and split a file.

    Raises:
        InputError: It is empty, binary, too large or cannot be decoded; the message names why.
    """
    if len(data) > MAX_BYTES:
        message = (
            f"The file has {len(data) / 1e6:,.0f} MB; at most {MAX_BYTES // 10**6} can be read."
        )
        raise InputError(message)
    try:
        decoded = decoding.decode(data)
    except decoding.UndecodableError as error:
        raise InputError(str(error)) from error
    segments = segmenting.segment(decoded.text)
    if not segments or len(segments) >= MAX_SEGMENTS:
        message = (
            f"The file has {len(segments):,} segments; an article has 1 to {MAX_SEGMENTS - 1:,}."
        )
        raise InputError(message)
    return Prepared(
        name=name,
        raw=data,
        sha256=hashlib.sha256(data).hexdigest(),
        text=decoded.text,
        encoding=decoded.encoding,
        segments=tuple(segments),
        found=details.find_details(decoded.text, segments),
        problems=decoded.problems,
    )


def begin_batch(session: Session, *, project: Project) -> int:
    """A new number for the files that are imported together."""
    row = project_queries.lock(session, project_id=project.id)
    row.n_batches += 1
    session.add(row)
    session.flush()
    return row.n_batches


def store(
    session: Session,
    *,
    actor: Actor,
    project: Project,
    prepared: Prepared,
    batch: int,
    now: datetime,
) -> FileReport:
    """Store a prepared file as an article, unless these bytes are one already."""
    check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
    public_id = prepared.public_id
    if queries.public_id_exists(session, project_id=project.id, public_id=public_id):
        return FileReport(prepared.name, Outcome.ALREADY_THERE, "", public_id)
    seed = project.settings.get("seed", projects.SEED)
    order = hashlib.sha256(f"{seed}:{public_id}".encode()).digest()
    wanted = int.from_bytes(order[:4], "big") >> (32 - queries.RANK_BITS)
    rank = queries.free_rank(session, project_id=project.id, batch=batch, wanted=wanted)
    rows = list(_rows(prepared, project=project, batch=batch, rank=rank))
    n_queued = sum(row["is_queued"] for row in rows)
    article = _article(prepared, project_id=project.id, batch=batch, rank=rank, now=now)
    article.n_queued = n_queued
    queries.add(session, article=article, raw=prepared.raw, sentences=rows)
    audit.record(
        session,
        actor=actor,
        act="import_article",
        object_type="article",
        object_id=public_id,
        now=now,
        sha256=prepared.sha256,
        segments=len(rows),
    )
    noticed = "; ".join(prepared.problems)
    return FileReport(prepared.name, Outcome.ADDED, noticed, public_id, len(rows), n_queued)


def _article(
    prepared: Prepared, *, project_id: int, batch: int, rank: int, now: datetime
) -> Article:
    found = prepared.found
    return Article(
        project_id=project_id,
        public_id=prepared.public_id,
        sha256=prepared.sha256,
        text_sha256=hashlib.sha256(prepared.text.encode()).hexdigest(),
        source_name=prepared.name,
        encoding=prepared.encoding,
        text=prepared.text,
        n_segments=len(prepared.segments),
        n_queued=0,
        title=found.title,
        outlet=found.outlet,
        author=found.author,
        published=found.published,
        engine=engine.ENGINE,
        problems="; ".join(prepared.problems),
        import_batch=batch,
        queue_rank=rank,
        imported_at=now,
    )


def _rows(
    prepared: Prepared, *, project: Project, batch: int, rank: int
) -> Iterator[dict[str, Any]]:
    queued = set(project.settings.get("queued_kinds", projects.QUEUED_KINDS))
    for position, segment in enumerate(prepared.segments):
        yield {
            "project_id": project.id,
            "position": position,
            "start": segment.start,
            "end": segment.end,
            "kind": str(segment.kind),
            "reason": segment.reason,
            "is_queued": str(segment.kind) in queued,
            "queue_key": queries.queue_key(batch=batch, rank=rank, position=position),
        }


def import_sources(
    open_session: Callable[[], AbstractContextManager[Session]],
    clock: Callable[[Session], datetime],
    *,
    actor: Actor,
    project_slug: str | None,
    sources: Iterable[Source],
) -> Iterator[FileReport]:
    """Import file after file, several to a transaction, each whole or not at all.

    Args:
        open_session: The boundary's write transaction; it commits when the block ends.
        clock: Reads the time in a session.
        actor: Who imports.
        project_slug: Where to; None is the only project, or `default` on an empty installation.
        sources: The files; each is read when its turn comes.

    Yields:
        A report per file, after the transaction that holds it is committed. Stop asking for more
        and what was reported stays.

    Raises:
        WorkbenchError: The project cannot be found, or the actor may not import into it.
    """
    with open_session() as session:
        project = projects.find_or_create(
            session, actor=actor, slug=project_slug, now=clock(session)
        )
        check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
        batch = begin_batch(session, project=project)
    for group in _groups(sources):
        ready = [item for item in group if isinstance(item, Prepared)]
        reports: dict[int, FileReport] = {}
        if ready:
            with open_session() as session:
                now = clock(session)
                for item in ready:
                    reports[id(item)] = store(
                        session, actor=actor, project=project, prepared=item, batch=batch, now=now
                    )
        for each in group:
            yield each if isinstance(each, FileReport) else reports[id(each)]


def _groups(sources: Iterable[Source]) -> Iterator[list[Prepared | FileReport]]:
    group: list[Prepared | FileReport] = []
    size = 0
    for source in sources:
        item = _prepare_or_refuse(source)
        group.append(item)
        size += len(item.text) if isinstance(item, Prepared) else 0
        if size >= CHARACTERS_A_TRANSACTION or len(group) >= FILES_A_TRANSACTION:
            yield group
            group, size = [], 0
    if group:
        yield group


def _prepare_or_refuse(source: Source) -> Prepared | FileReport:
    try:
        return prepare(source.name, source.read())
    except WorkbenchError as error:
        return FileReport(source.name, Outcome.REFUSED, str(error))
    except OSError as error:
        reason = f"The file cannot be read: {error.strerror or error}."
        return FileReport(source.name, Outcome.REFUSED, reason)
