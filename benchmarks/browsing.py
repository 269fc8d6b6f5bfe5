"""The Chromium by which pages are measured: that of the browser tests, started as they start it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright
from serving import ROOT

sys.path.insert(0, str(ROOT / "tests" / "browser"))

from chromium import FLAGS, executable


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for as long as the block lasts; without one installed there is nothing to measure."""
    path = executable()
    if path is None:
        raise SystemExit("no browser: install Debian's chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
