"""What tests of the explorer share."""

from __future__ import annotations

import os

import pytest

from edgewise.explorer.environment import GUIDELINE
from edgewise.explorer.pages.audit import editors
from edgewise.graph.shelf import FIRST


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
