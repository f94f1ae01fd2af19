"""Write a project's labelled sentences in a format, from one moment of the database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from sqlmodel import Session

from db.queries import export_counts, export_lookups
from db.queries import exports as queries
from workbench.errors import NotFoundError
from workbench.formats.about import About, LabelFace
from workbench.formats.final_labels import LabelChoice
from workbench.formats.records import Record
from workbench.formats.writers import ROW_BY_ROW, FileFormat, Flavour, Setting, find
from workbench.services import projects
from workbench.services.export_records import Assembler, article_id, by_article, in_batches
from workbench.services.permissions import Actor, Permission, check

ROWS_A_BATCH = 2000


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many final labels hold a label.

    One that was retired or merged is not in force: its colour may be that of another one by now.
    """

    key: str
    name: str
    colour: str
    n_sentences: int
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What an export will hold, in numbers.

    Attributes:
        project_slug: The project.
        project_name: Its name.
        n_rows: Sentences that the export will hold: what a progress bar runs to.
        n_sentences: Sentences that are queued or decided.
        n_labelled: Of these, with a final label.
        n_unsettled: With annotations that leave a label undecided.
        n_unlabelled: Without an annotation that votes.
        n_skipped: Of these without, skipped by somebody.
        n_explicit_none: With a final label of no labels.
        n_reviewers: Who decided anything.
        n_stale: Decisions left out because their sentence was split, merged or replaced since.
        labels: Per label of the label set, in order; a final label may hold several.
    """

    project_slug: str
    project_name: str
    n_rows: int
    n_sentences: int
    n_labelled: int
    n_unsettled: int
    n_unlabelled: int
    n_skipped: int
    n_explicit_none: int
    n_reviewers: int
    n_stale: int
    labels: tuple[LabelCount, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What an export has written, and how many sentences it has left out.

    Attributes:
        n_rows: Sentences that it holds.
        n_unsettled: Left out: with annotations that leave a label undecided.
        n_unlabelled: Left out: without an annotation that votes.
        n_stale: Decisions left out because their sentence was split, merged or replaced since.
    """

    n_rows: int
    n_unsettled: int = 0
    n_unlabelled: int = 0
    n_stale: int = 0


def plan(
    session: Session, *, actor: Actor, project_slug: str | None, labels: LabelChoice
) -> ExportPlan:
    """Count what an export will hold, without reading a text.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor may not export.
    """
    project = projects.find(session, actor=actor, slug=project_slug)
    check(actor, Permission.EXPORT, project_id=project.id)
    queries.allow_long_read(session)
    faces = export_counts.label_faces(session, project_id=project.id)
    counts = export_counts.counts(session, project_id=project.id, faces=faces)
    every = labels is LabelChoice.ALL
    return ExportPlan(
        project_slug=project.slug,
        project_name=project.name,
        n_rows=counts.n_sentences if every else counts.n_settled,
        n_sentences=counts.n_sentences,
        n_labelled=counts.n_settled,
        n_unsettled=counts.n_voted - counts.n_settled,
        n_unlabelled=counts.n_sentences - counts.n_voted,
        n_skipped=counts.n_skipped,
        n_explicit_none=counts.n_none,
        n_reviewers=counts.n_reviewers,
        n_stale=counts.n_stale,
        labels=tuple(
            LabelCount(face.key, face.name, face.colour, n, face.is_in_force)
            for face, n in zip(faces, counts.n_per_label, strict=True)
        ),
    )


def stream(
    session: Session,
    *,
    actor: Actor,
    project_slug: str | None,
    fmt: str,
    labels: LabelChoice,
    excel: bool = False,
    delimiter: str = ",",
    on_rows: Callable[[int], None] | None = None,
    on_end: Callable[[Written], None] | None = None,
) -> Iterator[bytes]:
    """The export in chunks of 64 KiB or more; what can be refused is refused before the first.

    Args:
        session: A transaction of its own, kept open until the last chunk.
        actor: Who exports.
        project_slug: The project; None is the only one there is.
        fmt: One of `ROW_BY_ROW`.
        labels: Whose labels.
        excel: CSV for spreadsheets: with a BOM, and formulas defused.
        delimiter: Between the fields of a CSV row.
        on_rows: Called after each chunk with how many more sentences were read for it; for a
            progress bar.
        on_end: Called after the last chunk with what was written and what was left out.

    Raises:
        NotFoundError: There is no such project or format, or the actor is not in the project.
        NotAllowedError: The actor may not export.
        InputError: The format knows nothing of spreadsheets, or the delimiter is none.
    """
    flavour = Flavour(excel=excel, delimiter=delimiter)
    chosen = find(fmt, flavour=flavour)
    if not isinstance(chosen, FileFormat) or fmt not in ROW_BY_ROW:
        message = f"The format '{fmt}' is not written row by row."
        raise NotFoundError(message)
    export = _Export(session, actor=actor, project_slug=project_slug, labels=labels)
    faces = tuple(LabelFace(key, key) for key in export.keys)
    about = About(project=export.slug, title=export.slug, labels=faces)
    chunks = chosen.chunks(Setting(about=about, whose=labels, flavour=flavour), export.records)
    return _told(chunks, export, on_rows, on_end)


def records(
    session: Session, *, actor: Actor, project_slug: str | None, labels: LabelChoice
) -> Iterator[Record]:
    """The records of the export, in order; what can be refused is refused before the first.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor may not export.
    """
    return _Export(session, actor=actor, project_slug=project_slug, labels=labels).records()


def preview(
    session: Session,
    *,
    actor: Actor,
    project_slug: str | None,
    labels: LabelChoice,
    limit: int = 20,
) -> list[Record]:
    """The first records of the export.

    As many articles are read as records are asked for; only if their sentences are too few, all.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor may not export.
    """
    found: list[Record] = []
    for first_articles in (limit, None):
        export = _Export(
            session,
            actor=actor,
            project_slug=project_slug,
            labels=labels,
            first_articles=first_articles,
        )
        found = list(islice(export.records(), limit))
        if len(found) == limit:
            break
    return found


class _Export:
    """One export of one project: checked, with its moment fixed, ready to be read."""

    def __init__(
        self,
        session: Session,
        *,
        actor: Actor,
        project_slug: str | None,
        labels: LabelChoice,
        first_articles: int | None = None,
    ) -> None:
        project = projects.find(session, actor=actor, slug=project_slug)
        check(actor, Permission.EXPORT, project_id=project.id)
        queries.allow_long_read(session)
        parts = queries.decisions(
            session,
            project_id=project.id,
            decided_only=labels is not LabelChoice.ALL,
            first_articles=first_articles,
        )
        # The first rows are fetched before anything else is read: what their decisions were made
        # under is then there for certain.
        self._parts = chain(list(islice(parts, 1)), parts)
        self._session = session
        self._labels = labels
        self._project_id = project.id
        self.slug = project.slug
        self._versions = export_lookups.versions(session, project_id=project.id)
        self.keys = tuple(dict.fromkeys(self._versions.labels.values()))
        self._n_queued = project.n_queued
        self._assembler = Assembler(self._versions, keys=self.keys, choice=labels)

    @property
    def n_records(self) -> int:
        """How many records were made until now."""
        return self._assembler.n_records

    def records(self) -> Iterator[Record]:
        """The records, in order."""
        return chain.from_iterable(self._article_by_article())

    def _article_by_article(self) -> Iterator[list[Record]]:
        """Their records, with the texts of one batch of articles at a time."""
        for batch in in_batches(by_article(self._parts), n_rows=ROWS_A_BATCH):
            texts = export_lookups.article_texts(
                self._session, ids=[article_id(rows) for rows in batch]
            )
            for rows in batch:
                yield self._assembler.records(rows, texts[article_id(rows)])

    def written(self) -> Written:
        """What was written and left out, once all records were taken."""
        n_rows = self.n_records
        n_stale = export_counts.n_stale(self._session, project_id=self._project_id)
        if self._labels is LabelChoice.ALL:
            return Written(n_rows, n_stale=n_stale)
        n_voted = self._assembler.n_voted
        n_sentences = self._n_queued + self._assembler.n_not_queued
        return Written(n_rows, n_voted - n_rows, n_sentences - n_voted, n_stale)


def _told(
    chunks: Iterator[bytes],
    export: _Export,
    on_rows: Callable[[int], None] | None,
    on_end: Callable[[Written], None] | None,
) -> Iterator[bytes]:
    n_told = 0
    for chunk in chunks:
        yield chunk
        if on_rows is not None:
            on_rows(export.n_records - n_told)
        n_told = export.n_records
    if on_end is not None:
        on_end(export.written())
