"""Where a visitor comes from, as far as limits tell places apart."""

from ipaddress import IPv6Address, ip_address, ip_network

# One household or host has all of these; it could take another for every message.
_NETWORK_BITS = 64


def network(address: str | None) -> str:
    """The address, or the /64 that an IPv6 address lies in; empty where none is known."""
    if not address:
        return ""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ip_network((int(known), _NETWORK_BITS), strict=False))
