"""What a request says of where it comes from, read in one pass over its headers."""

import re
from dataclasses import dataclass

from starlette.requests import cookie_parser
from starlette.types import Scope

IDENTITY = b"x-workbench-uid"
PROXIED = b"x-workbench-proxied"
"""Whom a trusted proxy names, from the gate to the sign-in page; never from outside."""
LONGEST_NAME = 240  # bytes
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
OWN_SITE = frozenset({b"same-origin", b"none"})
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?", re.ASCII)
DEFAULT_PORTS = {"http": ":80", "https": ":443", "ws": ":80", "wss": ":443"}

RawHeaders = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Arrival:
    """The headers that the gate decides by.

    Attributes:
        kept: All of them but a forged identity, and but those in which a proxy names somebody.
        named: What those said; None for one that is spelled with an underscore.
    """

    kept: RawHeaders
    hosts: list[bytes]
    cookies: list[bytes]
    origin: bytes | None
    site: bytes | None
    accept: bytes
    named: list[bytes | None]

    @classmethod
    def of(cls, scope: Scope, *, naming: bytes = b"") -> "Arrival":
        """Read the headers of an HTTP request or a WebSocket handshake.

        Args:
            scope: The request.
            naming: The header in which a proxy names people, in lower case; empty for none.
        """
        kept: RawHeaders = []
        hosts: list[bytes] = []
        cookies: list[bytes] = []
        named: list[bytes | None] = []
        origin = site = None
        accept = b""
        for header in scope["headers"]:
            name, value = header
            name = name.lower()
            # Some servers take _ for -, so neither spelling comes through.
            dashed = name.replace(b"_", b"-")
            if dashed in (IDENTITY, PROXIED):
                continue
            if naming and dashed == naming:
                named.append(value if name == naming else None)
                continue
            kept.append(header)
            if name == b"host":
                hosts.append(value)
            elif name == b"cookie":
                cookies.append(value)
            elif name == b"origin":
                origin = value
            elif name == b"sec-fetch-site":
                site = value
            elif name == b"accept":
                accept += value
        return cls(kept, hosts, cookies, origin, site, accept, named)

    def hostname(self) -> str | None:
        """The name that was asked for, without its port; None when there is not exactly one."""
        if len(self.hosts) != 1:
            return None
        match = HOST.fullmatch(self.hosts[0].decode("latin-1").lower())
        return match[1].strip("[]") if match else None

    def name(self) -> str | None:
        """Whom the proxy names; None where it is not exactly one, or cannot be read.

        Two headers, one in another spelling, or a list in one: then somebody else wrote one of
        them, and nobody can say which.
        """
        if len(self.named) != 1 or self.named[0] is None or len(self.named[0]) > LONGEST_NAME:
            return None
        try:
            name = self.named[0].decode().strip()
        except UnicodeDecodeError:
            return None
        return name if name and "," not in name else None

    def wants_page(self) -> bool:
        """Whether somebody looks at the answer."""
        return b"text/html" in self.accept

    def is_from_elsewhere(self, scope: Scope) -> bool:
        """Whether another site's page sent this, and it is more than a look at a page.

        A browser says who sends: `Sec-Fetch-Site` where it trusts the connection, `Origin` on
        every WebSocket and POST. A program says neither, and has no cookie it was not given.
        """
        if scope["type"] == "websocket":
            return self.origin is not None and not self._is_own_origin()
        if scope["method"] not in UNSAFE:
            return False
        if self.site is not None:
            return self.site not in OWN_SITE
        return self.origin is not None and not self._is_own_origin()

    def cookie(self, name: str) -> str | None:
        """The value of a cookie."""
        if not self.cookies:
            return None
        return cookie_parser(b"; ".join(self.cookies).decode("latin-1")).get(name)

    def _is_own_origin(self) -> bool:
        scheme, _, place = (self.origin or b"").decode("latin-1").lower().partition("://")
        host = self.hosts[0].decode("latin-1").lower()
        port = DEFAULT_PORTS.get(scheme, "")
        return bool(place) and place.removesuffix(port) == host.removesuffix(port)
