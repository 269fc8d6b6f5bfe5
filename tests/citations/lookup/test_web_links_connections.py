"""Opening addresses over real connections, to a server of our own."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from time import sleep

import pytest

from edgewise.citations.lookup.settings import LookupSettings
from edgewise.citations.lookup.web_links import Links

MOST_DROPS = 600  # of half a minute, where half a second is allowed: counted by who sends them, so that a busy machine sends fewer


def serve(answer: Callable[[socket.socket, bytes], None]) -> tuple[str, list[bytes]]:
    """A server on this machine that answers every connection so; its port, and what it was asked."""
    listening, asked = socket.create_server(("127.0.0.1", 0)), []

    def work() -> None:
        while True:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                asked.append(connection.recv(65536))
                answer(connection, asked[-1])

    Thread(target=work, daemon=True).start()
    return f"http://shop.example:{listening.getsockname()[1]}", asked


def local(monkeypatch: pytest.MonkeyPatch, **changes: object) -> Links:
    """Links that take this machine for public."""
    monkeypatch.setattr("edgewise.citations.lookup.web_links.is_public", lambda server: server == "127.0.0.1")
    return Links(LookupSettings(**changes), sleep=lambda _: None, lookup=lambda *_: ("127.0.0.1",))


def test_over_a_real_connection_head_is_followed_by_get_and_a_page_without_end_by_goodbye(monkeypatch):
    def answer(connection: socket.socket, question: bytes) -> None:
        if question.startswith(b"HEAD"):
            connection.sendall(b"HTTP/1.1 405 No\r\nAllow: GET\r\nContent-Length: 0\r\n\r\n")
            return
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")

    base, asked = serve(answer)
    with local(monkeypatch) as links:
        told = links.check(f"{base}/boots")
        assert (told.status, told.why) == ("alive", "")
    assert [question.split(b" ")[0] for question in asked] == [b"HEAD", b"GET"]
    assert all(b"\r\nHost: " + base.removeprefix("http://").encode() + b"\r\n" in question for question in asked)


@pytest.mark.parametrize("drop", [b"X", b"HTTP/1.1 100 Continue\r\n\r\n"], ids=["letters", "continue"])
def test_a_head_that_drips_in_for_ever_is_cut_off_at_the_deadline(monkeypatch, drop):
    sent = []

    def answer(connection: socket.socket, _question: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Drip: " if drop == b"X" else b"")
        while len(sent) < MOST_DROPS:
            connection.sendall(drop)
            sent.append(drop)
            sleep(0.05)

    base, _ = serve(answer)
    with local(monkeypatch, deadline=0.5) as links:
        told = links.check(f"{base}/boots")
        assert (told.status, told.why) == ("unchecked", "it took too long")
    assert len(sent) < MOST_DROPS
