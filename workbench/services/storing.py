"""Articles as they are stored: their bytes, texts and details, their sentences in the queue.

Those that come in together are stored together, by few statements however many they are.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import Article, Project
from db.queries import arrivals as queries
from db.queries import projects as project_queries
from db.queries.articles import RANK_BITS, lower_marks, queue_key
from workbench.services import article_versions, audit, copies, coverage, projects
from workbench.services.import_reports import FileReport, Outcome
from workbench.services.newcomers import Present
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
) -> FileReport:
    """Store one article, unless these bytes are one already."""
    (report,) = store_all(
        session, actor=actor, project=project, prepared=[prepared], batch=batch, now=now
    )
    return report


def store_all(
    session: Session,
    *,
    actor: Actor,
    project: Project,
    prepared: Sequence[Prepared],
    batch: int,
    now: datetime,
) -> list[FileReport]:
    """Store articles, but those whose bytes are one already; a report for each, in order."""
    check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
    ids = [one.public_id for one in prepared]
    there = queries.known(session, project_id=project.id, public_ids=ids)
    new: dict[str, Prepared] = {}
    for one in prepared:
        if one.public_id not in there:
            new.setdefault(one.public_id, one)
    known_as = [one.identity for one in new.values()]
    may_replace = article_versions.hold(session, project=project, identities=known_as)
    added = _added(session, project=project, prepared=list(new.values()), batch=batch, now=now)
    n_copies = copies.note(session, project_id=project.id, articles=added)
    coverage.follow_articles(session, project=project, article_ids=[each.id for each in added])
    audit.record_all(
        session,
        actor=actor,
        act="import_article",
        object_type="article",
        objects=[(article.public_id, _audited(article, project)) for article in added],
        now=now,
    )
    told: dict[str, str] = {}
    if may_replace:
        told = article_versions.replace_older(
            session, actor=actor, project=project, articles=added, now=now
        )
        coverage.follow_articles(session, project=project, article_ids=[each.id for each in added])
    stored = {article.public_id: article for article in added}
    first = {name: one.name for name, one in new.items()} | there
    return [
        _report(one, stored.pop(one.public_id, None), n_copies, told, first[one.public_id])
        for one in prepared
    ]


def _report(
    one: Prepared,
    article: Article | None,
    n_copies: dict[int, int],
    told: dict[str, str],
    same_as: str,
) -> FileReport:
    if article is None:
        return already_there(Present(one.name, one.public_id, same_as))
    counts = (1, 0, article.n_segments, article.n_queued, n_copies.get(article.id, 0))
    noticed = "; ".join(filter(None, (told.get(one.public_id), article.problems)))
    return FileReport(one.name, Outcome.ADDED, noticed, one.public_id, *counts)


def already_there(one: Present) -> FileReport:
    """The report of an article whose bytes are one already."""
    reason = f"the same bytes as {one.same_as}"
    return FileReport(one.name, Outcome.ALREADY_THERE, reason, one.public_id, n_already=1)


def _audited(article: Article, project: Project) -> dict[str, Any]:
    return {
        "project": project.slug,
        "sha256": article.sha256,
        "segments": article.n_segments,
        "batch": article.import_batch,
    }


def _added(
    session: Session, *, project: Project, prepared: list[Prepared], batch: int, now: datetime
) -> list[Article]:
    seed = project.settings.get("seed", projects.SEED)
    queued = frozenset(project.settings.get("queued_kinds", projects.QUEUED_KINDS))
    wanted = [wanted_rank(seed, one.public_id) for one in prepared]
    ranks = queries.free_ranks(session, project_id=project.id, batch=batch, wanted=wanted)
    articles = [
        _article(
            one,
            project_id=project.id,
            batch=batch,
            rank=rank,
            n_queued=sum(str(segment.kind) in queued for segment in one.segments),
            now=now,
        )
        for one, rank in zip(prepared, ranks, strict=True)
    ]
    queries.add(session, articles=articles, raws=[one.raw for one in prepared])
    pairs = zip(prepared, articles, strict=True)
    rows = [row for one, article in pairs for row in _rows(one, article=article, queued=queued)]
    add_sentences(session, project_id=project.id, rows=rows)
    n_queued = sum(article.n_queued for article in articles)
    queries.add_to_queue_count(session, project_id=project.id, by=n_queued)
    return articles


def add_sentences(session: Session, *, project_id: int, rows: list[dict[str, Any]]) -> None:
    """Store sentences of new articles, which nobody's search for the next one passes over.

    An import whose files or parts come one after the other adds articles before those that are
    there, at the places that were drawn for them: somebody may have done all that was there.
    """
    queries.add_sentences(session, rows=rows)
    keys = [row["queue_key"] for row in rows if row["is_queued"]]
    if keys:
        lower_marks(session, project_id=project_id, to=min(keys))


def wanted_rank(seed: int, public_id: str) -> int:
    """The place in its batch that an article gets if it is free: drawn by the project's seed."""
    order = hashlib.sha256(f"{seed}:{public_id}".encode()).digest()
    return int.from_bytes(order[:4], "big") >> (32 - RANK_BITS)


def _article(
    prepared: Prepared, *, project_id: int, batch: int, rank: int, n_queued: int, now: datetime
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
        n_queued=n_queued,
        **asdict(prepared.details),
        url=prepared.url,
        found={name: value for name, value in found.items() if value},
        language=prepared.language,
        identity=prepared.identity,
        engine=engine.ENGINE,
        problems="; ".join(prepared.problems),
        import_batch=batch,
        queue_rank=rank,
        imported_at=now,
    )


def _rows(
    prepared: Prepared, *, article: Article, queued: Collection[str]
) -> Iterator[dict[str, Any]]:
    for position, segment in enumerate(prepared.segments):
        yield {
            "project_id": article.project_id,
            "article_id": article.id,
            "position": position,
            "start": segment.start,
            "end": segment.end,
            "kind": str(segment.kind),
            "reason": segment.reason,
            "is_queued": str(segment.kind) in queued,
            "queue_key": queue_key(
                batch=article.import_batch, rank=article.queue_rank, position=position
            ),
            "quote_group": prepared.quote_groups[position],
        }
