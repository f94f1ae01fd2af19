"""What has to be right before anybody is served: place, schema, rules; and the first link."""

from db import schema
from db.engine import Engines, database_now, engines, reading, transaction
from db.errors import DatabaseFault
from db.schema import SchemaState
from workbench.errors import SetupError
from workbench.services import accounts
from workbench.settings import Settings


def prepare(settings: Settings) -> tuple[Engines, SchemaState]:
    """Open the database and bring it up to date.

    Returns:
        The engines, and the state that was found before.

    Raises:
        SetupError: It cannot be used as it is; the message says what to do.
    """
    pair = engines(settings.database_url)
    try:
        return pair, schema.prepare(pair, accept_data_loss=settings.accept_data_loss)
    except DatabaseFault as error:
        raise SetupError(str(error), exit_code=error.exit_code) from error


def is_empty(pair: Engines) -> bool:
    """Whether nobody has an account yet."""
    with reading(pair) as session:
        return accounts.is_empty(session)


def first_link_path(pair: Engines) -> str | None:
    """Path and query of a fresh link for the owner; None where somebody has an account."""
    if not is_empty(pair):
        return None
    with transaction(pair) as session:
        token = accounts.first_link(session, now=database_now(session))
    return f"/signin?token={token}"
