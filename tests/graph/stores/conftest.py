"""Every kind of library, empty, under one fixture: what holds of one holds of all."""

from __future__ import annotations

import pytest

from edgewise.graph.stores.addresses import open_store
from tests.graph.stores.kinds import KINDS


@pytest.fixture(params=KINDS)
def url(request, tmp_path_factory):
    """The URL of an empty library."""
    with KINDS[request.param](tmp_path_factory) as found:
        yield found


@pytest.fixture
def store(url):
    with open_store(url) as found:
        yield found
