"""Whether the settings for an OIDC provider can be used: looked at before anybody is served."""

import ipaddress
import stat
from pathlib import Path
from urllib.parse import urlsplit

from workbench.errors import SetupError
from workbench.oidc.identity import GOOGLE
from workbench.settings import OidcSettings

JOINS = ("", "reviewer")
LONGEST_NAME = 40
LONGEST_ISSUER = 500
OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO


def check(oidc: OidcSettings) -> None:
    """Look at the settings; the provider is not asked.

    Raises:
        SetupError: Something is missing or unsafe; the message names the setting.
    """
    if not oidc.issuer or not oidc.client_id:
        message = "WORKBENCH_OIDC_ISSUER and WORKBENCH_OIDC_CLIENT_ID go together. Set both."
        raise SetupError(message)
    if not is_safe_url(oidc.issuer) or len(oidc.issuer) > LONGEST_ISSUER:
        message = (
            "WORKBENCH_OIDC_ISSUER has to be an https:// address without ? and #, as the provider "
            "writes it in its discovery document."
        )
        raise SetupError(message)
    if not oidc.name.isprintable() or len(oidc.name) > LONGEST_NAME:
        message = f"WORKBENCH_OIDC_NAME stands on a button: give {LONGEST_NAME} characters or less."
        raise SetupError(message)
    _check_joining(oidc)
    secret(oidc.secret_file)


def secret(path: Path | None) -> str | None:
    """The client's secret, read anew each time, so that it can be changed; None without a file.

    Raises:
        SetupError: The file is not there, empty, or others may read it.
    """
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(path.stat().st_mode)
            content = file.read(4096)
    except OSError as error:
        message = f"WORKBENCH_OIDC_CLIENT_SECRET_FILE: {path} cannot be read ({error.strerror})."
        raise SetupError(message) from None
    if mode & OTHERS_MAY:
        message = (
            f"WORKBENCH_OIDC_CLIENT_SECRET_FILE: others may read {path} (mode {mode:04o}). "
            f"Change that: chmod 600 {path}"
        )
        raise SetupError(message)
    try:
        text = content.decode("ascii").strip()
    except UnicodeDecodeError:
        text = ""
    if not text or not text.isprintable():
        message = f"WORKBENCH_OIDC_CLIENT_SECRET_FILE: {path} holds no secret on one line."
        raise SetupError(message)
    return text


def is_safe_url(url: str) -> bool:
    """Whether a secret may be sent there: over TLS, or to this machine itself."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises where it is none
    except ValueError:
        return False
    plain = url.isprintable() and url.isascii() and not {" ", "\\", "#"} & {*url}
    if not host or not plain or parts.username is not None or parts.query:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))


def _check_joining(oidc: OidcSettings) -> None:
    if oidc.join not in JOINS:
        message = "WORKBENCH_OIDC_JOIN can be 'reviewer', or be left out: then one is invited."
        raise SetupError(message)
    if oidc.join and not oidc.domains:
        message = (
            "WORKBENCH_OIDC_JOIN lets people in whom nobody invited: say from where with "
            "WORKBENCH_OIDC_DOMAINS, or '*' for all whom the provider knows."
        )
        raise SetupError(message)
    if oidc.join and "*" in oidc.domains and oidc.issuer == GOOGLE:
        message = (
            "With WORKBENCH_OIDC_DOMAINS=* everybody with a Google account could join. Name your "
            "domains, or leave WORKBENCH_OIDC_JOIN out."
        )
        raise SetupError(message)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
