"""From where somebody comes, as far as one connection reaches."""

import ipaddress

LONGEST = 64


def network_of(address: str) -> str:
    """The address; of IPv6 the /64, which is what one connection has to itself."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:LONGEST]
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
