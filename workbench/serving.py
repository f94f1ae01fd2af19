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
from workbench import address, starting
from workbench.errors import OutputError, SetupError
from workbench.peers import Peers
from workbench.settings import Settings

GRACE_SECONDS = 5
SOCKET_UMASK = 0o117  # a socket file is for its owner and its group: put the proxy into that
MAX_MESSAGE = 25_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen, and whether to open a browser there.

    Attributes:
        host: The address to listen on.
        port: The port there.
        opens_browser: Whether to open a browser.
        insecure_http: Whether another host is allowed without TLS.
        socket: The socket file to listen on in place of host and port, for a proxy in front.
    """

    host: str
    port: int
    opens_browser: bool
    insecure_http: bool
    socket: Path | None = None

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
    starting.check_sign_in(settings)
    with starting.only_server(settings):
        pair, _ = starting.prepare(settings, is_server=True)
        _check_reach(settings, place, is_empty=starting.is_empty(pair))
        listener = _listen(place)
        prepared(pair)
        _point_streamlit_at(place, settings)
        try:
            _run(listener, announce=lambda: _announce(pair, place, settings.home))
        finally:
            address.forget(settings.home)


class _Config(uvicorn.Config):
    """Notes the peers outside of what takes addresses out of headers."""

    is_unix = False

    def load(self) -> None:
        super().load()
        self.loaded_app = Peers(self.loaded_app, is_unix=self.is_unix)


def _run(listener: socket.socket, *, announce: Callable[[], None]) -> None:
    config = _Config(
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
    config.is_unix = listener.family == socket.AF_UNIX
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


def _announce(pair: Engines, place: Place, home: Path) -> None:
    if place.socket is not None:
        click.echo("The workbench listens on this socket file (Ctrl+C stops it).", err=True)
        _print(str(place.socket))
        return
    address.leave(home, place.url)
    path = starting.first_link_path(pair)
    if path is None:
        click.echo(f"The workbench is at {place.url} (Ctrl+C stops it).", err=True)
        click.echo("No cookie left? 'workbench account link NAME' prints a sign-in link.", err=True)
    else:
        click.echo("Open this link to become the owner; it works once, for an hour:", err=True)
    url = f"{place.url}{path or ''}"
    _print(url)
    if place.opens_browser:
        with suppress(webbrowser.Error):
            webbrowser.open(url)


def _print(line: str) -> None:
    with suppress(OutputError):  # nobody reads it, or its disk is full: it serves all the same
        click.echo(line)
        sys.stdout.flush()


def _check_reach(settings: Settings, place: Place, *, is_empty: bool) -> None:
    if settings.proxy is not None and is_empty:
        message = (
            "Nobody has an account yet, and the proxy makes no owner. Make one under the name that "
            "it sends: 'workbench account add NAME --role admin', then start it again."
        )
        raise SetupError(message)
    if place.socket is None and _is_loopback(place.host):
        return
    where = place.socket or place.host
    if is_empty:
        message = (
            f"Nobody owns this workbench yet, so it will not listen on {where}. "
            f"Start it without --{'socket' if place.socket else 'host'}, open the link, then start "
            "it again."
        )
        raise SetupError(message)
    if not (settings.secure_cookies or place.insecure_http):
        message = (
            f"On {where} passwords would travel unencrypted. Put TLS in front and set "
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
    if place.socket is not None:
        return _listen_on_file(place.socket)
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


def _listen_on_file(path: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(SOCKET_UMASK)
    try:
        if path.is_socket() and not _is_served(path):
            path.unlink()
        listener.bind(str(path))
        listener.listen(512)
    except OSError as error:
        listener.close()
        message = f"Cannot listen on {path} ({error.strerror or error}). Choose another --socket."
        raise SetupError(message) from error
    finally:
        os.umask(before)
    listener.set_inheritable(True)
    return listener


def _is_served(path: Path) -> bool:
    """Whether somebody listens on a socket file; one that was left behind can be removed."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        return probe.connect_ex(str(path)) == 0


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
