"""`workbench doctor`: what is configured, what is wrong, what to do."""

import platform
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.commands import shared
from workbench.errors import WorkbenchError
from workbench.settings import OidcSettings, Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

LOW_DISK = 500_000_000
PACKAGES = ("workbench", "streamlit", "sqlmodel", "sqlalchemy", "pandas")
TRUSTED_HEADERS = "server.trustedUserHeaders"


class State(StrEnum):
    """How a thing is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, and what to do where it is not well."""

    state: State
    what: str
    to_do: str = ""

    def __str__(self) -> str:
        """One line."""
        return f"{self.state:<5} {self.what}{'. ' if self.to_do else ''}{self.to_do}"


@click.command()
def doctor() -> None:
    """Say what is configured, what is wrong, and what to do."""
    from workbench.settings import settings

    states = []
    for look in (_settings, _signing_in, _versions, _streamlit, _disk, _database):
        for finding in look(settings()):
            states.append(finding.state)
            shared.say(str(finding))
    if State.FAIL in states:
        raise click.exceptions.Exit(1)


def _settings(settings: Settings) -> Iterator[Finding]:
    from workbench import setting_faults

    faults = {fault.variable: fault.sentence for fault in setting_faults.found(settings)}
    for variable, what in (
        ("WORKBENCH_HOME", f"data folder (WORKBENCH_HOME): {settings.home}"),
        ("WORKBENCH_DATABASE_URL", f"database (WORKBENCH_DATABASE_URL): {_where(settings)}"),
        (
            "WORKBENCH_HOSTS",
            f"names it is asked for by (WORKBENCH_HOSTS): {', '.join(settings.hosts)}",
        ),
        ("FORWARDED_ALLOW_IPS", _believed(settings)),
    ):
        if variable in faults:
            yield Finding(State.FAIL, faults[variable])
        elif what:
            yield Finding(State.OK, what)
    if settings.forwarders == (setting_faults.EVERYBODY,):
        yield Finding(
            State.WARN,
            "everybody is believed who they say they come from (FORWARDED_ALLOW_IPS=*)",
            "Name the proxy's address, unless nobody else can reach the workbench",
        )
    tls = "over TLS only" if settings.secure_cookies else "over plain HTTP too"
    yield Finding(State.OK, f"cookies (WORKBENCH_SECURE_COOKIES): {tls}")
    if settings.accept_data_loss:
        yield Finding(
            State.WARN,
            "a database that forgets is accepted (WORKBENCH_ACCEPT_DATA_LOSS)",
            "Leave it out unless the labels do not matter",
        )


def _signing_in(settings: Settings) -> Iterator[Finding]:
    from workbench import starting

    try:
        starting.check_sign_in(settings)
    except WorkbenchError as error:
        yield Finding(State.FAIL, str(error))
        return
    if settings.proxy is not None:
        header, peers = settings.proxy.header, ", ".join(settings.proxy.peers)
        what = f"a proxy signs people in (WORKBENCH_AUTH): header {header}, from {peers}"
        yield Finding(State.OK, what)
        yield Finding(State.OK, _joining("the proxy", settings.proxy.join, ()))
    elif settings.oidc is not None:
        yield from _provider(settings.oidc)
    else:
        yield Finding(State.OK, "people sign in by one-time links and passwords")


def _provider(oidc: OidcSettings) -> Iterator[Finding]:
    from workbench.oidc.provider import Provider

    what = f"people sign in by {oidc.name} too (WORKBENCH_OIDC_ISSUER): {oidc.issuer}"
    yield Finding(State.OK, what)
    yield Finding(State.OK, _joining(oidc.name, oidc.join, oidc.domains))
    try:
        Provider(oidc).look()
    except WorkbenchError:
        to_do = "Look at its address, the network and its log; passwords and links go on working"
        yield Finding(State.FAIL, f"{oidc.name} does not answer as an OIDC provider", to_do)
    else:
        yield Finding(State.OK, f"{oidc.name} answers")


def _joining(name: str, join: str, domains: tuple[str, ...]) -> str:
    whom = f"of {', '.join(domains)}" if domains and "*" not in domains else "whom it knows"
    if join:
        return f"whoever {name} vouches for, {whom}, joins as {join} in every project"
    return f"{name} vouches for people {whom}; one has to be invited or added first"


def _believed(settings: Settings) -> str:
    if not settings.forwarders:
        return ""
    return f"X-Forwarded-* is believed (FORWARDED_ALLOW_IPS) from: {', '.join(settings.forwarders)}"


def _where(settings: Settings) -> str:
    """The database's URL without its password."""
    from sqlalchemy.engine import make_url

    from db.engine import KINDS, backend

    url = settings.database_url
    if backend(url) not in KINDS:
        return "cannot be read as a database URL"
    # A password may also be given as a parameter, so none of these is shown.
    return make_url(url).set(query={}).render_as_string(hide_password=True)


def _versions(_settings: Settings) -> Iterator[Finding]:
    names = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    yield Finding(State.OK, f"Python {platform.python_version()}, {names}")


def _streamlit(_settings: Settings) -> Iterator[Finding]:
    # Read, not imported: the option is a hidden one, and an upgrade may drop it.
    spec = find_spec("streamlit")
    config = Path(spec.origin).parent / "config.py" if spec and spec.origin else None
    if config is not None and config.is_file() and f'"{TRUSTED_HEADERS}"' in config.read_text():
        yield Finding(State.OK, f"Streamlit has {TRUSTED_HEADERS}: screens know who is signed in")
    else:
        yield Finding(
            State.FAIL,
            f"Streamlit {version('streamlit')} has no {TRUSTED_HEADERS}",
            "Install the version that requirements.txt names",
        )


def _disk(settings: Settings) -> Iterator[Finding]:
    from workbench import setting_faults

    if any(fault.variable == "WORKBENCH_HOME" for fault in setting_faults.found(settings)):
        return
    folder = next(p for p in (settings.home, *settings.home.parents) if p.exists())
    free = shutil.disk_usage(folder).free
    what = f"{free / 1e9:,.1f} GB free for the data folder"
    if free < LOW_DISK:
        yield Finding(
            State.WARN, what, "Make room: with a full disk nothing more is stored, or move the data"
        )
    else:
        yield Finding(State.OK, what)


def _database(settings: Settings) -> Iterator[Finding]:
    from db.engine import engines
    from db.errors import DatabaseFault
    from workbench import setting_faults, starting

    if any(setting_faults.found(settings)):
        yield Finding(State.WARN, "the database was not looked at", "Set right what failed above")
        return
    try:
        found = starting.look(settings)
        pair = engines(settings.database_url)
        yield from _sqlite() if pair.path is not None else _postgres(pair.read)
        if found.revision is None:
            yield Finding(State.OK, "no database yet: the first start makes it")
            return
        yield from _content(settings, is_current=found.is_current, revision=found.revision)
    except (WorkbenchError, DatabaseFault) as error:
        yield Finding(State.FAIL, str(error))


def _content(settings: Settings, *, is_current: bool, revision: str) -> Iterator[Finding]:
    from db import schema
    from db.engine import engines, reading
    from workbench.services import accounts

    pair = engines(settings.database_url)
    schema.check(pair, accept_data_loss=True)
    if not is_current:
        to_do = "'workbench db upgrade' keeps a copy and brings it up to date"
        yield Finding(State.WARN, f"the database has the older schema {revision}", to_do)
        return
    yield Finding(State.OK, f"the database answers; schema {revision} is the newest")
    with reading(pair) as session:
        is_empty = accounts.is_empty(session)
    if is_empty:
        to_do = "'workbench serve' prints a link for the first visitor"
        yield Finding(State.WARN, "nobody owns this installation yet", to_do)
    else:
        yield Finding(State.OK, "somebody owns this installation")


def _sqlite() -> Iterator[Finding]:
    from db.sqlite import has_wal_reset_fault

    what = f"SQLite {sqlite3.sqlite_version}"
    if has_wal_reset_fault():
        what += (
            " (its WAL-reset fault cannot be met: the workbench lets one writer in at a time; let "
            "no other program write to the file)"
        )
    yield Finding(State.OK, what)


def _postgres(engine: "Engine") -> Iterator[Finding]:
    from db import postgres

    server, off = postgres.server_state(engine)
    if off:
        to_do = "Switch it on in postgresql.conf: acknowledged labels could be lost"
        yield Finding(State.FAIL, f"{server} runs with {' and '.join(off)} off", to_do)
    else:
        yield Finding(State.OK, f"{server} keeps what it acknowledges (fsync is on)")
