"""Whom a download may talk to: public addresses, looked up once and kept."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, TypeAlias

from cuibono.errors import SourceError

LookUp: TypeAlias = Callable[[str, int], list[str]]

# Its last four bytes are an IPv4 address that the network translates to.
TRANSLATED = IPv6Network("64:ff9b::/96")


def look_up(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host.

    Parameters
    ----------
    host : str
        Name or address.
    port : int
        Port that will be used.

    Returns
    -------
    list of str
        At least one address, in the order of preference.

    Raises
    ------
    OSError
        If the name cannot be resolved.
    """
    found: list[Any] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def public_address(host: str, port: int, look_up: LookUp, loopback: bool = False) -> str:
    """Resolve a host to the one address that will be connected to.

    A host of which any address is not public is refused whole: a name server
    that mixes public and private answers is not to be trusted with either.

    Parameters
    ----------
    host : str
        Name or address.
    port : int
        Port that will be used.
    look_up : callable
        Gives the addresses of a host.
    loopback : bool, default False
        Whether this machine itself may be meant.

    Returns
    -------
    str
        The address.

    Raises
    ------
    SourceError
        If an address is private, local to the link or this machine itself.
    OSError
        If the name cannot be resolved.

    Examples
    --------
    >>> public_address("data.example", 443, lambda host, port: ["1.1.1.1"])
    '1.1.1.1'
    """
    addresses = look_up(host, port)
    for text in addresses:
        address = _meant(text)
        allowed = address.is_loopback if loopback else is_public(address)
        if not allowed:
            raise SourceError(
                f"{host} leads to {address}, which is not a public address, and was not"
                " contacted. A copy on this machine is named with `--mirror http://127.0.0.1/`."
            )
    return addresses[0]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address belongs to the open network.

    Parameters
    ----------
    address : IPv4Address or IPv6Address
        The address that packets would reach.

    Returns
    -------
    bool
        False for private, shared, link-local, loopback, multicast and
        reserved addresses.

    Examples
    --------
    >>> is_public(ip_address("169.254.169.254"))
    False
    """
    return address.is_global and not address.is_multicast and not address.is_reserved


def _meant(text: str) -> IPv4Address | IPv6Address:
    """Unwrap an IPv4 address that travels inside an IPv6 one."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        if address in TRANSLATED:
            return IPv4Address(int(address) & 0xFFFFFFFF)
        return address.ipv4_mapped or address.sixtofour or address
    return address
