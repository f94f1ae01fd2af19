"""What several commands need: the project option, the database, a transaction with its clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click

from db.engine import Engines, Session, database_now, transaction
from workbench import starting
from workbench.settings import settings

PROJECT = click.option(
    "--project", metavar="SLUG", help="The project; needed if there are several."
)


def database() -> Engines:
    """The database, ready for use."""
    pair, _ = starting.prepare(settings())
    return pair


@contextmanager
def writing() -> Iterator[tuple[Session, datetime]]:
    """One write transaction and its time."""
    with transaction(database()) as session:
        yield session, database_now(session)
