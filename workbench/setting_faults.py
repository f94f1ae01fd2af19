"""Settings that cannot work: found before anything starts, named by `workbench doctor`."""

import ipaddress
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from workbench.errors import SetupError
from workbench.settings import Settings

EVERYBODY = "*"
_HOST = re.compile(r"(?!.*\.\.)[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_.])?", re.ASCII)
_IN_MEMORY = ("", ":memory:")


@dataclass(frozen=True, slots=True)
class SettingFault:
    """A setting that cannot work.

    Attributes:
        variable: Which one.
        sentence: What is wrong with it and what to do, on one line.
    """

    variable: str
    sentence: str


def found(settings: Settings) -> Iterator[SettingFault]:
    """All that can be seen to be wrong without trying it; nothing is made or asked."""
    for variable, look in (
        ("WORKBENCH_HOME", _of_home),
        ("WORKBENCH_DATABASE_URL", _of_database),
        ("WORKBENCH_HOSTS", _of_hosts),
        ("FORWARDED_ALLOW_IPS", _of_forwarders),
    ):
        sentence = look(settings)
        if sentence:
            yield SettingFault(variable, f"{variable}: {sentence}")


def refuse(settings: Settings) -> None:
    """Do not begin with settings that cannot work.

    Raises:
        SetupError: One of them cannot; the first is told.
    """
    for fault in found(settings):
        raise SetupError(fault.sentence)


def _of_home(settings: Settings) -> str:
    try:
        nearest = _nearest(settings.home)
    except OSError as error:  # longer than a name can be, or in a circle of links
        return f"no folder can be there ({error.strerror}). Name another."
    if not nearest.is_dir():
        return f"{nearest} is a file, not a folder. Name a folder."
    holds_database = settings.database_url == f"sqlite:///{settings.home / 'workbench.db'}"
    if holds_database and nearest != settings.home and not os.access(nearest, os.W_OK | os.X_OK):
        return f"the data folder {settings.home} cannot be made in {nearest}. Name another."
    return ""


def _nearest(path: Path) -> Path:
    """The path, or what is there of it."""
    for each in (path, *path.parents):
        try:
            each.stat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        return each
    return path


def _of_database(settings: Settings) -> str:
    try:
        url = make_url(settings.database_url)
        is_sqlite = url.get_backend_name() == "sqlite"
    except (ArgumentError, ValueError):
        return ""  # said where it is opened
    name = url.database or ""
    if is_sqlite and (name in _IN_MEMORY or name.startswith("file:")):
        return (
            "it names no file, so nothing would be kept. Give sqlite:////absolute/path.db, or "
            "leave it out for SQLite in the data folder."
        )
    return ""


def _of_hosts(settings: Settings) -> str:
    if not settings.hosts:
        return "it holds no name. Give one, such as labels.example.org, or leave it out."
    for host in settings.hosts:
        if not (_is_address(host) or _HOST.fullmatch(host)):
            return (
                f"'{host}' is no name of a host. Give names alone, such as labels.example.org: no "
                "http://, no port and no *."
            )
    return ""


def _of_forwarders(settings: Settings) -> str:
    if settings.forwarders == (EVERYBODY,):
        return ""
    for each in settings.forwarders:
        try:
            ipaddress.ip_network(each)
        except ValueError:
            return f"'{each}' is no address and no network such as 10.0.0.0/28. Name the proxy's."
    return ""


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
