"""Which web addresses may be opened at all: they come out of files and strangers' redirects, and must not lead into one's own network."""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

from edgewise.citations.lookup.client import Failure

_HOST = re.compile(rb"[A-Za-z0-9._:-]+")
_UNICAST, _NAT64 = ip_network("2000::/3"), ip_network("64:ff9b::/96")


def target(address: str) -> httpx.URL:
    """An address as it can be opened.

    Raises:
        Failure: it cannot be, or must not be.

    >>> str(target("https://example.org/x#part"))
    'https://example.org/x'
    >>> target("file:///etc/passwd")
    Traceback (most recent call last):
        ...
    edgewise.citations.lookup.client.Failure: only http and https addresses are opened
    """
    try:
        url = httpx.URL(address.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError):
        raise Failure("it is no web address") from None
    if url.scheme not in ("http", "https"):
        raise Failure("only http and https addresses are opened")
    if url.userinfo:
        raise Failure("it holds a user's name or password, which are never sent")
    if not _HOST.fullmatch(url.raw_host) or (url.port or 1) > 65535:
        raise Failure("it is no web address")
    return url


def is_public(server: str) -> bool:
    """Whether an IP address is one of the public internet's, also where it carries another one inside.

    >>> [is_public(one) for one in ("8.8.8.8", "127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "224.0.1.1", "0.0.0.0")]
    [True, False, False, False, False, False, False]
    >>> [is_public(one) for one in ("2001:4860:4860::8888", "::1", "fe80::1%eth0", "fd00::1", "fec0::1", "::ffff:10.0.0.1", "::7f00:1")]
    [True, False, False, False, False, False, False]
    >>> is_public("2002:a00:1::"), is_public("64:ff9b::10.0.0.1"), is_public("64:ff9b::8.8.8.8")
    (False, False, True)
    """
    held = _carried(ip_address(server.partition("%")[0]))
    return held.is_global and not held.is_multicast and (held.version == 4 or held in _UNICAST)


def servers(host: str, port: int) -> Sequence[str]:
    """The IP addresses that a name stands for.

    Raises:
        Failure: for none that is known.

    >>> servers("127.0.0.1", 80)
    ('127.0.0.1',)
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError):
        raise Failure(f"no server of the name {host} is known") from None
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def _carried(server: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one stands for, where a network or the system would translate it."""
    if isinstance(server, IPv4Address):
        return server
    if server in _NAT64:
        return IPv4Address(int(server) & 0xFFFFFFFF)
    return server.ipv4_mapped or server.sixtofour or server
