"""For tests and examples alike: nothing of the user's own cache is read or written, an edit breaks no run, what waits has company."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from edgewise.graph.compiled import version
from tests.order import mixed


def folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all processes of a run: each file is written whole, so what one has judged no other has to judge again."""
    own = tmp_path_factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "cache"


@pytest.fixture(autouse=True, scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDGEWISE_CACHE", str(folder_of_the_run(tmp_path_factory)))
        patch.setattr(version, "_BEGUN", float("inf"))  # what was edited since would not be kept, and some tests are about what is kept
        yield


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One process more than there are processors, for what waits for a browser leaves its processor to the others; a number given holds."""
    found = yield
    return found + ("PYTEST_XDIST_AUTO_NUM_WORKERS" not in os.environ)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = mixed(items)
