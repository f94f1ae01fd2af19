"""`workbench serve`: one server on one database, on this machine until told otherwise."""

import ipaddress
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click
import uvicorn

from db.engine import Engines
from workbench import starting
from workbench.errors import SetupError
from workbench.settings import Settings

GRACE_SECONDS = 5
MAX_MESSAGE = 25_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen, and whether to open a browser there."""

    host: str
    port: int
    opens_browser: bool
    insecure_http: bool

    @property
    def url(self) -> str:
        """The address a browser on this machine uses."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host  # noqa: S104 - compared
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def serve(settings: Settings, place: Place, *, prepared: Callable[[Engines], None]) -> None:
    """Prepare the database, listen, print where, and serve until told to stop.

    Args:
        settings: What was set.
        place: Where to listen.
        prepared: Called once the database is ready, before anybody is served.

    Raises:
        SetupError: It cannot be started as asked; nothing was changed.
    """
    with starting.only_server(settings):
        pair, _ = starting.prepare(settings, is_server=True)
        _check_reach(settings, place, is_empty=starting.is_empty(pair))
        listener = _listen(place)
        prepared(pair)
        _point_streamlit_at(place, settings)
        _run(listener, announce=lambda: _announce(pair, place))


def _run(listener: socket.socket, *, announce: Callable[[], None]) -> None:
    config = uvicorn.Config(
        "workbench.server:app",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(os.environ.get("FORWARDED_ALLOW_IPS")),
        ws_ping_interval=30,
        ws_ping_timeout=30,
        ws_max_size=MAX_MESSAGE,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    # uvicorn stops cleanly and then raises the signal again: being told to stop is no failure.
    for told_to_stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told_to_stop, lambda _number, _frame: None)
    _Server(config, announce=announce).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Says where it is once it really answers."""

    def __init__(self, config: uvicorn.Config, *, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._announce()


def _announce(pair: Engines, place: Place) -> None:
    path = starting.first_link_path(pair)
    if path is None:
        click.echo(f"The workbench is at {place.url} (Ctrl+C stops it).", err=True)
        click.echo("No cookie left? 'workbench account link NAME' prints a sign-in link.", err=True)
    else:
        click.echo("Open this link to become the owner; it works once, for an hour:", err=True)
    url = f"{place.url}{path or ''}"
    click.echo(url)
    sys.stdout.flush()
    if place.opens_browser:
        with suppress(webbrowser.Error):
            webbrowser.open(url)


def _check_reach(settings: Settings, place: Place, *, is_empty: bool) -> None:
    if _is_loopback(place.host):
        return
    if is_empty:
        message = (
            f"Nobody owns this workbench yet, so it will not listen on {place.host}. "
            "Start it without --host, open the link, then start it again."
        )
        raise SetupError(message)
    if not (settings.secure_cookies or place.insecure_http):
        message = (
            f"On {place.host} passwords would travel unencrypted. Put TLS in front and set "
            "WORKBENCH_SECURE_COOKIES=1, or add --insecure-http."
        )
        raise SetupError(message)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listen(place: Place) -> socket.socket:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((place.host, place.port))
        listener.listen(512)
    except (OSError, UnicodeError) as error:  # a name that cannot be one is the latter
        listener.close()
        what = getattr(error, "strerror", None) or "no such address"
        message = f"Cannot listen on {place.host}:{place.port} ({what}). Choose another --port."
        raise SetupError(message) from error
    listener.set_inheritable(True)
    return listener


def _point_streamlit_at(place: Place, settings: Settings) -> None:
    folder = config_folder()
    os.environ["STREAMLIT_SERVER_ADDRESS"] = place.host
    os.environ["STREAMLIT_SERVER_PORT"] = str(place.port)
    os.environ["STREAMLIT_SERVER_ALLOWED_HOSTS"] = ",".join(settings.hosts)
    # Everything of ours is absolute by now; Streamlit looks for its settings in this folder.
    os.chdir(folder)


def config_folder() -> Path:
    """The folder whose `.streamlit/config.toml` is ours: in the wheel, or of the checkout."""
    package = Path(__file__).parent
    for folder in (package, package.parent):
        if (folder / ".streamlit" / "config.toml").is_file():
            return folder
    message = "The workbench's .streamlit/config.toml is missing. Install the package again."
    raise SetupError(message)
