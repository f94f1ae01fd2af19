"""`workbench export`."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.commands import shared

if TYPE_CHECKING:
    from workbench.services.exporting import Written


@click.command()
@click.option("--format", "fmt", required=True, help="jsonl or csv.")
@click.option("--out", required=True, help="The file to write; '-' is standard output.")
@shared.PROJECT
@click.option("--labels", default="gold", show_default=True, help="gold, majority or all.")
@click.option("--excel", is_flag=True, help="For spreadsheets: BOM, formula cells defused.")
@click.option("--delimiter", default=",", show_default=True, help="Between the fields of a CSV.")
def export(  # each option is an argument
    *, fmt: str, out: str, project: str | None, labels: str, excel: bool, delimiter: str
) -> None:
    """Write the training set."""
    from db.engine import reading
    from workbench.services import exporting
    from workbench.services.files import write_atomically
    from workbench.services.permissions import OPERATOR

    choice = shared.label_choice(labels)
    written: list[exporting.Written] = []
    with reading(shared.database()) as session, ExitStack() as shown:
        on_rows = None
        if sys.stderr.isatty():  # who watches wants to know how long it will take
            plan = exporting.plan(session, actor=OPERATOR, project_slug=project, labels=choice)
            bar = click.progressbar(length=plan.n_rows, label="Exporting", file=sys.stderr)
            on_rows = shown.enter_context(bar).update
        chunks = exporting.stream(
            session,
            actor=OPERATOR,
            project_slug=project,
            fmt=fmt,
            labels=choice,
            excel=excel,
            delimiter=delimiter,
            on_rows=on_rows,
            on_end=written.append,
        )
        if out == "-":
            for chunk in chunks:
                sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
        else:
            digest = write_atomically(Path(out), chunks)
            click.echo(f"{digest}  {out}", err=True)
    _say(written[0])


def _say(written: "Written") -> None:
    click.echo(f"{written.n_rows:,} sentences exported.", err=True)
    left_out = written.n_unlabelled + written.n_unsettled
    if left_out:
        click.echo(
            f"{left_out:,} without a final label were left out ({written.n_unlabelled:,} not "
            f"labelled, {written.n_unsettled:,} unsettled); --labels all takes them in.",
            err=True,
        )
