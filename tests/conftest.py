"""For all tests: hypothesis asserts no time, which says more about the machine's other work than about ours; and nothing of the user's own
cache folder is read or written."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("edgewise", deadline=None)
settings.load_profile("edgewise")


@pytest.fixture(autouse=True, scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDGEWISE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
