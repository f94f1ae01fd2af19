"""`workbench db`: bring it up to date, check it, back it up and restore it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.commands import shared
from workbench.errors import SetupError
from workbench.settings import settings

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.engine import Engines

DAMAGED = 2
MOST_LINES = 100


@click.group()
def db() -> None:
    """The database: upgrade, check, backup, restore."""


@db.command()
def upgrade() -> None:
    """Bring the schema up to date; a copy of an older one is kept beside it."""
    from workbench import starting

    pair, found = starting.prepare(settings())
    if found.is_current:
        shared.say(f"The database is up to date (schema {found.head}).", err=True)
    else:
        before = found.revision or "nothing"
        shared.say(f"Brought the database from {before} to schema {found.head}.", err=True)
    _find_copies(pair)


def _find_copies(pair: "Engines") -> None:
    """Look for the wire copies of articles from before they were looked for."""
    from db.engine import transaction
    from workbench.services import copy_backfill
    from workbench.services.permissions import OPERATOR

    n_articles = 0
    for done in copy_backfill.fill(lambda: transaction(pair), actor=OPERATOR):
        n_articles += done
    if n_articles:
        noun = "article" if n_articles == 1 else "articles"
        shared.say(f"Looked for the wire copies of {n_articles:,} older {noun}.", err=True)


@db.command()
def check() -> None:
    """Look whether everything is what it was when it was stored; exit 2 if not."""
    from db.engine import engines, examining

    pair = engines(settings().database_url)
    _refuse_unless_current()
    with examining(pair) as session:
        n_faults = _report(session)
    if n_faults:
        shared.say(
            f"{n_faults:,} faults. Keep the file, and put a backup in its place: 'workbench db "
            "restore'.",
            err=True,
        )
        raise click.exceptions.Exit(DAMAGED)
    shared.say("Everything is what it was when it was stored.", err=True)


@db.command()
@click.argument("path", type=shared.NamedPath())
def backup(*, path: Path) -> None:
    """Write a checked copy of the database to PATH, while people work."""
    from db import backup as backups
    from db.engine import engines

    pair = engines(settings().database_url)
    target = path.absolute()
    if pair.path is None:
        command = backups.dump_command(settings().database_url, target)
        message = f"PostgreSQL makes its own backups. Run: {command}"
        raise SetupError(message)
    _refuse_unless_current()
    backups.back_up(pair.path, target, verify=_verify)
    size = target.stat().st_size / 1e6
    shared.say(f"Backed up to {target} ({size:,.1f} MB), checked row by row.", err=True)


@db.command()
@click.argument("path", type=shared.NamedPath())
def restore(*, path: Path) -> None:
    """Put the backup PATH in the place of the database, which is kept beside it."""
    from db import backup as backups
    from db.engine import engines
    from workbench import setting_faults

    setting_faults.refuse(settings())
    pair = engines(settings().database_url)
    source = path.absolute()
    if pair.path is None:
        command = backups.restore_command(settings().database_url, source)
        message = f"PostgreSQL restores its own backups. Stop the workbench and run: {command}"
        raise SetupError(message)
    aside = backups.restore(pair, source, verify=_verify)
    shared.say(f"Restored {source} to {pair.path}.", err=True)
    if aside is not None:
        shared.say(f"What was there before is kept as {aside}.", err=True)


def _refuse_unless_current() -> None:
    from workbench import starting

    found = starting.look(settings())
    if found.revision is None:
        message = "There is no database yet. 'workbench serve' or 'workbench import' makes one."
        raise SetupError(message)
    if not found.is_current:
        message = (
            f"The database has the older schema {found.revision}. Run 'workbench db upgrade' first."
        )
        raise SetupError(message)


def _verify(copy: Path) -> None:
    """Look at a copy row by row, if this workbench knows its schema well enough.

    Raises:
        DatabaseFault: It is damaged, another program's or a newer workbench's.
    """
    from sqlmodel import Session

    from db import schema, sqlite
    from db.errors import DamagedError
    from db.translating import translated

    sqlite.check_content(copy)
    found = schema.file_state(copy)
    if found.revision is None:
        message = f"{copy.name} holds no database of the workbench."
        raise DamagedError(message)
    if not found.is_current:  # its pages are sound; its rows are checked once it is up to date
        return
    with translated(), Session(sqlite.look_engine(copy)) as session:
        n_faults = _report(session)
    if n_faults:
        message = f"The copy has {n_faults:,} faults, so it was not used. See 'workbench db check'."
        raise DamagedError(message)


def _report(session: "Session") -> int:
    """Check with a progress bar, print each fault on a line of its own, and count them."""
    from workbench.services import checking
    from workbench.services.permissions import OPERATOR

    extent = checking.extent(session, actor=OPERATOR)
    found = []
    n_faults = 0
    with click.progressbar(length=extent.steps, label="Checking", file=sys.stderr) as bar:
        for fault in checking.faults(session, actor=OPERATOR, done=bar.update):
            n_faults += 1
            if n_faults <= MOST_LINES:
                found.append(str(fault))
    for line in found:
        shared.say(line)
    if n_faults > MOST_LINES:
        shared.say(f"... and {n_faults - MOST_LINES:,} more")
    shared.say(f"Looked at {extent}.", err=True)
    return n_faults
