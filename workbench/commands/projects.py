"""`workbench project`: make and list projects."""

import click

from workbench.commands import shared


@click.group()
def project() -> None:
    """Projects: create, list."""


@project.command("create")
@click.argument("slug")
@click.option("--name", default="", help="A name for people; the slug if left out.")
def project_create(*, slug: str, name: str) -> None:
    """Make a project with the default label set and guideline."""
    from workbench.services import projects
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        made = projects.create(session, actor=OPERATOR, slug=slug, name=name, now=now)
    click.echo(f"Made the project {made.slug}.", err=True)


@project.command("list")
def project_list() -> None:
    """List the projects: slug, name, sentences in the queue."""
    from db.engine import reading
    from workbench.services import projects
    from workbench.services.permissions import OPERATOR

    with reading(shared.database()) as session:
        found = projects.listed(session, actor=OPERATOR)
    if not found:
        click.echo("There is no project yet. 'workbench import' makes one.", err=True)
    for view in found:
        click.echo(f"{view.slug}\t{view.name}\t{view.n_queued} sentences")
