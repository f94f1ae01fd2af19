"""Import: bytes in, articles with exact sentences out; one bad file never stops the others."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any

from sqlmodel import Session

from db.models import Article, Project
from db.queries import articles as queries
from db.queries import projects as project_queries
from workbench.errors import InputError, WorkbenchError
from workbench.formats import readers
from workbench.formats.readers import Limits, RecordFault
from workbench.services import audit, copies, projects
from workbench.services.arrivals import Arrivals
from workbench.services.import_reports import FileReport, Outcome, summed
from workbench.services.permissions import Actor, Permission, check
from workbench.services.preparing import Prepared, Source, articles, prepare
from workbench.text import engine

__all__ = ["FileReport", "Outcome", "Prepared", "Source", "import_sources", "prepare", "store"]

CHARACTERS_A_TRANSACTION = 400_000  # about 0.2 s of writing: labels wait no longer than that
FILES_A_TRANSACTION = 20
CHARACTERS_IN_MEMORY = 20_000_000
FAULTS_NAMED = 1_000


@dataclass(slots=True)
class _File:
    """A file being imported: what of it is read, and the rest where that is much."""

    name: str
    items: list[Prepared | RecordFault] = field(default_factory=list)
    rest: Iterator[Prepared | RecordFault] = field(default_factory=lambda: iter(()))
    size: int = 0
    is_large: bool = False
    refused: str = ""


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
    )
    noticed = "; ".join(prepared.problems)
    counts = (1, 0, len(rows), n_queued, n_copies)
    return FileReport(prepared.name, Outcome.ADDED, noticed, public_id, *counts)


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
        url=prepared.url,
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
        }


def import_sources(
    open_session: Callable[[], AbstractContextManager[Session]],
    clock: Callable[[Session], datetime],
    *,
    actor: Actor,
    project_slug: str | None,
    sources: Iterable[Source],
    limits: Limits = readers.COMMAND,
) -> Iterator[FileReport]:
    """Import file after file, several to a transaction, each whole or not at all.

    Args:
        open_session: The boundary's write transaction; it commits when the block ends.
        clock: Reads the time in a session.
        actor: Who imports.
        project_slug: Where to; None is the only project, or `default` on an empty installation.
        sources: The files; each is read when its turn comes.
        limits: The bounds that readers keep to.

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
    for group in _groups(_file(source, limits) for source in sources):
        reports: list[FileReport] = []
        try:
            with open_session() as session:
                now = clock(session)
                put = partial(store, session, actor=actor, project=project, batch=batch, now=now)
                arrivals = Arrivals(session, project_id=project.id)
                reports = _store_group(group, partial(put, arrivals=arrivals), arrivals)
        except InputError as error:  # met in the rest of a large file, which is a group of its own
            reports = [FileReport(group[0].name, Outcome.REFUSED, str(error))]
        yield from reports


def _file(source: Source, limits: Limits) -> _File:
    """Read a file as far as it fits into memory; what is larger is split while it is stored."""
    file = _File(source.name)
    try:
        file.rest = articles(source, limits=limits)
        for item in file.rest:
            file.items.append(item)
            file.size += len(item.text) if isinstance(item, Prepared) else 0
            if file.size > CHARACTERS_IN_MEMORY:
                file.is_large = True
                break
    except WorkbenchError as error:
        return _File(source.name, refused=str(error))
    except OSError as error:
        reason = f"The file cannot be read: {error.strerror or error}."
        return _File(source.name, refused=reason)
    return file


def _groups(files: Iterable[_File]) -> Iterator[list[_File]]:
    group: list[_File] = []
    size = 0
    for file in files:
        if file.is_large and group:
            yield group
            group, size = [], 0
        group.append(file)
        size += file.size
        if size >= CHARACTERS_A_TRANSACTION or len(group) >= FILES_A_TRANSACTION:
            yield group
            group, size = [], 0
    if group:
        yield group


def _store_group(
    group: list[_File], put: Callable[..., FileReport], arrivals: Arrivals
) -> list[FileReport]:
    reports = []
    for file in group:
        arrivals.begin_file()
        reports.append(_store_file(file, put))
    counts = arrivals.finish()
    return [replace(report, n_copies=n) for report, n in zip(reports, counts, strict=True)]


def _store_file(file: _File, put: Callable[..., FileReport]) -> FileReport:
    if file.refused:
        return FileReport(file.name, Outcome.REFUSED, file.refused)
    total = FileReport(file.name, Outcome.REFUSED)
    faults: list[str] = []
    n_faults = 0
    for item in chain(file.items, file.rest):
        if isinstance(item, RecordFault):
            n_faults += 1
            if len(faults) < FAULTS_NAMED:
                faults.append(f"{item.where}: {item.reason}")
            continue
        total = summed(total, put(prepared=item))
    if n_faults == 1 and not total.n_articles and not total.n_already:
        return replace(total, reason=faults[0], faults=tuple(faults), n_faults=1)
    records = "1 record" if n_faults == 1 else f"{n_faults:,} records"
    reason = f"{records} refused; the first: {faults[0]}" if faults else total.reason
    return replace(total, reason=reason, faults=tuple(faults), n_faults=n_faults)
