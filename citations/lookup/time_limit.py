"""A limit in time for a whole request: a server that trickles single bytes keeps every shorter time-out content, for days."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any

Trace = Callable[[str, dict[str, Any]], None]
_CONNECTED = ("connect_tcp.complete", "start_tls.complete")


@contextmanager
def limited(seconds: float) -> Iterator[Trace]:
    """Cut the connection of a request when time is up: reading from it then ends as if the server had left.

    Args:
        seconds: from now on.

    Returns:
        What to pass as the request's extension ``trace`` (httpx and httpcore call it when they connect).

    >>> ours, theirs = socket.socketpair()
    >>> with limited(0.05) as trace:
    ...     trace("connection.connect_tcp.complete", {"return_value": type("", (), {"get_extra_info": lambda self, _: ours})()})
    ...     ours.recv(1)
    b''
    >>> ours.close(); theirs.close()
    """
    streams: list[Any] = []

    def trace(event: str, told: dict[str, Any]) -> None:
        if event.endswith(_CONNECTED):
            streams.append(told["return_value"])

    timer = Timer(seconds, _cut, [streams])
    timer.daemon = True
    timer.start()
    try:
        yield trace
    finally:
        timer.cancel()


def _cut(streams: list[Any]) -> None:
    for stream in streams:
        with suppress(OSError):  # it is closed already; under TLS the plain one beneath is no longer in use
            socket.socket.shutdown(stream.get_extra_info("socket"), socket.SHUT_RDWR)  # not TLS's own: the reader is inside it
