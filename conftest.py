"""For tests and examples alike: nothing of the user's own cache folder is read or written, and an edit meanwhile breaks no test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from edgewise.graph.compiled import version


@pytest.fixture(autouse=True, scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDGEWISE_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setattr(version, "_BEGUN", float("inf"))  # what was edited since would not be kept, and some tests are about what is kept
        yield
