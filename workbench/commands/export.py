"""`workbench export`."""

import sys
from pathlib import Path

import click

from workbench.commands import shared


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
    with reading(shared.database()) as session:
        plan = exporting.plan(session, actor=OPERATOR, project_slug=project, labels=choice)
        with click.progressbar(length=plan.n_rows, label="Exporting", file=sys.stderr) as bar:
            chunks = exporting.stream(
                session,
                actor=OPERATOR,
                project_slug=project,
                fmt=fmt,
                labels=choice,
                excel=excel,
                delimiter=delimiter,
                on_rows=bar.update,
            )
            if out == "-":
                for chunk in chunks:
                    sys.stdout.buffer.write(chunk)
                sys.stdout.buffer.flush()
            else:
                digest = write_atomically(Path(out), chunks)
                click.echo(f"{digest}  {out}", err=True)
    left_out = plan.n_sentences - plan.n_rows
    click.echo(f"{plan.n_rows:,} sentences exported.", err=True)
    if left_out:
        click.echo(
            f"{left_out:,} without a final label were left out ({plan.n_unlabelled:,} not "
            f"labelled, {plan.n_unsettled:,} unsettled); --labels all takes them in.",
            err=True,
        )
