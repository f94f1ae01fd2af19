"""Import: bytes in, articles with exact sentences out; one bad file never stops the others."""

from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import chain
from time import perf_counter, sleep
from typing import Any

from sqlmodel import Session

from db.errors import DatabaseFault
from db.models import Project
from workbench.errors import InputError, WorkbenchError
from workbench.formats import readers
from workbench.formats.labelled import LabelledFound
from workbench.formats.readers import Limits, ReaderError, RecordFault
from workbench.services import imports, labelled_files, mappings, projects, recurring_lines
from workbench.services.import_logs import STOPPED, UNFINISHED, Log, Sums, logged
from workbench.services.import_parts import PAUSE, FileRead, Pace, groups, parts, read_file
from workbench.services.import_reports import FileReport, FileTally, Outcome
from workbench.services.labelled_files import Reading
from workbench.services.labelled_imports import Step, looks, stores, surveyed_file
from workbench.services.labelled_tallies import LabelledTally
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
    """Import file after file: several small ones to a transaction, a large one in parts.

    A small file is in whole or not at all. Of a large one every part that was stored stays,
    whatever happens then; the report says how much is in and why it ended, and the same file
    imported again adds the rest.

    Args:
        open_session: The boundary's write transaction; it commits when the block ends.
        clock: Reads the time in a session.
        actor: Who imports.
        project_slug: Where to; None is the only project, or `default` on an empty installation.
        sources: The files; each is read when its turn comes.
        limits: The bounds that readers keep to.
        on_record: Called with each record that was read. What it raises ends the import: the
            files that were reported stay; of the others nothing is in, but of a large one what
            was stored by then, which is reported before.
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

    def opened(source: Source) -> FileRead:
        mapping = source.choices.labels
        reading = labelled_files.reading_of(source, known=labels, mapping=mapping, limits=limits)
        return (
            read_file(source, read) if reading is None else FileRead(source.name, labelled=reading)
        )

    log = Log(project_id=project.id, number=batch, sums=sums)
    into = _Into(open_session, clock, log, actor, project, batch, on_record)
    with logged(open_session, clock, log):
        for group in groups(map(opened, sources)):
            for reports in _stored(into, group):
                log.add(reports)
                yield from (replace(report, batch=batch) for report in reports)
        after = After(open_session, clock, log.check_standing, actor, project, batch)
        for n_lines in recurring_lines.set_aside(after):
            log.add_set_aside(n_lines)


@dataclass(frozen=True, slots=True)
class _Into:
    """Where an import goes, and how to open transactions for it."""

    open_session: Callable[[], AbstractContextManager[Session]]
    clock: Callable[[Session], datetime]
    log: Log
    actor: Actor
    project: Project
    batch: int
    on_record: Callable[[], None]
    pace: Pace = field(default_factory=Pace)

    def counted(self, found: Iterable[LabelledFound]) -> Iterator[LabelledFound]:
        """What is read of a labelled file, with word given of each record."""
        for one in found:
            self.on_record()
            yield one

    @contextmanager
    def transaction(self) -> Iterator[tuple[Session, dict[str, Any]]]:
        """A transaction that holds the import, and what whoever stores in it has to know."""
        with self.open_session() as session:
            begun = perf_counter()
            self.log.check_standing(session)
            now = self.clock(session)
            yield (
                session,
                {"actor": self.actor, "project": self.project, "batch": self.batch, "now": now},
            )
        self.pace.note(perf_counter() - begun)


def _stored(into: _Into, group: list[FileRead]) -> Iterator[list[FileReport]]:
    """Store files; the reports of those that are in, or are refused."""
    first = group[0]
    if first.labelled is not None:  # a group of its own
        yield from _store_labelled(into, first.name, first.labelled)
    elif first.is_large:
        in_turn = (partial(_store_part, part) for part in parts(first, into.pace))
        yield from _store_in_parts(into, FileTally(first.name), in_turn)
    else:
        with into.transaction() as (session, known):
            reports = _store_whole(session, group, known)
        yield reports


def _store_labelled(into: _Into, name: str, read: Reading) -> Iterator[list[FileReport]]:
    """Store a labelled file, in parts if it is large: read once to see who labelled, once again."""
    tally = LabelledTally(name)
    try:
        with read.by_article() as again:
            seen = surveyed_file(again(), project=into.project, file=name)
            if seen.survey.is_large:
                storing = stores(seen, into.counted(again()), pace=into.pace)
                yield from _store_in_parts(into, tally, chain(looks(seen), storing))
                return
        for look in looks(seen):
            with into.transaction() as (session, known):
                look(session, tally, **known)
        steps = list(stores(seen, into.counted(seen.survey.found)))
        with into.transaction() as (session, known):
            for step in steps:
                step(session, tally, **known)
    except (InputError, ReaderError) as error:
        yield [FileReport(name, Outcome.REFUSED, str(error))]
    else:
        yield [tally.report()]


def _store_whole(
    session: Session, group: list[FileRead], known: dict[str, Any]
) -> list[FileReport]:
    tallies = [FileTally(file.name) for file in group]
    pairs = list(zip(group, tallies, strict=True))
    _store(session, [(tally, item) for file, tally in pairs for item in file.items], known)
    return [
        FileReport(file.name, Outcome.REFUSED, file.refused) if file.refused else tally.report()
        for file, tally in pairs
    ]


def _store_in_parts(
    into: _Into, tally: FileTally, in_turn: Iterable[Step]
) -> Iterator[list[FileReport]]:
    """Store a large file; its report, also where something else ends the import then."""
    ended = ""
    last = -PAUSE
    try:
        for step in in_turn:
            # What lies ready would be stored without a gap for anybody else.
            sleep(max(0, last + PAUSE - perf_counter()))
            stored = tally.copy()
            with into.transaction() as (session, known):
                step(session, stored, **known)
            last = perf_counter()
            tally = stored  # only now is it committed
            if tally.has_stored:
                into.log.part(tally.report(UNFINISHED))
    except (InputError, ReaderError) as error:  # the rest of the file cannot be read
        ended = str(error)
    except BaseException as error:
        if tally.has_stored:
            is_told = isinstance(error, (WorkbenchError, DatabaseFault))
            yield [tally.report(str(error) if is_told else STOPPED)]
        raise
    yield [tally.report(ended)]


def _store_part(part: list[Item], session: Session, tally: FileTally, **known: Any) -> None:
    _store(session, [(tally, item) for item in part], known)


def _store(session: Session, part: list[tuple[FileTally, Item]], known: dict[str, Any]) -> None:
    """Store some articles at once, whichever file each is of."""
    new = [item for _, item in part if isinstance(item, Prepared)]
    reports = iter(store_all(session, prepared=new, **known))
    for tally, item in part:
        if isinstance(item, RecordFault):
            tally.refuse(item)
        else:
            tally.add(already_there(item) if isinstance(item, Present) else next(reports))
