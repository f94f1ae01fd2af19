"""One frozen Settings, read from the environment once."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can set; docs/reference/settings.md describes each variable.

    Attributes:
        home: The data folder (`WORKBENCH_HOME`, default `./data`), absolute.
        database_url: An SQLAlchemy URL (`WORKBENCH_DATABASE_URL`, default SQLite in the home).
        hosts: Names under which a browser may ask for the workbench (`WORKBENCH_HOSTS`).
        secure_cookies: Whether the cookie is sent over TLS only (`WORKBENCH_SECURE_COOKIES`).
        accept_data_loss: Whether a PostgreSQL without fsync is accepted
            (`WORKBENCH_ACCEPT_DATA_LOSS`).
    """

    home: Path
    database_url: str
    hosts: tuple[str, ...]
    secure_cookies: bool
    accept_data_loss: bool


VARIABLES = (
    "WORKBENCH_HOME",
    "WORKBENCH_DATABASE_URL",
    "WORKBENCH_HOSTS",
    "WORKBENCH_SECURE_COOKIES",
    "WORKBENCH_ACCEPT_DATA_LOSS",
)


@cache
def settings() -> Settings:
    """Read the settings from the environment; later changes of it are not seen."""
    home = Path(os.environ.get("WORKBENCH_HOME") or "data").absolute()
    hosts = os.environ.get("WORKBENCH_HOSTS") or "localhost,127.0.0.1,[::1]"
    return Settings(
        home=home,
        database_url=os.environ.get("WORKBENCH_DATABASE_URL")
        or f"sqlite:///{home / 'workbench.db'}",
        hosts=tuple(host.strip().strip("[]").lower() for host in hosts.split(",") if host.strip()),
        secure_cookies=_is_on("WORKBENCH_SECURE_COOKIES"),
        accept_data_loss=_is_on("WORKBENCH_ACCEPT_DATA_LOSS"),
    )


def _is_on(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}
