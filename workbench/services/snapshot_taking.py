"""Take a snapshot: its files from one moment of the database, then its number."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from db.models import Project, Snapshot
from db.queries import exports as export_queries
from db.queries import projects as project_queries
from db.queries import snapshots as queries
from workbench.errors import InputError
from workbench.formats.card import CardFacts, Collector, Column, DataFile, croissant, readme
from workbench.formats.choosing import Filters, chosen
from workbench.formats.final_labels import LabelChoice, LabelSource
from workbench.formats.manifest import (
    CARD,
    CROISSANT,
    GUIDELINE,
    SENTENCES,
    SOURCES,
    FileEntry,
    Manifest,
)
from workbench.formats.records import Record
from workbench.formats.splitting import Plan, SplitReport, Splits, check_no_straddle, split
from workbench.formats.writers.format import File
from workbench.formats.writers.pieces import chunked, line
from workbench.services import audit, exporting, folders, manifests, projects
from workbench.services import snapshot_folder as places
from workbench.services.permissions import Actor, Permission, check
from workbench.services.snapshot_rows import ArticleTies, Rows, write_split, write_unsplit

FOLDER = "snapshots"
COLUMNS = (
    Column("id", "sc:Text"),
    Column("text", "sc:Text"),
    Column("kind", "sc:Text"),
    Column("labels", "sc:Text", is_list=True),
    Column("label_source", "sc:Text"),
    Column("n_annotations", "sc:Integer"),
    Column("check_worthiness", "sc:Integer"),
    Column("start", "sc:Integer"),
    Column("end", "sc:Integer"),
    Column("split", "sc:Text"),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a snapshot is to hold: which sentences, how they are split, and a note for people.

    `plan` is None where the sentences are not to be split.
    """

    filters: Filters = field(default_factory=Filters)
    plan: Plan | None = field(default_factory=Plan)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A snapshot that is written and not yet kept: its folder goes with the block it was made in.

    Attributes:
        folder: Where it lies for the moment.
        project_id: The project.
        manifest: What it says of itself.
        manifest_sha256: Of the manifest's bytes.
        report: What the split came to; None without one.
        wish: What was asked for.
    """

    folder: Path
    project_id: int
    manifest: Manifest
    manifest_sha256: str
    report: SplitReport | None
    wish: Wish


@contextmanager
def drafted(
    session: Session,
    *,
    actor: Actor,
    project_slug: str | None,
    wish: Wish,
    home: Path,
    done: Callable[[int], None] | None = None,
) -> Iterator[Draft]:
    """Write a snapshot's files from one moment of the database; `keep` makes them a snapshot.

    Args:
        session: A long read of one moment: everything is read in it.
        actor: Who takes it.
        project_slug: The project; None is the only one there is.
        wish: What it is to hold.
        home: The data folder.
        done: Called with the number of sentences just written.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor may not export.
        InputError: No sentence is as asked.
        StraddleError: Copies of one text would stand in two splits; nothing was written.
        DiskError: The disk is full, or failed; nothing is left behind.
    """
    project = projects.find(session, actor=actor, slug=project_slug)
    check(actor, Permission.EXPORT, project_id=project.id)
    export_queries.allow_long_read(session)
    with places.in_the_making(home / FOLDER / project.slug) as folder:
        yield _written(session, actor, project, wish, folder, done)


def _written(
    session: Session,
    actor: Actor,
    project: Project,
    wish: Wish,
    folder: Path,
    done: Callable[[int], None] | None,
) -> Draft:
    whose = wish.filters.whose
    counted = exporting.plan(session, actor=actor, project_slug=project.slug, labels=whose)
    records = exporting.records(
        session, actor=actor, project_slug=project.slug, labels=LabelChoice.ALL
    )
    votes: Counter[tuple[tuple[str, ...], ...]] = Counter()
    articles = queries.article_groups(session, project_id=project.id)
    guideline = queries.guidelines(session, project_id=project.id)[-1][1]
    manifest = manifests.describe(
        session, project=project, filters=wish.filters, plan=wish.plan, articles=articles, counts={}
    )
    # The votes are counted while the records pass, and read when all have.
    about = manifests.about(manifest, guideline=guideline, unsettled_votes=votes)
    collector = Collector(about)
    settled = _settled(records, wish.filters, votes)
    passing = collector.passing(chosen(settled, wish.filters))
    rows = write_unsplit(folder, passing, done=done)
    if not len(rows):
        message = "No sentence is as asked, so there is nothing to take a snapshot of."
        raise InputError(message)
    names = set(rows.articles)
    within = [article for article in articles if article.public_id in names]
    manifest = manifests.describe(
        session,
        project=project,
        filters=wish.filters,
        plan=wish.plan,
        articles=within,
        counts=_counts(rows, counted, whose),
    )
    splits = _split(rows, _ties(within), wish.plan)
    entries = write_split(folder, rows, splits.of_article if splits else {})
    about = manifests.about(manifest, guideline=guideline, unsettled_votes=votes)
    facts = replace(collector.facts(), about=about, n_splits=_n_splits(splits))
    papers = [
        _sources(within),
        File(GUIDELINE, iter([guideline.encode()])),
        *_cards(facts, entries),
    ]
    entries += folders.add_files(folder, papers)
    report = splits.report if splits else None
    manifest = replace(manifest, results=manifests.results(facts, report))
    manifest, digest = places.close(folder, manifest, entries)
    return Draft(folder, project.id, manifest, digest, report, wish)


def _cards(facts: CardFacts, entries: Iterable[FileEntry]) -> Iterator[File]:
    """The data card, for people and for machines."""
    sentences = next(entry for entry in entries if entry.path == SENTENCES)
    described = DataFile(
        SENTENCES, sentences.sha256, sentences.bytes, "application/jsonlines", COLUMNS
    )
    yield File(CARD, iter([readme(facts)]))
    yield File(CROISSANT, iter([croissant(facts, [described])]))


def _settled(
    records: Iterable[Record], filters: Filters, votes: Counter[tuple[tuple[str, ...], ...]]
) -> Iterator[Record]:
    """The sentences that have a final label, if that is asked; how the others were voted on.

    Left out of the set, sentences that reviewers do not agree on would make them seem to agree.
    """
    alike = replace(filters, labels=(), sources=())
    for record in records:
        if filters.whose is LabelChoice.ALL or record.label_source != LabelSource.NONE:
            yield record
        elif alike.takes(record):
            given = [one.labels for one in record.annotations if not one.skipped]
            if given:
                votes[tuple(sorted(given))] += 1


def _counts(rows: Rows, counted: exporting.ExportPlan, whose: LabelChoice) -> dict[str, int]:
    leaves_out = whose is not LabelChoice.ALL
    return {
        "sentences": len(rows),
        "articles": len(rows.articles),
        "annotations": rows.n_annotations,
        "annotators": len(rows.annotators),
        "queued": counted.n_sentences,
        "unsettled": counted.n_unsettled if leaves_out else 0,
        "unlabelled": counted.n_unlabelled if leaves_out else 0,
    }


def _ties(articles: Sequence[queries.ArticleGroups]) -> dict[str, ArticleTies]:
    return {one.public_id: ArticleTies(one.wire_cluster, one.story) for one in articles}


def _n_splits(splits: Splits | None) -> dict[str, int]:
    found = splits.report.splits if splits else {}
    return {str(split): share.n_sentences for split, share in found.items()}


def _split(rows: Rows, ties: dict[str, ArticleTies], plan: Plan | None) -> Splits | None:
    if plan is None:
        return None
    splits = split(rows.items(ties), plan)
    placed = ((item, splits.of_article[item.article]) for item in rows.items(ties))
    check_no_straddle(placed, plan)  # looked at anew, not by how it was drawn
    return splits


def keep(session: Session, *, actor: Actor, draft: Draft, home: Path, now: datetime) -> Snapshot:
    """Number a draft, give its folder its name, and store both: last thing in its transaction.

    Raises:
        NotAllowedError: The actor may not export.
        DiskError: The folder cannot be given its name.
    """
    check(actor, Permission.EXPORT, project_id=draft.project_id)
    project = project_queries.lock(session, project_id=draft.project_id)
    number = queries.newest_number(session, project_id=project.id) + 1
    snapshot = Snapshot(
        project_id=project.id,
        number=number,
        account_id=actor.account_id,
        taken_at=now,
        note=draft.wish.note.strip(),
        n_sentences=draft.manifest.counts["sentences"],
        choices=dict(draft.manifest.choices),
        manifest=asdict(draft.manifest),
        manifest_sha256=draft.manifest_sha256,
    )
    session.add(snapshot)
    audit.record(
        session,
        actor=actor,
        act="take_snapshot",
        object_type="snapshot",
        object_id=f"{project.slug}/{number}",
        now=now,
        manifest_sha256=draft.manifest_sha256,
        n_sentences=snapshot.n_sentences,
    )
    places.put(draft.folder, home / FOLDER / project.slug / str(number))
    return snapshot


def _sources(articles: Sequence[queries.ArticleGroups]) -> File:
    """Where the sentences come from: a line for each article that has one."""
    return File(SOURCES, chunked(line(_source(article)) for article in articles))


def _source(article: queries.ArticleGroups) -> dict[str, str | None]:
    return {
        "id": article.public_id,
        "sha256": article.sha256,
        "source": article.source_name,
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url,
        "language": article.language,
        "splitter": article.engine,
        "wire_cluster": article.wire_cluster,
        "story": article.story,
    }
