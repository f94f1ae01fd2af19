"""`workbench serve`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.commands.shared import NamedPath

if TYPE_CHECKING:
    from db.engine import Engines


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=8501,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="The port to listen on.",
)
@click.option("--no-browser", is_flag=True, help="Print the link, open no browser.")
@click.option("--samples", is_flag=True, help="On an empty installation add sample articles.")
@click.option("--insecure-http", is_flag=True, help="Allow another host without TLS.")
@click.option(
    "--auth", type=click.Choice(["proxy"]), help="Who signs people in; the workbench if left out."
)
@click.option("--socket", type=NamedPath(), help="A socket file to listen on, for a proxy.")
def serve(
    *,
    host: str,
    port: int,
    no_browser: bool,
    samples: bool,
    insecure_http: bool,
    auth: str | None,
    socket: Path | None,
) -> None:
    """Start the workbench and print where it is."""
    from workbench import serving
    from workbench.settings import settings

    if auth is not None:  # the application reads its settings itself, from here
        os.environ["WORKBENCH_AUTH"] = auth

    def prepared(pair: "Engines") -> None:
        if samples:
            add_samples(pair)

    place = serving.Place(
        host,
        port,
        opens_browser=not no_browser and socket is None,
        insecure_http=insecure_http,
        socket=socket.absolute() if socket else None,
    )
    serving.serve(settings(), place, prepared=prepared)


def add_samples(pair: "Engines") -> None:
    """Import the sample articles where there is no project yet."""
    from db.engine import database_now, reading, transaction
    from workbench import samples
    from workbench.services import importing, projects
    from workbench.services.permissions import OPERATOR

    with reading(pair) as session:
        if projects.listed(session, actor=OPERATOR):
            return
    sources = [importing.Source(path.name, path.read_bytes) for path in samples.paths()]
    reports = importing.import_sources(
        lambda: transaction(pair), database_now, actor=OPERATOR, project_slug=None, sources=sources
    )
    n_added = sum(report.outcome is importing.Outcome.ADDED for report in reports)
    click.echo(f"Added {n_added} sample articles.", err=True)
