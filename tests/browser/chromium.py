"""Finds Chromium, or installs one: Playwright's own download where it works, else Debian's package as root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without the last four, Chromium looks up its makers' hosts by itself at every start. With one process for all tabs of a site, a
# tab need not compile Streamlit's scripts again.
FLAGS = [
    "--process-per-site",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """Path of a browser that is there or could be installed; None if there is no way."""
    return _installed() or _downloaded() or _from_debian()


def _installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None) or _playwrights()


def _playwrights() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _downloaded() -> str | None:
    _try([sys.executable, "-m", "playwright", "install", "chromium"], seconds=240)
    return _playwrights()


def _from_debian() -> str | None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    _try(["apt-get", "update", "-qq"], seconds=240)
    _try(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], seconds=600)
    return _installed()


def _try(command: list[str], seconds: int) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(command, timeout=seconds, capture_output=True, check=False, env=environment)
    except (subprocess.TimeoutExpired, OSError) as error:
        print(f"{command[0]}: {error}", file=sys.stderr)  # noqa: T201  # the next way is tried
