"""One frozen Settings, read from the environment once."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """Signing in with an OIDC provider, as it was set; `workbench.oidc.configured` checks it.

    Attributes:
        issuer: The provider's own name for itself, a URL (`WORKBENCH_OIDC_ISSUER`).
        client_id: What the provider calls the workbench (`WORKBENCH_OIDC_CLIENT_ID`).
        secret_file: Where its secret lies (`WORKBENCH_OIDC_CLIENT_SECRET_FILE`); None for a
            client without one.
        domains: Whose e-mail addresses may sign in (`WORKBENCH_OIDC_DOMAINS`); empty for all.
        name: What the button calls the provider (`WORKBENCH_OIDC_NAME`).
        join: The role of those whom nobody invited (`WORKBENCH_OIDC_JOIN`); empty: they may not.
    """

    issuer: str
    client_id: str
    secret_file: Path | None
    domains: tuple[str, ...]
    name: str
    join: str


@dataclass(frozen=True, slots=True)
class ProxySettings:
    """Signing in by a proxy in front, as it was set; `workbench.trusted_proxy` checks it.

    Attributes:
        header: In which header the proxy says who it is (`WORKBENCH_PROXY_HEADER`).
        peers: From where the proxy connects (`WORKBENCH_PROXY_PEERS`): networks, or `unix`.
        join: The role of those who have no account (`WORKBENCH_PROXY_JOIN`); empty: they may not.
    """

    header: str
    peers: tuple[str, ...]
    join: str


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
        auth: Who signs people in (`WORKBENCH_AUTH`): empty for the workbench itself, or `proxy`.
        oidc: The OIDC provider; None without one.
        proxy: The proxy that signs people in; None unless `auth` says that one does.
        forwarders: Whose `X-Forwarded-*` headers are believed (`FORWARDED_ALLOW_IPS`, which the
            server below reads itself).
    """

    home: Path
    database_url: str
    hosts: tuple[str, ...]
    secure_cookies: bool
    accept_data_loss: bool
    auth: str = ""
    oidc: OidcSettings | None = None
    proxy: ProxySettings | None = None
    forwarders: tuple[str, ...] = ()


VARIABLES = (
    "WORKBENCH_HOME",
    "WORKBENCH_DATABASE_URL",
    "WORKBENCH_HOSTS",
    "WORKBENCH_SECURE_COOKIES",
    "WORKBENCH_ACCEPT_DATA_LOSS",
    "WORKBENCH_OIDC_ISSUER",
    "WORKBENCH_OIDC_CLIENT_ID",
    "WORKBENCH_OIDC_CLIENT_SECRET_FILE",
    "WORKBENCH_OIDC_DOMAINS",
    "WORKBENCH_OIDC_NAME",
    "WORKBENCH_OIDC_JOIN",
    "WORKBENCH_AUTH",
    "WORKBENCH_PROXY_HEADER",
    "WORKBENCH_PROXY_PEERS",
    "WORKBENCH_PROXY_JOIN",
)
PROXY = "proxy"


@cache
def settings() -> Settings:
    """Read the settings from the environment; later changes of it are not seen."""
    home = Path(os.environ.get("WORKBENCH_HOME") or "data").absolute()
    hosts = os.environ.get("WORKBENCH_HOSTS") or "localhost,127.0.0.1,[::1]"
    auth = os.environ.get("WORKBENCH_AUTH", "").strip().lower()
    return Settings(
        home=home,
        database_url=os.environ.get("WORKBENCH_DATABASE_URL")
        or f"sqlite:///{home / 'workbench.db'}",
        hosts=tuple(host.strip("[]").lower() for host in _listed(hosts)),
        secure_cookies=_is_on("WORKBENCH_SECURE_COOKIES"),
        accept_data_loss=_is_on("WORKBENCH_ACCEPT_DATA_LOSS"),
        auth=auth,
        oidc=_oidc(),
        proxy=_proxy() if auth == PROXY else None,
        forwarders=_listed(os.environ.get("FORWARDED_ALLOW_IPS", "")),
    )


def _oidc() -> OidcSettings | None:
    issuer = os.environ.get("WORKBENCH_OIDC_ISSUER", "").strip()
    client_id = os.environ.get("WORKBENCH_OIDC_CLIENT_ID", "").strip()
    if not issuer and not client_id:
        return None
    secret_file = os.environ.get("WORKBENCH_OIDC_CLIENT_SECRET_FILE", "").strip()
    name = os.environ.get("WORKBENCH_OIDC_NAME", "").strip()
    return OidcSettings(
        issuer=issuer,
        client_id=client_id,
        secret_file=Path(secret_file).absolute() if secret_file else None,
        domains=_listed(os.environ.get("WORKBENCH_OIDC_DOMAINS", "").lower()),
        name=name or issuer.partition("://")[2].partition("/")[0],
        join=os.environ.get("WORKBENCH_OIDC_JOIN", "").strip().lower(),
    )


def _proxy() -> ProxySettings:
    return ProxySettings(
        header=os.environ.get("WORKBENCH_PROXY_HEADER", "").strip(),
        peers=_listed(os.environ.get("WORKBENCH_PROXY_PEERS", "")),
        join=os.environ.get("WORKBENCH_PROXY_JOIN", "").strip().lower(),
    )


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _is_on(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}
