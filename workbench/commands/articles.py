"""Articles: import them, and look at how one is split."""

import sys
from pathlib import Path

import click

from workbench.commands import shared


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@shared.PROJECT
def import_(*, paths: tuple[Path, ...], project: str | None) -> None:
    """Import files, folders and archives; a report per file."""
    from db.engine import database_now, transaction
    from workbench import sources
    from workbench.services import importing
    from workbench.services.permissions import OPERATOR

    pair = shared.database()
    found = sources.found(paths)
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
    try:
        with click.progressbar(
            reports, length=len(found), label="Importing", file=sys.stderr
        ) as bar:
            for report in bar:
                tally[report.outcome] += 1
                lines += sources.lines(report)
                has_failed |= report.has_failed
    finally:  # what was stored before a fault stays, so it is said
        for line in lines:
            click.echo(line)
        click.echo(", ".join(f"{count} {outcome}" for outcome, count in tally.items()), err=True)
    if has_failed:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def segment(*, file: Path) -> None:
    """Print the segments of one file as JSON lines; no database is touched."""
    import orjson

    from workbench import sources
    from workbench.formats.readers import RecordFault
    from workbench.services import preparing

    has_failed = False
    for found in preparing.articles(preparing.Source(file.name, lambda: sources.open_file(file))):
        if isinstance(found, RecordFault):
            click.echo(f"workbench: {found.where}: {found.reason}", err=True)
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
