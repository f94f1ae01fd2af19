"""`workbench join`: a stand-off export and the articles, put together again."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import click

from workbench.commands import shared
from workbench.errors import InputError

MOST_LINES = 20


@click.command()
@click.argument("path", type=shared.NamedPath())
@click.option(
    "--out",
    type=shared.NamedPath(str),
    required=True,
    help="The file to write; '-' is standard output.",
)
@shared.PROJECT
def join(*, path: Path, out: str, project: str | None) -> None:
    """Join the stand-off export PATH with the project's articles to records with their text."""
    import orjson

    from db.engine import reading
    from workbench.formats.joining import JoinFault
    from workbench.formats.joining import join as joined
    from workbench.services import standoff_articles
    from workbench.services.permissions import OPERATOR

    faults: list[JoinFault] = []
    n_rows = 0

    def chunks() -> Iterator[bytes]:
        nonlocal n_rows
        with path.open("rb") as lines:
            for one in joined(lines, lru_cache(maxsize=4)(article)):
                if isinstance(one, JoinFault):
                    faults.append(one)
                    continue
                n_rows += 1
                yield orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE)

    if not path.is_file():
        message = f"There is no file {path}."
        raise InputError(message)
    with reading(shared.database()) as session:
        article = standoff_articles.of_project(session, actor=OPERATOR, project_slug=project)
        shared.put(chunks(), out)
    shared.say(f"{n_rows:,} sentences joined.", err=True)
    for fault in faults[:MOST_LINES]:
        shared.say(f"{path.name}\t{fault.where}: {fault.reason}", err=True)
    if faults:
        message = f"{len(faults):,} lines could not be joined. The others are in {out}."
        raise InputError(message)
