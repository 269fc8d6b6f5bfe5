"""What tests of the explorer share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner

from edgewise.explorer.environment import GUIDELINE
from edgewise.explorer.pages.audit import editors
from edgewise.graph.shelf import FIRST


@pytest.fixture(autouse=True, scope="session")
def installed_components() -> Iterator[None]:
    """Each page that is opened without a browser would look through all installed packages once more: two thirds of its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def _started_with_the_first_guideline(monkeypatch):
    """What is named on the command line is what the explorer opens; without it an address that says nothing means the library."""
    if GUIDELINE not in os.environ:
        monkeypatch.setenv(GUIDELINE, FIRST)


@pytest.fixture
def ledger(monkeypatch, tmp_path):
    """Where the tests' sign-offs go: never to the user's own ledger."""
    path = tmp_path / "ledger.db"
    monkeypatch.setenv("EDGEWISE_LEDGER", str(path))
    monkeypatch.delenv("EDGEWISE_EDITORS", raising=False)
    monkeypatch.setattr(editors, "_secrets", dict)
    return path
