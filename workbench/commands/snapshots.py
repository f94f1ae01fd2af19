"""`workbench snapshot`: take one, list them, look at one, verify a folder, compare two."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.commands import shared
from workbench.errors import InputError
from workbench.settings import settings
from workbench.whole_numbers import whole

if TYPE_CHECKING:
    from workbench.formats.splitting import Plan, SplitReport
    from workbench.services.snapshot_taking import Wish
    from workbench.services.snapshots import SnapshotView

ALTERED = 2


@click.group()
def snapshot() -> None:
    """Snapshots: create, list, show, verify, diff."""


@snapshot.command("create")
@shared.PROJECT
@click.option("--labels", "whose", default="gold", show_default=True, help="gold, majority or all.")
@click.option("--label", "label_keys", multiple=True, help="Final label holds it; none is a label.")
@click.option("--kind", "kinds", multiple=True, help="Kinds of segment: body, headline ...")
@click.option("--outlet", "outlets", multiple=True, help="Who published the article.")
@click.option("--status", "sources", multiple=True, help="How the final label came about.")
@click.option("--annotator", "annotators", multiple=True, help="Pseudonyms, such as A1.")
@click.option("--from", "published_from", help="First day or month of publication: 2026-03-01.")
@click.option("--to", "published_to", help="Last day or month of publication.")
@click.option(
    "--min-annotations",
    type=shared.Whole(0),
    default=0,
    show_default=True,
    help="Fewest annotations.",
)
@click.option(
    "--split", "shares", default="80,10,10", show_default=True, help="Train, validation, test; no."
)
@click.option(
    "--seed",
    type=shared.Whole(0),
    default=0,
    show_default=True,
    help="What the split is drawn with.",
)
@click.option("--hold-out-outlet", multiple=True, help="Its articles are the test split.")
@click.option("--hold-out-from", help="Articles from this day on are the test split.")
@click.option("--note", default="", help="A line for people.")
@click.option("--out", type=shared.NamedPath(), help="Copy the files to this folder too.")
def snapshot_create(*, project: str | None, out: Path | None, **asked: Any) -> None:
    """Take a snapshot; its folder is printed on standard output."""
    from db.engine import database_now, examining, transaction
    from workbench.services import folders, snapshot_folder, snapshot_taking
    from workbench.services.permissions import OPERATOR

    wish, home = _wish(asked), settings().home
    if out is not None:
        folders.refuse_taken(out)
    pair = shared.database()
    with (
        examining(pair) as reading,
        click.progressbar(length=_extent(pair, project), label="Reading", file=sys.stderr) as bar,
        snapshot_taking.drafted(
            reading, actor=OPERATOR, project_slug=project, wish=wish, home=home, done=bar.update
        ) as draft,
    ):
        with transaction(pair) as session:
            now = database_now(session)
            kept = snapshot_taking.keep(session, actor=OPERATOR, draft=draft, home=home, now=now)
        report = draft.report
        folder = home / snapshot_taking.FOLDER / draft.manifest.project / str(kept.number)
    shared.say(f"Snapshot {kept.number} holds {kept.n_sentences:,} sentences.", err=True)
    if report is not None:
        _say_splits(report)
    if out is not None:
        snapshot_folder.copy(folder, out)
    click.echo(out or folder)


def _extent(pair: Any, project: str | None) -> int:
    """How many sentences will be read: what the progress bar runs to."""
    from db.engine import reading
    from workbench.formats.final_labels import LabelChoice
    from workbench.services import exporting
    from workbench.services.permissions import OPERATOR

    with reading(pair) as session:
        plan = exporting.plan(
            session, actor=OPERATOR, project_slug=project, labels=LabelChoice.GOLD
        )
    return plan.n_rows


def _wish(asked: dict[str, Any]) -> "Wish":
    from workbench.formats.choosing import Filters
    from workbench.services.snapshot_taking import Wish

    filters = Filters(
        whose=shared.label_choice(asked["whose"]),
        labels=asked["label_keys"],
        kinds=asked["kinds"],
        outlets=asked["outlets"],
        sources=asked["sources"],
        annotators=asked["annotators"],
        published_from=asked["published_from"],
        published_to=asked["published_to"],
        min_annotations=asked["min_annotations"],
    )
    return Wish(filters=filters, plan=_plan(asked), note=asked["note"])


def _plan(asked: dict[str, Any]) -> "Plan | None":
    from workbench.formats.splitting import Plan, Split

    if asked["shares"] == "no":
        return None
    parts = [whole(part.strip(), most=100) for part in asked["shares"].split(",")]
    shares = {split: part for split, part in zip(Split, parts, strict=False) if part is not None}
    if not len(shares) == len(parts) == len(Split):
        told = asked["shares"][:20]
        message = f"--split {told} is no split. Give three per cents: 80,10,10, or no."
        raise InputError(message)
    return Plan(
        shares=shares,
        seed=asked["seed"],
        hold_out_outlets=asked["hold_out_outlet"],
        hold_out_from=asked["hold_out_from"],
    )


def _say_splits(report: "SplitReport") -> None:
    for split, share in report.splits.items():
        wanted = "held out" if share.asked is None else f"{share.asked:.0%} asked"
        total = sum(one.n_sentences for one in report.splits.values())
        shared.say(
            f"{split}\t{share.n_sentences:,} sentences ({share.n_sentences / total:.1%}, {wanted})"
            f"\t{share.n_articles:,} articles\t{share.n_groups:,} groups",
            err=True,
        )
    for size in report.sizes:
        shared.say(
            f"groups of {size.n_articles:,} articles\t{size.n_groups:,} groups"
            f"\t{size.n_sentences:,} sentences tied together",
            err=True,
        )
    for remark in report.remarks:
        shared.say(remark, err=True)


@snapshot.command("list")
@shared.PROJECT
def snapshot_list(*, project: str | None) -> None:
    """List the snapshots: number, time, sentences, who took it, note."""
    from db.engine import reading
    from workbench.services import snapshots
    from workbench.services.permissions import OPERATOR

    with reading(shared.database()) as session:
        found = snapshots.listed(session, actor=OPERATOR, project_slug=project)
    if not found:
        shared.say("None yet. 'workbench snapshot create' takes one.", err=True)
    for one in found:
        shared.say(
            f"{one.number}\t{one.taken_at:%Y-%m-%d %H:%M}Z\t{one.n_sentences:,} sentences"
            f"\t{one.taken_by or 'operator'}\t{one.note}"
        )


@snapshot.command("show")
@click.argument("number", type=shared.NUMBER)
@shared.PROJECT
def snapshot_show(*, number: int, project: str | None) -> None:
    """Print what a snapshot says of itself: its manifest, as JSON."""
    found = _found(number, project)
    path = found.folder(settings().home) / "manifest.json"
    try:
        click.echo(path.read_text(encoding="utf-8"), nl=False)
    except OSError as error:
        message = f"The files of snapshot {number} are not at {path.parent}: {error.strerror}."
        raise InputError(message) from error
    shared.say(f"{path.parent}", err=True)


@snapshot.command("verify")
@click.argument("folder", type=shared.NamedPath(str))
@shared.PROJECT
def snapshot_verify(*, folder: str, project: str | None) -> None:
    """Look whether every file and line of FOLDER, or a number, is what it was; exit 2 if not."""
    from workbench.services import snapshot_checks

    place, wanted = _place(folder, project)
    manifest = snapshot_checks.read_manifest(place)
    total = sum(entry.bytes for entry in manifest.files)
    with click.progressbar(length=total, label="Verifying", file=sys.stderr) as bar:
        found = list(snapshot_checks.alterations(place, manifest_sha256=wanted, done=bar.update))
    for one in found:
        shared.say(str(one))
    if found:
        shared.say(f"{place} is not what it was: {len(found):,} alterations.", err=True)
        raise click.exceptions.Exit(ALTERED)
    shared.say(
        f"Everything is what it was: {manifest.counts.get('sentences', 0):,} sentences in "
        f"{len(manifest.files)} files.",
        err=True,
    )


@snapshot.command("diff")
@click.argument("before", type=shared.NamedPath(str))
@click.argument("after", type=shared.NamedPath(str))
@shared.PROJECT
def snapshot_diff(*, before: str, after: str, project: str | None) -> None:
    """Say what came, went and changed between two, rules included: numbers or folders."""
    from collections import Counter

    from workbench.services import snapshot_diffs, snapshot_rules

    places = [_place(one, project)[0] for one in (before, after)]
    for about, told in snapshot_rules.differences(*places):
        shared.say(f"{about}\t{told}")
    counts: Counter[str] = Counter()
    for change in snapshot_diffs.changes(*places):
        counts[change.event] += 1
        labels = f"{change.before or ''} -> {change.after or ''}".strip()
        parts = [str(change.event), change.id, labels]
        if change.split_before != change.split_after:
            parts.append(f"split {change.split_before} -> {change.split_after}")
        parts += [str(one) for one in change.annotators]
        shared.say("\t".join([*parts, " ".join(change.text.split())]))
    told = ", ".join(f"{counts[event]:,} {event}" for event in snapshot_diffs.Event)
    shared.say(f"{told}.", err=True)


def _place(given: str, project: str | None) -> tuple[Path, str | None]:
    """The folder that a number or a path names, and its manifest's hash where that is stored."""
    number = whole(given)
    if number is not None and not Path(given).is_dir():
        found = _found(number, project)
        return found.folder(settings().home), found.manifest_sha256
    return Path(given), None


def _found(number: int, project: str | None) -> "SnapshotView":
    from db.engine import reading
    from workbench.services import snapshots
    from workbench.services.permissions import OPERATOR

    with reading(shared.database()) as session:
        return snapshots.find(session, actor=OPERATOR, project_slug=project, number=number)
