"""What has to be right before anybody is served: place, schema, rules; and the first link."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from db import schema, sqlite
from db.engine import Engines, database_now, engines, reading, transaction
from db.errors import BusyError, DatabaseFault
from db.locking import file_lock
from db.schema import SchemaState
from db.translating import translated
from workbench import setting_faults, trusted_proxy
from workbench.errors import SetupError
from workbench.oidc import configured
from workbench.settings import Settings

_HELD: set[Path] = set()  # the server locks of this process


def prepare(settings: Settings, *, is_server: bool = False) -> tuple[Engines, SchemaState]:
    """Open the database and bring it up to date; a server holds `only_server` around it.

    Returns:
        The engines, and the state that was found before.

    Raises:
        SetupError: It cannot be used as it is; the message says what to do.
    """
    setting_faults.refuse(settings)
    with _as_setup():
        pair = engines(settings.database_url)
        found = schema.prepare(
            pair, accept_data_loss=settings.accept_data_loss, is_server=is_server
        )
        return pair, found


def look(settings: Settings) -> SchemaState:
    """Where the database stands; nothing is made or changed.

    Raises:
        SetupError: It cannot be used as it is; the message says what to do.
    """
    setting_faults.refuse(settings)
    with _as_setup():
        pair = engines(settings.database_url)
        if pair.path is None:
            schema.check(pair, accept_data_loss=True)
        elif pair.path.exists():
            sqlite.check_place(pair.path)
        return schema.state(pair)


def check_sign_in(settings: Settings) -> None:
    """Look whether people can sign in as it was set; no provider is asked, nothing is changed.

    Raises:
        SetupError: A setting is missing or unsafe; the message names it.
    """
    trusted_proxy.of(settings)
    if settings.oidc is not None:
        configured.check(settings.oidc)


@contextmanager
def only_server(settings: Settings) -> Iterator[None]:
    """Be the only server on the database file: taken before anything of it is changed.

    A process holds it once: `workbench serve` takes it before the application does,
    which takes it itself where `streamlit run` started it.

    Raises:
        SetupError: Another one runs, or the data folder cannot be written.
    """
    setting_faults.refuse(settings)
    with ExitStack() as held:
        with _as_setup(), translated():
            pair = engines(settings.database_url)
            if pair.path is not None and pair.server_path is not None:
                sqlite.check_place(pair.path)
                try:
                    held.enter_context(_once(pair.server_path))
                except BusyError:
                    message = (
                        f"Another workbench serves {pair.path} already. Stop it first, or set "
                        "WORKBENCH_HOME to another data folder."
                    )
                    raise SetupError(message) from None
        yield


@contextmanager
def _once(path: Path) -> Iterator[None]:
    if path in _HELD:
        yield
        return
    with file_lock(path, 0):
        _HELD.add(path)
        try:
            yield
        finally:
            _HELD.discard(path)


@contextmanager
def _as_setup() -> Iterator[None]:
    try:
        yield
    except DatabaseFault as error:
        raise SetupError(str(error), exit_code=error.exit_code) from error


def is_empty(pair: Engines) -> bool:
    """Whether nobody has an account yet."""
    from workbench.services import accounts

    with reading(pair) as session:
        return accounts.is_empty(session)


def first_link_path(pair: Engines) -> str | None:
    """Path and query of a fresh link for the owner; None where somebody has an account."""
    from workbench.services import accounts

    if not is_empty(pair):
        return None
    with transaction(pair) as session:
        token = accounts.first_link(session, now=database_now(session))
    return f"/signin?token={token}"
