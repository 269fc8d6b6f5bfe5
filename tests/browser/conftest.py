"""The app as its users start it, and a Chromium that watches over the network and the console."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))  # for the modules beside this file

from chromium import FLAGS, executable
from driving import WATCH

ROOT = Path(__file__).parents[2]
HERE = {"127.0.0.1", "localhost", ""}
PATIENCE = 60_000  # milliseconds; a busy machine draws a page in seconds
DESKTOP, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 844}


expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker("browser")
            item.add_marker(pytest.mark.flaky(reruns=1))  # for what fails as `--only-rerun` says


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = executable()
    if path is None:
        reason = "NO BROWSER: install Debian's chromium, or run `playwright install chromium`; the browser tests did NOT run"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def serving(*arguments: str) -> Iterator[str]:
    """`edgewise explore` on a free port, as a user starts it; yields its address."""
    port = free_port()
    command = [sys.executable, "-m", "edgewise", "explore", *arguments, "--no-browser", "--port", str(port)]
    with (
        TemporaryFile("w+", encoding="utf-8", errors="replace") as said,  # a pipe that nobody reads would stop a talkative server
        subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT) as server,
    ):
        try:
            _wait(server, port, said)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(60)  # the explorer itself ends after ten seconds at the latest: busy machines take their time even then


def _wait(server: subprocess.Popen[bytes], port: int, said: IO[str], seconds: int = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            said.seek(0)
            pytest.fail(f"the app ended before it served: {said.read()}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the app did not serve within a minute")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with serving("sacroiliac-sclerosis") as address:
        yield address


Opener = Callable[..., Page]


def profile(browser: Browser, **options: object) -> BrowserContext:
    """A browser profile that listens to what its pages and the server say to each other, for `driving.settled`."""
    made = browser.new_context(**options)
    made.add_init_script(f"({WATCH})()")
    made.set_default_timeout(PATIENCE)
    return made


@pytest.fixture(scope="session")
def context(browser: Browser) -> BrowserContext:
    """One profile for most tests: a browser that has compiled Streamlit's scripts once opens a page in half the time."""
    return profile(browser)


def stay_open(context: BrowserContext, server: str) -> None:
    """Keep a bare tab on the server: with the last tab, the process that holds what is compiled would end (see `chromium.FLAGS`)."""
    if not context.pages and server.startswith("http:"):
        context.new_page().goto(f"{server}/_stcore/health")


@pytest.fixture
def visit(browser: Browser, context: BrowserContext, address: str) -> Iterator[Opener]:
    """Opens a page of the app in a tab of its own; at the end no console error and no request to elsewhere may have occurred.

    With `fresh`, or with options for it, the tab gets a browser profile of its own.
    """
    faults: list[str] = []
    pages: list[Page] = []
    profiles: list[BrowserContext] = []

    def opened(path: str = "/", *, at: str | None = None, viewport: dict[str, int] = DESKTOP, fresh: bool = False, **options: Any) -> Page:
        stay_open(context, at or address)
        own = [profile(browser, **options)] if fresh or options else []
        page = (own or [context])[0].new_page()
        profiles.extend(own)
        pages.append(page)
        page.set_viewport_size(viewport)
        page.on("console", lambda message: faults.append(f"console: {message.text}") if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
        page.on("request", lambda request: faults.append(f"request: {request.url}") if _elsewhere(request.url) else None)
        page.goto((at or address) + path)
        return page

    yield opened
    for page in pages:
        if not page.is_closed():  # a test may have closed it
            page.evaluate("localStorage.clear()")
            page.close()
    context.clear_cookies()
    for one in profiles:
        one.close()
    assert faults == []


def _elsewhere(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and (parts.hostname or "") not in HERE
