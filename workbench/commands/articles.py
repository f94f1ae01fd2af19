"""Articles: import them, and look at how one is split."""

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.commands import shared
from workbench.errors import InputError

if TYPE_CHECKING:
    from db.engine import Engines
    from workbench.services.importing import Source


@click.command("import")
@click.argument("paths", nargs=-1, type=shared.NamedPath())
@shared.PROJECT
@click.option("--encoding", metavar="NAME", help="The encoding of all files; found if left out.")
@click.option("--language", metavar="CODE", help="The language of all the articles, such as fr.")
@click.option(
    "--map", "maps", multiple=True, metavar="FIELD=COLUMN", help="What a table's column holds."
)
@click.option(
    "--label-map", "label_maps", multiple=True, metavar="LABEL=KEY", help="What a file's label is."
)
@click.option("--repair-mojibake", is_flag=True, help="Repair text decoded wrongly before.")
@click.option("--dry-run", is_flag=True, help="Say what would come in, and store nothing.")
@click.option(
    "--undo", type=shared.NUMBER, metavar="N", help="Take import N out again; no PATHS then."
)
def import_(  # each option is an argument
    *,
    paths: tuple[Path, ...],
    project: str | None,
    encoding: str | None,
    language: str | None,
    maps: tuple[str, ...],
    label_maps: tuple[str, ...],
    repair_mojibake: bool,
    dry_run: bool,
    undo: int | None,
) -> None:
    """Import files, folders and archives; a report per file."""
    from workbench import sources
    from workbench.services.choices import chosen

    if bool(paths) is (undo is not None):
        message = "Name the PATHS to import, or an import with --undo, and not both."
        raise click.UsageError(message)
    if undo is not None:
        _undo(project, number=undo, dry_run=dry_run)
        return
    choices = chosen(
        encoding=encoding,
        language=language,
        mapping=_mapping(maps),
        repairs_mojibake=repair_mojibake,
        labels=_label_mapping(label_maps),
    )
    found = sources.found(paths, choices)
    for line in sources.skipped(paths):
        shared.say(line)
    pair = shared.database()
    if dry_run:
        _preview(pair, project, found)
    else:
        _import(pair, project, found)


def _mapping(maps: tuple[str, ...]) -> dict[str, str] | None:
    pairs = [given.partition("=") for given in maps]
    for field, sign, column in pairs:
        if not (field and sign and column):
            message = "Write --map as FIELD=COLUMN, for example --map text=Body."
            raise InputError(message)
    return {field: column for field, _, column in pairs} or None


def _label_mapping(maps: tuple[str, ...]) -> dict[str, str]:
    pairs = [given.rpartition("=") for given in maps]
    for label, sign, _ in pairs:
        if not (label and sign):
            message = "Write --label-map as LABEL=KEY, for example --label-map FACT=claim."
            raise InputError(message)
    return {label: key for label, _, key in pairs}


def _import(pair: "Engines", project: str | None, found: "list[Source]") -> None:
    from db.engine import database_now, transaction
    from workbench import sources
    from workbench.services import importing
    from workbench.services.permissions import OPERATOR

    reports = importing.import_sources(
        lambda: transaction(pair),
        database_now,
        actor=OPERATOR,
        project_slug=project,
        sources=found,
    )
    tally = dict.fromkeys(importing.Outcome, 0)
    lines: list[str] = []
    has_failed = False
    batch = 0
    gc.freeze()  # to look through all that is loaded again and again takes a tenth of an import
    try:
        with click.progressbar(
            reports, length=len(found), label="Importing", file=sys.stderr
        ) as bar:
            for report in bar:
                tally[report.outcome] += 1
                lines += sources.lines(report)
                has_failed |= report.has_failed
                batch = report.batch
    finally:  # what was stored before a fault stays, so it is said
        gc.unfreeze()
        for line in lines:
            shared.say(line)
        counts = ", ".join(f"{count} {outcome}" for outcome, count in tally.items())
        shared.say(f"Import {batch}: {counts}" if batch else counts, err=True)
    if batch:
        _tell_set_aside(pair, project, batch)
    if has_failed:
        raise click.exceptions.Exit(1)


def _tell_set_aside(pair: "Engines", project: str | None, batch: int) -> None:
    from db.engine import reading
    from workbench.services import imports
    from workbench.services.permissions import OPERATOR

    with reading(pair) as session:
        found = imports.listing(session, actor=OPERATOR, slug=project).rows
    n = next((line.sums.n_set_aside for line in found if line.number == batch), 0)
    if n:
        lines = "1 line" if n == 1 else f"{n:,} lines"
        shared.say(f"Set aside, as several articles of a source carry them: {lines}.", err=True)


def _preview(pair: "Engines", project: str | None, found: "list[Source]") -> None:
    from db.engine import reading
    from workbench import previews
    from workbench.services import mappings, previewing, projects
    from workbench.services.permissions import OPERATOR

    with reading(pair) as session:
        known = None
        if projects.listed(session, actor=OPERATOR):  # on an empty installation nothing is known
            known = mappings.known_in(session, actor=OPERATOR, slug=project)
    has_failed = False
    shared.say("\t".join(previews.COLUMNS))
    for source in found:
        preview = previewing.look(source, known=known)
        has_failed |= bool(preview.refused) or len(preview.looks) < len(preview.found)
        for line in previews.lines(preview):
            shared.say(line)
    shared.say("Nothing was stored.", err=True)
    if has_failed:
        raise click.exceptions.Exit(1)


def _undo(project: str | None, *, number: int, dry_run: bool) -> None:
    from workbench.errors import TakenError
    from workbench.services import import_undoing
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        if dry_run:
            found = import_undoing.plan(session, actor=OPERATOR, slug=project, number=number)
        else:
            found = import_undoing.undo(
                session, actor=OPERATOR, slug=project, number=number, now=now
            )
    if found.reason:
        raise TakenError(found.reason)
    verb = "would be taken out" if dry_run else "taken out"
    shared.say(
        f"Import {number}: {found.n_articles:,} articles with {found.n_sentences:,} segments "
        f"{verb}, {found.n_queued:,} of them from the queue."
    )


@click.command()
@click.argument("file", type=shared.NamedPath())
def segment(*, file: Path) -> None:
    """Print the segments of one file as JSON lines; no database is touched."""
    import orjson

    from workbench import sources
    from workbench.formats.readers import RecordFault
    from workbench.services import preparing

    has_failed = False
    for found in preparing.articles(preparing.Source(file.name, lambda: sources.open_file(file))):
        if isinstance(found, RecordFault):
            shared.say(f"workbench: {found.where}: {found.reason}", err=True)
            has_failed = True
            continue
        for part in found.segments:
            row = {
                "start": part.start,
                "end": part.end,
                "kind": str(part.kind),
                "text": found.text[part.start : part.end],
            }
            click.echo(orjson.dumps(row | ({"record": found.number} if found.number else {})))
    if has_failed:
        raise click.exceptions.Exit(1)
