"""Import: bytes in, articles with exact sentences out; one bad file never stops the others."""

from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Any

from sqlmodel import Session

from workbench.errors import InputError, WorkbenchError
from workbench.formats import readers
from workbench.formats.readers import Limits, ReaderError, RecordFault
from workbench.services import imports, labelled_files, mappings, projects, recurring_lines
from workbench.services.import_logs import Log, Sums, logged
from workbench.services.import_reports import FileReport, FileTally, Outcome
from workbench.services.labelled_files import Reading
from workbench.services.labelled_imports import take_in
from workbench.services.newcomers import Item, Newcomers, Present
from workbench.services.permissions import Actor, Permission, check
from workbench.services.preparing import LANGUAGE, Prepared, Source, prepare
from workbench.services.recurring_edits import After
from workbench.services.storing import already_there, begin_batch, store, store_all
from workbench.services.upload_limits import check_uploads

__all__ = [
    "FileReport",
    "Outcome",
    "Prepared",
    "Source",
    "begin_batch",
    "import_sources",
    "prepare",
    "store",
]

CHARACTERS_A_TRANSACTION = 400_000  # about 0.2 s of writing: labels wait no longer than that
FILES_A_TRANSACTION = 20
CHARACTERS_IN_MEMORY = 20_000_000
RECORDS_IN_MEMORY = 20_000
CHARACTERS_AT_ONCE = 400_000
ARTICLES_AT_ONCE = 1_000


@dataclass(slots=True)
class _File:
    """A file being imported: what of it is read, and the rest where that is much."""

    name: str
    items: list[Item] = field(default_factory=list)
    rest: Iterator[Item] = field(default_factory=lambda: iter(()))
    size: int = 0
    is_large: bool = False
    refused: str = ""
    labelled: Reading | None = None


def import_sources(
    open_session: Callable[[], AbstractContextManager[Session]],
    clock: Callable[[Session], datetime],
    *,
    actor: Actor,
    project_slug: str | None,
    sources: Iterable[Source],
    limits: Limits = readers.COMMAND,
    on_record: Callable[[], None] = lambda: None,
    n_bytes: int = 0,
) -> Iterator[FileReport]:
    """Import file after file, several to a transaction, each whole or not at all.

    Args:
        open_session: The boundary's write transaction; it commits when the block ends.
        clock: Reads the time in a session.
        actor: Who imports.
        project_slug: Where to; None is the only project, or `default` on an empty installation.
        sources: The files; each is read when its turn comes.
        limits: The bounds that readers keep to.
        on_record: Called with each record that was read. What it raises ends the import: the
            files that were reported stay, of the others nothing is in.
        n_bytes: How many bytes come through the browser, which takes so many a day.

    Once all files are in, lines that recur in their sources' articles are set aside.

    Yields:
        A report per file, after the transaction that holds it is committed. Stop asking for more
        and what was reported stays.

    Raises:
        WorkbenchError: The project cannot be found, or the actor may not import into it, or not
            so much a day.
    """
    sums = Sums(n_asked=len(sources) if isinstance(sources, Sized) else None, n_bytes=n_bytes)
    with open_session() as session:
        project = projects.find_or_create(
            session, actor=actor, slug=project_slug, now=clock(session)
        )
        check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
        now = clock(session)
        check_uploads(session, actor=actor, n_bytes=n_bytes, now=now)
        batch = begin_batch(session, project=project)
        imports.begin(session, actor=actor, project=project, number=batch, sums=sums, now=now)
        known = mappings.known(session, actor=actor, project=project)
        labels = labelled_files.asked(session, project=project)
    language = project.settings.get("language", LANGUAGE)

    newcomers = Newcomers(open_session, project_id=project.id)

    def read(source: Source) -> Iterator[Item]:
        for found in newcomers.read(source, limits=limits, language=language, known=known):
            on_record()
            yield found

    def opened(source: Source) -> _File:
        mapping = source.choices.labels
        reading = labelled_files.reading_of(source, known=labels, mapping=mapping, limits=limits)
        if reading is None:
            return _file(source, read)
        return _File(source.name, is_large=True, labelled=reading)

    log = Log(project_id=project.id, number=batch, sums=sums)
    with logged(open_session, clock, log):
        for group in _groups(map(opened, sources)):
            reports: list[FileReport] = []
            try:
                with open_session() as session, newcomers.within(session):
                    log.check_standing(session)
                    now = clock(session)
                    into = {"actor": actor, "project": project, "batch": batch, "now": now}
                    reports = _store_group(session, group, **into)
            except (InputError, ReaderError) as error:  # met in the rest of a large file
                reports = [FileReport(group[0].name, Outcome.REFUSED, str(error))]
            log.add(reports)
            yield from (replace(report, batch=batch) for report in reports)
        after = After(open_session, clock, log.check_standing, actor, project, batch)
        for n_lines in recurring_lines.set_aside(after):
            log.add_set_aside(n_lines)


def _file(source: Source, read: Callable[[Source], Iterator[Item]]) -> _File:
    """Read a file as far as it fits into memory; what is larger is split while it is stored."""
    file = _File(source.name)
    try:
        file.rest = read(source)
        for item in file.rest:
            file.items.append(item)
            file.size += len(item.text) if isinstance(item, Prepared) else 0
            if file.size > CHARACTERS_IN_MEMORY or len(file.items) > RECORDS_IN_MEMORY:
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
        is_full = size >= CHARACTERS_A_TRANSACTION or len(group) >= FILES_A_TRANSACTION
        if file.is_large or is_full:
            yield group
            group, size = [], 0
    if group:
        yield group


def _store_group(session: Session, group: list[_File], **into: Any) -> list[FileReport]:
    """Store files, some hundred articles at once, whichever file each is of."""
    first = group[0]
    if first.labelled is not None:  # a group of its own
        return [take_in(session, file=first.name, read=first.labelled, **into)]
    tallies = [FileTally(file.name) for file in group]
    for part in _parts(group, tallies):
        new = [item for _, item in part if isinstance(item, Prepared)]
        reports = iter(store_all(session, prepared=new, **into))
        for tally, item in part:
            tally.add(already_there(item) if isinstance(item, Present) else next(reports))
    return [
        FileReport(file.name, Outcome.REFUSED, file.refused) if file.refused else tally.report()
        for file, tally in zip(group, tallies, strict=True)
    ]


def _parts(
    group: list[_File], tallies: list[FileTally]
) -> Iterator[list[tuple[FileTally, Prepared | Present]]]:
    part: list[tuple[FileTally, Prepared | Present]] = []
    size = 0
    for file, tally in zip(group, tallies, strict=True):
        for item in chain(file.items, file.rest):
            if isinstance(item, RecordFault):
                tally.refuse(item)
                continue
            part.append((tally, item))
            size += len(item.text) if isinstance(item, Prepared) else 0
            if size >= CHARACTERS_AT_ONCE or len(part) >= ARTICLES_AT_ONCE:
                yield part
                part, size = [], 0
    yield part
