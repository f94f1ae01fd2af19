"""An article as it is stored: its bytes, its text and details, its sentences in the queue."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import Article, Project
from db.queries import articles as queries
from db.queries import projects as project_queries
from workbench.services import audit, copies, projects
from workbench.services.arrivals import Arrivals
from workbench.services.import_reports import FileReport, Outcome
from workbench.services.permissions import Actor, Permission, check
from workbench.services.preparing import Prepared
from workbench.text import engine


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
    arrivals: Arrivals | None = None,
) -> FileReport:
    """Store one article, unless these bytes are one already.

    Its copies are looked for at once, or together with those of the `arrivals` it is put among.
    """
    check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
    public_id = prepared.public_id
    if queries.public_id_exists(session, project_id=project.id, public_id=public_id):
        return FileReport(prepared.name, Outcome.ALREADY_THERE, "", public_id, n_already=1)
    seed = project.settings.get("seed", projects.SEED)
    order = hashlib.sha256(f"{seed}:{public_id}".encode()).digest()
    wanted = int.from_bytes(order[:4], "big") >> (32 - queries.RANK_BITS)
    rank = queries.free_rank(session, project_id=project.id, batch=batch, wanted=wanted)
    rows = list(_rows(prepared, project=project, batch=batch, rank=rank))
    n_queued = sum(row["is_queued"] for row in rows)
    article = _article(prepared, project_id=project.id, batch=batch, rank=rank, now=now)
    article.n_queued = n_queued
    queries.add(session, article=article, raw=prepared.raw, sentences=rows)
    n_copies = 0
    if arrivals is None:
        found = copies.note(session, project_id=project.id, articles=[article])
        n_copies = found.get(article.id, 0)
    else:
        arrivals.add(article)
    audit.record(
        session,
        actor=actor,
        act="import_article",
        object_type="article",
        object_id=public_id,
        now=now,
        sha256=prepared.sha256,
        segments=len(rows),
        batch=batch,
    )
    noticed = "; ".join(prepared.problems)
    counts = (1, 0, len(rows), n_queued, n_copies)
    return FileReport(prepared.name, Outcome.ADDED, noticed, public_id, *counts)


def _article(
    prepared: Prepared, *, project_id: int, batch: int, rank: int, now: datetime
) -> Article:
    found = asdict(prepared.found) | {"language": prepared.found_language, "url": prepared.url}
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
        **asdict(prepared.details),
        url=prepared.url,
        found={name: value for name, value in found.items() if value},
        language=prepared.language,
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
            "quote_group": prepared.quote_groups[position],
        }
