"""`workbench project`: make, list, set up, archive and restore projects."""

import sys
from dataclasses import replace
from itertools import chain

import click

from workbench.commands import shared


@click.group()
def project() -> None:
    """Projects: create, list, set, archive, restore."""


@project.command("create")
@click.argument("slug")
@click.option("--name", default="", help="A name for people; the slug if left out.")
def project_create(*, slug: str, name: str) -> None:
    """Make a project with the default label set and guideline."""
    from workbench.services import projects
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        made = projects.create(session, actor=OPERATOR, slug=slug, name=name, now=now)
    shared.say(f"Made the project {made.slug}.", err=True)


@project.command("list")
@click.option("--archived", is_flag=True, help="The archived ones too.")
def project_list(*, archived: bool) -> None:
    """List the projects: slug, name, articles, sentences in the queue, decisions."""
    from db.engine import reading
    from workbench.services import project_acts
    from workbench.services.permissions import OPERATOR

    with reading(shared.database()) as session:
        found = project_acts.overview(session, actor=OPERATOR)
    if not found:
        shared.say("There is no project yet. 'workbench import' makes one.", err=True)
    shown = [line for line in found if archived or line.archived_at is None]
    for line in shown:
        state = f"\tarchived {line.archived_at:%Y-%m-%d}" if line.archived_at else ""
        shared.say(
            f"{line.slug}\t{line.name}\t{line.n_articles} articles\t{line.n_queued} sentences"
            f"\t{line.n_decided} decisions{state}"
        )
    if len(shown) < len(found):
        n = len(found) - len(shown)
        shared.say(f"{n} more archived: 'workbench project list --archived' shows them.", err=True)


@project.command("set")
@click.argument("slug")
@click.option(
    "--overlap", type=shared.Whole(0), help="Reviewers a sentence needs; 0: everybody sees all."
)
@click.option("--overlap-share", type=shared.NUMBER, help="Percent of sentences that need so many.")
@click.option("--order", help="covered (least covered first) or random.")
@click.option(
    "--lease-minutes", type=shared.NUMBER, help="How long a sentence is kept for its holder."
)
def project_set(*, slug: str, **given: int | str | None) -> None:
    """Say how many reviewers a sentence needs, and how sentences are given out."""
    from workbench.services import queue_settings
    from workbench.services.permissions import OPERATOR

    chosen = {name: value for name, value in given.items() if value is not None}
    with shared.writing() as (session, now):
        before = queue_settings.read(session, actor=OPERATOR, slug=slug)
        settings = replace(before, **chosen)  # type: ignore[arg-type] # as click has read them
        settings = replace(settings, overlap=settings.overlap or None)
        queue_settings.change(session, actor=OPERATOR, slug=slug, settings=settings, now=now)
    n_open = _count(slug)
    told = f"{slug}: {queue_settings.in_words(settings)}."
    if settings.overlap is not None:
        told += (
            f" {n_open:,} {'sentence waits' if n_open == 1 else 'sentences wait'} for a reviewer."
        )
    shared.say(told, err=True)


def _count(slug: str) -> int:
    """Count what the change has left, a part at a time; how many sentences wait then."""
    from db.engine import reading, transaction
    from workbench.services import recounting
    from workbench.services.permissions import OPERATOR

    pair = shared.database()
    parts = recounting.finish(lambda: transaction(pair), actor=OPERATOR, slug=slug)
    if (first := next(parts, None)) is not None:
        with click.progressbar(length=first.n_articles, label="Counting", file=sys.stderr) as bar:
            for part in chain([first], parts):
                bar.update(part.n_done - bar.pos)
            bar.update(first.n_articles - bar.pos)
    with reading(pair) as session:
        return recounting.n_open(session, actor=OPERATOR, slug=slug)


@project.command("archive")
@click.argument("slug")
def project_archive(*, slug: str) -> None:
    """Put a project away: readable and exportable, not changed by anybody."""
    from workbench.services import project_acts
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        project_acts.archive(session, actor=OPERATOR, slug=slug, now=now)
    shared.say(f"{slug} is archived. 'workbench project restore {slug}' takes it back.", err=True)


@project.command("restore")
@click.argument("slug")
def project_restore(*, slug: str) -> None:
    """Take an archived project up again, as it was."""
    from workbench.services import project_acts
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        project_acts.restore(session, actor=OPERATOR, slug=slug, now=now)
    shared.say(f"{slug} is restored.", err=True)
