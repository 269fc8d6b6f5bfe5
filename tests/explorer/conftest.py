"""What tests of the explorer share."""

from __future__ import annotations

import pytest

from edgewise.explorer.pages.audit import editors


@pytest.fixture
def ledger(monkeypatch, tmp_path):
    """Where the tests' sign-offs go: never to the user's own ledger."""
    path = tmp_path / "ledger.db"
    monkeypatch.setenv("EDGEWISE_LEDGER", str(path))
    monkeypatch.delenv("EDGEWISE_EDITORS", raising=False)
    monkeypatch.setattr(editors, "_secrets", dict)
    return path
