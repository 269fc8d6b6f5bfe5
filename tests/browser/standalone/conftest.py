"""The hand-out file opened from disk with the network cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alone import GUIDELINE, written
from playwright.sync_api import Browser, Page

from conftest import DESKTOP
from edgewise.explorer.handout.html.document import standalone

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("stick") / "hand out.html", standalone(GUIDELINE))


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def begin(browser: Browser, file: Path, faults: list[str]) -> Iterator[Open]:
    """Opens the file in a fresh profile without network; at the end nothing may have been requested or complained of."""
    contexts = []

    def opened(fragment: str = "", *, at: Path = file, offline: bool = True, before: str = "", **options: object) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        contexts.append(context)
        context.set_offline(offline)
        page = context.new_page()
        page.on("console", lambda message: faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
        page.on("request", lambda request: faults.append(request.url) if request.url.partition("#")[0] != at.as_uri() else None)
        page.add_init_script(before)
        page.goto(at.as_uri() + fragment)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
