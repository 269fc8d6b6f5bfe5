"""Nothing that a file says makes the program open a connection or another file: shown with a real listener and Python's own audit hook."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

import pytest
import yaml
from rdflib import Graph

from edgewise.graph.reading.read import FORMATS, Source, read
from edgewise.graph.writing.export import export
from edgewise.ontology.errors import SourceError
from tests.places import DATA

CASES = yaml.safe_load((DATA / "hostile" / "doors.yaml").read_text(encoding="utf-8"))
SUFFIXES = {format: suffix for suffix, format in FORMATS.items()}


class Listener:
    """A socket that counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.visits = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                visitor, _ = self._socket.accept()
                self.visits += 1
                with contextlib.suppress(OSError):
                    visitor.recv(4096)
                    visitor.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: application/ld+json\r\n\r\n{}")
                visitor.close()

    def close(self) -> None:
        """Let whoever is under way arrive first: the last in the queue is ourselves."""
        with socket.create_connection(("127.0.0.1", self.port)) as last:
            last.sendall(b"x")
            while last.recv(4096):
                pass
        self.visits -= 1
        self._socket.close()


@pytest.fixture
def listener() -> Listener:
    return Listener()


class Watch:
    """What Python opened and connected to while it was on; a hook can't be removed, so there is one for all tests."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.on and event in ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
            self.seen.append(f"{event} {arguments[0] if event == 'open' else arguments}")

    @contextlib.contextmanager
    def watching(self) -> Iterator[list[str]]:
        """Collect what happens inside, from this thread or any other."""
        self.seen, self.on = [], True
        try:
            yield self.seen
        finally:
            self.on = False


WATCH = Watch()


def use(path: Path) -> Source | None:
    """All that is done with a file before it is shown: read, validated, written out again."""
    try:
        source = read(path)
    except SourceError:
        return None
    if find_spec("edgewise.graph.reading.validate"):
        from edgewise.graph.reading.validate import validate

        validate(source)
    for to in ("turtle", "jsonld", "nquads", "trig"):
        export(source.graph, to)
    return source


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['format']}: {case['text'][:60]}")
def test_an_address_in_a_file_is_never_followed(case: dict[str, Any], listener: Listener, tmp_path: Path) -> None:
    secret = tmp_path / "secret.jsonld"
    secret.write_text('{"@context": {"@vocab": "urn:stolen:"}}')
    path = tmp_path / f"g{SUFFIXES[case['format']]}"
    path.write_text(case["text"].format(port=listener.port, file=secret))
    with WATCH.watching() as seen:
        source = use(path)
    listener.close()
    assert listener.visits == 0
    assert not [what for what in seen if "secret" in what or what.startswith(("socket", "subprocess", "os."))]
    assert (source is not None) == case["reads"]
    if source is not None:
        assert "stolen" not in export(source.graph, "nquads")


def test_the_listener_would_have_noticed_an_unguarded_reader(listener: Listener) -> None:
    build_opener(ProxyHandler({})).open(f"http://127.0.0.1:{listener.port}/", timeout=5).read()
    listener.close()
    assert listener.visits == 1


def test_rdflib_left_to_itself_goes_through_these_doors(listener: Listener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: the same texts, read by the library that reads most of the world's RDF."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    secret = tmp_path / "secret.jsonld"
    secret.write_text('{"@context": {"@vocab": "urn:stolen:"}}')
    with WATCH.watching() as seen:
        with contextlib.suppress(Exception):
            Graph().parse(data=f'{{"@context": "http://127.0.0.1:{listener.port}/c", "@id": "urn:x:g", "a": "b"}}', format="json-ld")
        with contextlib.suppress(Exception):
            Graph().parse(data=f'{{"@context": "file://{secret}", "@id": "urn:x:g", "a": "b"}}', format="json-ld")
    listener.close()
    assert listener.visits >= 1
    assert any("socket.connect" in what for what in seen)
    assert any("secret" in what for what in seen)
