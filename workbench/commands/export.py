"""`workbench export`."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.commands import shared
from workbench.errors import InputError
from workbench.settings import settings

if TYPE_CHECKING:
    from sqlmodel import Session

    from workbench.formats.final_labels import LabelChoice
    from workbench.services.exporting import Written
    from workbench.services.format_exports import Export


@click.command()
@click.option("--format", "fmt", required=True, help="jsonl, csv, parquet, hf ...")
@click.option(
    "--out",
    type=shared.NamedPath(str),
    required=True,
    help="The file or folder to write; '-' is standard output.",
)
@shared.PROJECT
@click.option(
    "--snapshot", type=shared.NUMBER, help="A snapshot's number; the present state if left out."
)
@click.option("--labels", help="gold, majority or all; gold if left out.")
@click.option("--by-split", is_flag=True, help="A folder with a file for each split.")
@click.option("--excel", is_flag=True, help="For spreadsheets: BOM, formula cells defused.")
@click.option("--delimiter", default=",", show_default=True, help="Between the fields of a CSV.")
def export(  # each option is an argument
    *,
    fmt: str,
    out: str,
    project: str | None,
    snapshot: int | None,
    labels: str | None,
    by_split: bool,
    excel: bool,
    delimiter: str,
) -> None:
    """Write the training set."""
    if snapshot is not None and labels is not None:
        message = "A snapshot has its labels. Leave --labels out."
        raise InputError(message)
    if by_split and snapshot is None:
        message = "Only a snapshot is split. Take one, and give its number by --snapshot."
        raise InputError(message)
    from workbench.formats.writers import ROW_BY_ROW

    if snapshot is None and fmt in ROW_BY_ROW:
        choice = shared.label_choice(labels or "gold")
        _export_rows(fmt, out, project, choice, excel=excel, delimiter=delimiter)
        return
    from db.engine import examining

    flavour = {"excel": excel, "delimiter": delimiter}
    with examining(shared.database()) as session, ExitStack() as shown:
        found = _found(session, fmt, project, snapshot, labels, flavour)
        if sys.stderr.isatty():
            bar = click.progressbar(length=found.n_rows, label="Exporting", file=sys.stderr)
            found = found.watched(shown.enter_context(bar).update)
        _write(found, out, by_split=by_split)
    shared.say(f"{found.n_rows:,} sentences exported.", err=True)
    _say_stale(found.n_stale)


def _found(
    session: "Session",
    fmt: str,
    project: str | None,
    snapshot: int | None,
    labels: str | None,
    flavour: dict[str, Any],
) -> "Export":
    from workbench.formats.writers import Flavour
    from workbench.services import format_exports
    from workbench.services.permissions import OPERATOR

    asked: dict[str, Any] = {"actor": OPERATOR, "project_slug": project, "fmt": fmt}
    asked["flavour"] = Flavour(**flavour)
    if snapshot is not None:
        home = settings().home
        return format_exports.of_snapshot(session, number=snapshot, home=home, **asked)
    choice = shared.label_choice(labels or "gold")
    return format_exports.of_now(session, labels=choice, **asked)


def _write(found: "Export", out: str, *, by_split: bool) -> None:
    """One file, a folder of files, or everything as one stream."""
    if by_split or (found.format.is_folder and out != "-"):
        from workbench.services import folders

        if out == "-":
            message = "A folder cannot go to standard output. Name one by --out."
            raise InputError(message)
        with folders.made(Path(out)) as partial:
            entries = folders.add_files(partial, found.files())
        for entry in entries:
            shared.say(f"{entry.sha256}  {out}/{entry.path}", err=True)
    else:
        shared.put(found.stream(), out)


def _export_rows(
    fmt: str,
    out: str,
    project: str | None,
    labels: "LabelChoice",
    *,
    excel: bool,
    delimiter: str,
) -> None:
    """The present state as rows, as fast as the database gives them."""
    from db.engine import reading
    from workbench.services import exporting
    from workbench.services.permissions import OPERATOR

    written: list[exporting.Written] = []
    with reading(shared.database()) as session, ExitStack() as shown:
        on_rows = None
        if sys.stderr.isatty():  # who watches wants to know how long it will take
            plan = exporting.plan(session, actor=OPERATOR, project_slug=project, labels=labels)
            bar = click.progressbar(length=plan.n_rows, label="Exporting", file=sys.stderr)
            on_rows = shown.enter_context(bar).update
        chunks = exporting.stream(
            session,
            actor=OPERATOR,
            project_slug=project,
            fmt=fmt,
            labels=labels,
            excel=excel,
            delimiter=delimiter,
            on_rows=on_rows,
            on_end=written.append,
        )
        shared.put(chunks, out)
    _say(written[0])


def _say(written: "Written") -> None:
    shared.say(f"{written.n_rows:,} sentences exported.", err=True)
    left_out = written.n_unlabelled + written.n_unsettled
    if left_out:
        shared.say(
            f"{left_out:,} without a final label were left out ({written.n_unlabelled:,} not "
            f"labelled, {written.n_unsettled:,} unsettled); --labels all takes them in.",
            err=True,
        )
    _say_stale(written.n_stale)


def _say_stale(n_stale: int) -> None:
    if n_stale:
        answers = "1 answer was" if n_stale == 1 else f"{n_stale:,} answers were"
        shared.say(
            f"{answers} left out: given to sentences that were split, merged or replaced since.",
            err=True,
        )
