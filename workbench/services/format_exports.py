"""Write a training set in any format: as the project is at this moment, or from a snapshot."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import Session

from db.queries import snapshots as queries
from workbench.errors import InputError, NotFoundError
from workbench.formats import writers
from workbench.formats.choosing import Filters
from workbench.formats.final_labels import LabelChoice
from workbench.formats.manifest import GUIDELINE
from workbench.formats.records import Record
from workbench.formats.writers import File, Flavour, Format, Setting, Source
from workbench.services import exporting, manifests, projects, snapshot_checks, snapshots
from workbench.services.permissions import Actor, Permission, check
from workbench.services.snapshot_folder import FolderSource
from workbench.services.snapshots import SnapshotView


@dataclass(frozen=True, slots=True)
class Export:
    """A training set that is ready to be written, in one format.

    Attributes:
        format: The format.
        setting: What goes for the set as a whole.
        source: Gives the records as often as they are asked for.
        name: What its file is to be called, without an ending.
        n_rows: How many sentences it holds.
        n_stale: Decisions left out because their sentence was split, merged or replaced since;
            a snapshot's were counted when it was taken.
    """

    format: Format
    setting: Setting
    source: Source
    name: str
    n_rows: int
    n_stale: int = 0

    def stream(self) -> Iterator[bytes]:
        """One download: the file, or a ZIP archive of the folder, 64 KiB or more at a time."""
        return writers.stream(self.format, self.setting, self.source)

    def watched(self, on_rows: Callable[[int], None]) -> "Export":
        """The same, telling how many sentences were read; some formats read them twice."""
        source = self.source

        def counted(split: str | None = None) -> Iterator[Record]:
            for number, record in enumerate(source(split), 1):
                yield record
                if number % exporting.ROWS_A_BATCH == 0:
                    on_rows(exporting.ROWS_A_BATCH)

        return replace(self, source=counted)

    def files(self) -> Iterator[File]:
        """The files of a folder; a format of one file gives one for each split."""
        return writers.files(self.format, self.setting, self.source)


def of_now(
    session: Session,
    *,
    actor: Actor,
    project_slug: str | None,
    fmt: str,
    labels: LabelChoice,
    flavour: Flavour = writers.PLAIN,
) -> Export:
    """The training set as it is at this moment, unsplit.

    Args:
        session: A long read of one moment, kept open until everything is written.
        actor: Who exports.
        project_slug: The project; None is the only one there is.
        fmt: One of the formats.
        labels: Whose labels.
        flavour: For tables.

    Raises:
        NotFoundError: There is no such project or format, or the actor is not in the project.
        NotAllowedError: The actor may not export.
        InputError: The format is no table and a flavour was asked for.
    """
    chosen = writers.find(fmt, flavour=flavour)
    project = projects.find(session, actor=actor, slug=project_slug)
    check(actor, Permission.EXPORT, project_id=project.id)
    plan = exporting.plan(session, actor=actor, project_slug=project.slug, labels=labels)
    manifest = manifests.describe(
        session,
        project=project,
        filters=Filters(whose=labels),
        plan=None,
        articles=queries.article_groups(session, project_id=project.id),
        counts={
            "queued": plan.n_sentences,
            "unsettled": plan.n_sentences - plan.n_rows and plan.n_unsettled,
            "unlabelled": plan.n_sentences - plan.n_rows and plan.n_unlabelled,
        },
    )
    guideline = queries.guidelines(session, project_id=project.id)[-1][1]

    def source(split: str | None = None) -> Iterator[Record]:
        found = exporting.records(session, actor=actor, project_slug=project.slug, labels=labels)
        return (record for record in found if split is None or record.split == split)

    about = manifests.about(manifest, guideline=guideline)
    setting = Setting(about=about, whose=labels, flavour=flavour)
    name = f"{project.slug}-latest"
    return Export(chosen, setting, source, name, plan.n_rows, plan.n_stale)


def of_snapshot(
    session: Session,
    *,
    actor: Actor,
    project_slug: str | None,
    number: int,
    home: Path,
    fmt: str,
    flavour: Flavour = writers.PLAIN,
) -> Export:
    """A snapshot in a format, from its files; the database is asked who may have it only.

    Args:
        session: A read transaction; it may end before anything is written.
        actor: Who exports.
        project_slug: The project; None is the only one there is.
        number: The snapshot's number.
        home: The data folder.
        fmt: One of the formats.
        flavour: For tables.

    Raises:
        NotFoundError: There is no such project, snapshot or format, its files are gone, or the
            actor is not in the project.
        NotAllowedError: The actor may not export.
        InputError: The format is no table and a flavour was asked for, or the manifest cannot be
            read.
    """
    chosen = writers.find(fmt, flavour=flavour)
    found = snapshots.find(session, actor=actor, project_slug=project_slug, number=number)
    folder = found.folder(home)
    try:
        manifest = snapshot_checks.read_manifest(folder)
        guideline = (folder / GUIDELINE).read_text(encoding="utf-8")
    except (InputError, OSError) as error:
        raise _gone(found) from error
    setting = Setting(
        about=manifests.about(manifest, guideline=guideline, snapshot=number),
        whose=LabelChoice(manifest.choices["whose"]),
        flavour=flavour,
        splits=manifests.splits_of(manifest),
    )
    name = f"{found.project_slug}-{number}"
    return Export(chosen, setting, FolderSource(folder), name, found.n_sentences)


def paper(found: SnapshotView, *, home: Path, name: str) -> bytes:
    """A file that goes with a snapshot: its card, its Croissant or its manifest.

    Raises:
        NotFoundError: It cannot be read.
    """
    try:
        return (found.folder(home) / name).read_bytes()
    except OSError as error:
        raise _gone(found) from error


def _gone(found: SnapshotView) -> NotFoundError:
    return NotFoundError(
        f"The files of snapshot {found.number} of {found.project_slug} cannot be read. "
        "'workbench snapshot verify' says what of them is left."
    )
