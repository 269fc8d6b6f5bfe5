"""Two explorers behind one address, on one SPARQL server and one PostgreSQL: all there is between clicks is address, session, ledger."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

import pytest
from driving import bears, drawn, settled, shows
from playwright.sync_api import expect

from conftest import serving
from edgewise.graph.library import load
from edgewise.graph.shelf import ids
from edgewise.graph.stores.addresses import open_store
from tests.citations.conftest import postgresql  # noqa: F401  # a fixture
from tests.graph.stores.servers import oxigraph_server


class Front:
    """One address before several servers: whatever connects is led to the one whose turn it is; who is cut off connects anew."""

    def __init__(self, backends: list[str]) -> None:
        self.backends = [(parts.hostname, parts.port) for parts in map(urlsplit, backends)]
        self.turn = 0
        self._joined: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def change(self) -> None:
        """The next server's turn; all connections break, as when a server goes down."""
        self.turn = (self.turn + 1) % len(self.backends)
        for one in self._joined:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._joined.clear()

    def close(self) -> None:
        self._listener.close()
        self.change()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                come, _ = self._listener.accept()
                behind = socket.create_connection(self.backends[self.turn])
                self._joined += [come, behind]
                for source, target in ((come, behind), (behind, come)):
                    threading.Thread(target=_copy, args=(source, target), daemon=True).start()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@pytest.fixture(scope="module")
def front(postgresql, tmp_path_factory) -> Iterator[Front]:  # noqa: F811
    """Two explorers on one library and one ledger, behind one address."""
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        library = stack.enter_context(oxigraph_server(tmp_path_factory.mktemp("library")))
        with open_store(library) as store:
            for id in ids():
                store.put(load(id))
        patch.setenv("EDGEWISE_LEDGER", postgresql.database())
        found = Front([stack.enter_context(serving("--library", library)) for _ in range(2)])
        stack.callback(found.close)
        yield found


def test_a_patient_is_the_same_whichever_explorer_answers(visit, front):
    page = visit("/?g=sacroiliac-sclerosis", at=front.address)
    drawn(page)
    page.locator(".st-key-ew-ask").get_by_role("radio", name="Sclerosis", exact=True).click()
    shows(page, "Inflammatory")
    told = bears(page, "facts=radiographs~sclerosis")
    page.close()  # what breaks off while somebody looks on is told in the browser's console
    front.change()
    other = visit(urlsplit(told)._replace(scheme="", netloc="").geturl(), at=front.address)
    drawn(other)
    expect(other).to_have_url(told)
    shows(other, "Inflammatory")


def test_the_library_is_the_same_whichever_explorer_answers(visit, front):
    for _ in range(2):
        page = visit("/", at=front.address)
        settled(page)
        expect(page.locator('[class*="st-key-ew-book-"]')).to_have_count(len(ids()))
        front.change()


def test_what_is_signed_at_one_is_seen_at_the_other(visit, front):
    page = visit("/?g=sacroiliac-sclerosis&page=audit&view=sign", at=front.address)
    shows(page, "0 of 45 citations signed off")
    page.get_by_role("textbox", name="Your name").fill("Ann Lee")
    page.get_by_role("radio", name="Partly").click()
    page.get_by_role("button", name=re.compile("^Sign")).click()
    shows(page, "Signed by Ann Lee: partly")
    front.change()
    other = visit("/?g=sacroiliac-sclerosis&page=audit&view=sign", at=front.address)
    shows(other, "1 of 45 citations signed off")
