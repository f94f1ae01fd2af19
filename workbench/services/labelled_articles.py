"""Articles that a labelled file tells of and the project lacks: stored as far as they are told."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import Article, Project
from db.queries import arrivals as queries
from db.queries.articles import queue_key
from workbench.errors import InputError
from workbench.formats.labelled import LabelledText
from workbench.formats.readers.published import iso_date
from workbench.formats.rebuilding import LOST, Rebuilt, rebuild
from workbench.formats.records import SCHEMA, Record
from workbench.services import audit, coverage, projects
from workbench.services.import_reports import FileReport, Outcome
from workbench.services.labelled_places import stored
from workbench.services.permissions import Actor
from workbench.services.preparing import Prepared
from workbench.services.storing import add_sentences, wanted_rank
from workbench.text.details import Details
from workbench.text.detecting import detect_language
from workbench.text.kinds import Kind
from workbench.text.segments import Segment

NOT_TOLD = "Not in the export that this article came from."
REBUILT = "rebuilt from an export"
UNSPLIT = "as it came, unsplit"


@dataclass(frozen=True, slots=True)
class RebuiltArticle:
    """An article as records of an export tell of it.

    Attributes:
        records: The records, in the order of their starts.
        rebuilt: Its text and segments.
        language: What it is in.
    """

    records: Sequence[Record]
    rebuilt: Rebuilt
    language: str


def rebuilt(group: Iterable[LabelledText]) -> RebuiltArticle | InputError:
    """The article that texts of our own export were taken from, or why they do not fit together.

    It needs no database, and so need not be done while others wait to write.
    """
    once = {(text.record.start, text.record.end): text.record for text in group if text.record}
    records = [once[place] for place in sorted(once)]
    try:
        found = rebuild(records)
    except InputError as error:
        return error
    return RebuiltArticle(records, found, detect_language(found.text).language)


def store_rebuilt(
    session: Session,
    *,
    actor: Actor,
    project: Project,
    rebuilt: Sequence[RebuiltArticle],
    file: str,
    batch: int,
    now: datetime,
) -> list[Article]:
    """Store the articles that records were taken from, with their ids and sentences' clusters.

    Args:
        session: The transaction.
        actor: Who imports.
        project: Where to.
        rebuilt: The articles.
        file: The file's name, for the audit log.
        batch: The number of the import.
        now: When.
    """
    seed = project.settings.get("seed", projects.SEED)
    wanted = [wanted_rank(seed, one.records[0].article.id) for one in rebuilt]
    ranks = queries.free_ranks(session, project_id=project.id, batch=batch, wanted=wanted)
    articles = [
        _article(one, project_id=project.id, batch=batch, rank=rank, now=now)
        for one, rank in zip(rebuilt, ranks, strict=True)
    ]
    queries.add(session, articles=articles, raws=[article.text.encode() for article in articles])
    pairs = zip(rebuilt, articles, strict=True)
    rows = [row for one, article in pairs for row in _rows(one, article)]
    add_sentences(session, project_id=project.id, rows=rows)
    n_queued = sum(article.n_queued for article in articles)
    queries.add_to_queue_count(session, project_id=project.id, by=n_queued)
    coverage.follow_articles(session, project=project, article_ids=[each.id for each in articles])
    details = {"project": project.slug, "file": file, "batch": batch}
    audit.record_all(
        session,
        actor=actor,
        act="rebuild_article",
        object_type="article",
        objects=[(article.public_id, details) for article in articles],
        now=now,
    )
    return articles


def added(file: str, article: Article) -> FileReport:
    """What to say of an article that was rebuilt."""
    counts = (1, 0, article.n_segments, article.n_queued)
    return FileReport(file, Outcome.ADDED, "", article.public_id, *counts)


def already(file: str, public_id: str) -> FileReport:
    """What to say of an article that is here."""
    return FileReport(file, Outcome.ALREADY_THERE, "", public_id, n_already=1)


def _article(
    one: RebuiltArticle, *, project_id: int, batch: int, rank: int, now: datetime
) -> Article:
    rebuilt, told = one.rebuilt, one.records[0].article
    details = {"title": told.title, "outlet": told.outlet, "author": told.author}
    return Article(
        project_id=project_id,
        public_id=told.id,
        sha256=told.sha256,
        text_sha256=hashlib.sha256(rebuilt.text.encode()).hexdigest(),
        source_name=told.source,
        encoding=SCHEMA,  # says that the bytes are not those that came in at first
        text=rebuilt.text,
        n_segments=len(rebuilt.segments),
        n_queued=sum(segment.is_queued for segment in rebuilt.segments),
        title=told.title,
        outlet=told.outlet,
        author=told.author,
        published=told.published,
        url=told.url,
        found={name: value for name, value in details.items() if value},
        language=one.language,
        engine=REBUILT,
        problems=REBUILT,
        import_batch=batch,
        queue_rank=rank,
        imported_at=now,
    )


def _rows(one: RebuiltArticle, article: Article) -> list[dict[str, Any]]:
    rebuilt, records = one.rebuilt, one.records
    rows = []
    for position, segment in enumerate(rebuilt.segments):
        record = None if segment.record is None else records[segment.record]
        text = rebuilt.text[segment.start : segment.end]
        rows.append(
            {
                "project_id": article.project_id,
                "article_id": article.id,
                "position": position,
                "start": segment.start,
                "end": segment.end,
                "kind": segment.kind,
                "reason": NOT_TOLD if text == LOST else "",
                "is_queued": segment.is_queued,
                "queue_key": queue_key(
                    batch=article.import_batch, rank=article.queue_rank, position=position
                ),
                "wire_cluster": record.wire_cluster if record else None,
            }
        )
    return rows


def of_its_own(found: LabelledText, file: str) -> Prepared:
    """A labelled text that is in no article, as an article of one sentence: as it was labelled."""
    text = stored(found.text)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    raw = text.encode()
    origin = found.origin
    details = Details(
        title=origin.title and stored(origin.title),
        outlet=origin.outlet and stored(origin.outlet),
        author=origin.author and stored(origin.author),
        published=iso_date(origin.published) if origin.published else None,
    )
    language = detect_language(text).language
    return Prepared(
        name=f"{file}, {found.where}",
        raw=raw,
        sha256=hashlib.sha256(raw).hexdigest(),
        text=text,
        encoding="utf-8",
        language=language,
        found_language=language,
        segments=(Segment(start, end, Kind.BODY, ""),),
        quote_groups=(None,),
        found=details,
        details=details,
        url=origin.url and stored(origin.url),
        number=0,
        problems=(UNSPLIT,),
    )
