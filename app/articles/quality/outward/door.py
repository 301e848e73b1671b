"""The door to the web: only to public addresses, and to the very one that was looked at."""

import socket
import ssl
from collections.abc import Callable
from functools import cache
from http.client import HTTPConnection, HTTPSConnection
from ipaddress import IPv4Address, ip_address, ip_network

PORTS = {"http": 80, "https": 443}

Resolve = Callable[[str, int], str]
"""Gives the address to connect to, of a host and port.  Raises Closed, and OSError."""


class Closed(Exception):
    """Behind this name lies no public address: what is asked there could be a machine of ours."""


def public_address(host: str, port: int) -> str:
    """An address of the host.  Raises Closed unless all that it has are public, and OSError.

    The connection is made to what this gives, so that a second answer of the name server, made for
    the occasion, is never asked for.
    """
    if port not in PORTS.values():
        raise Closed
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(map(_is_public, addresses)):
        raise Closed
    return addresses[0]


def connection(
    scheme: str, host: str, port: int, *, resolve: Resolve, patience_s: float
) -> HTTPConnection:
    """A connection to that host at an address that was looked at, not yet made.  Raises as `resolve`."""
    address = resolve(host, port)
    if scheme == "https":
        return _Encrypted(host, port, address=address, patience_s=patience_s)
    return _Plain(host, port, address=address, patience_s=patience_s)


_HOLDING_IPV4 = (ip_network("64:ff9b::/96"), ip_network("::/96"))
"""Addresses of IPv6 that lead on to one of IPv4, in their last 32 bits (RFC 6052; RFC 4291, 2.5.5.1)."""


def _is_public(address: str) -> bool:
    known = ip_address(address.partition("%")[0])
    inner = getattr(known, "ipv4_mapped", None) or getattr(known, "sixtofour", None)
    if inner is None and any(known in network for network in _HOLDING_IPV4):
        inner = IPv4Address(int(known) & 0xFFFF_FFFF)
    return known.is_global and not known.is_multicast and (inner is None or inner.is_global)


class _Plain(HTTPConnection):
    def __init__(self, host: str, port: int, *, address: str, patience_s: float) -> None:
        super().__init__(host, port, timeout=patience_s)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)


class _Encrypted(HTTPSConnection):
    def __init__(self, host: str, port: int, *, address: str, patience_s: float) -> None:
        super().__init__(host, port, timeout=patience_s, context=_context())
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = _context().wrap_socket(plain, server_hostname=self.host)


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()
