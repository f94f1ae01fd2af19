"""A proxy in front that signs people in: in which header it names them, and from where it connects.

An address alone lets nobody in: it only says whose header is read.
"""

import ipaddress
import re
from dataclasses import dataclass

from workbench.errors import SetupError
from workbench.settings import PROXY, ProxySettings, Settings

UNIX = "unix"
JOINS = ("", "reviewer")
HEADER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+", re.ASCII)
OTHERS = re.compile(
    r"x-workbench.*|x-forwarded-(for|host|port|proto|server)|x-real-ip|(sec|content|accept)-.*|"
    r"(if|last|cache)-.*|set-cookie|user-agent|transfer-encoding|keep-alive"
)
"""Headers that mean something else, or that any browser sends."""
WIDEST = {4: 8, 6: 16}  # bits: a network of all there are would trust everybody

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class TrustedProxy:
    """The proxy, as the gate knows it.

    Attributes:
        header: The header's name, in lower case.
        networks: From where it connects.
        is_unix: Whether it connects by a socket file.
        join: The role of whoever it names and has no account; empty: they may not come in.
    """

    header: bytes
    networks: tuple[Network, ...]
    is_unix: bool
    join: str

    def is_peer(self, peer: str | None) -> bool:
        """Whether a connection is the proxy's.

        Args:
            peer: The other end's address as the operating system says it, never as a header does;
                `unix` for a socket file; None where it is not known.
        """
        if peer is None or peer == UNIX:
            return peer == UNIX and self.is_unix
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None)
        return any((mapped or address) in network for network in self.networks)


def of(settings: Settings) -> TrustedProxy | None:
    """The proxy that signs people in; None where the workbench does that itself.

    Raises:
        SetupError: The header or the peers are missing or unsafe; the message names the setting.
    """
    if settings.auth not in ("", PROXY):
        message = f"There is no WORKBENCH_AUTH={settings.auth}. Give proxy, or leave it out."
        raise SetupError(message)
    if settings.proxy is None:
        return None
    if settings.oidc is not None:
        message = (
            "Either a proxy signs people in or a provider of OIDC does: leave out WORKBENCH_AUTH "
            "or WORKBENCH_OIDC_ISSUER."
        )
        raise SetupError(message)
    if settings.proxy.join not in JOINS:
        message = "WORKBENCH_PROXY_JOIN can be 'reviewer', or be left out: then one is added."
        raise SetupError(message)
    networks = tuple(_network(peer) for peer in settings.proxy.peers if peer != UNIX)
    if not settings.proxy.peers:
        message = (
            "With --auth proxy say from where the proxy connects: WORKBENCH_PROXY_PEERS, such as "
            "10.0.0.5. A header from anywhere else is not read."
        )
        raise SetupError(message)
    return TrustedProxy(
        header=_header(settings.proxy),
        networks=networks,
        is_unix=UNIX in settings.proxy.peers,
        join=settings.proxy.join,
    )


def _header(proxy: ProxySettings) -> bytes:
    name = proxy.header.lower()
    if not name:
        message = (
            "With --auth proxy say in which header the proxy names people: WORKBENCH_PROXY_HEADER, "
            "such as X-Auth-User."
        )
        raise SetupError(message)
    if not HEADER.fullmatch(name) or OTHERS.fullmatch(name):
        message = (
            "WORKBENCH_PROXY_HEADER has to be a header of its own, in letters, digits and hyphens, "
            "such as X-Auth-User."
        )
        raise SetupError(message)
    return name.encode()


def _network(peer: str) -> Network:
    try:
        network = ipaddress.ip_network(peer)
    except ValueError:
        message = (
            f"WORKBENCH_PROXY_PEERS: {peer} is no address and no network such as 10.0.0.0/28, and "
            "not 'unix'."
        )
        raise SetupError(message) from None
    if network.prefixlen < WIDEST[network.version]:
        message = f"WORKBENCH_PROXY_PEERS: {peer} would trust nearly everybody. Name the proxy."
        raise SetupError(message)
    return network
