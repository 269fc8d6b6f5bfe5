"""The order in which a run hands out its modules: what waits for a browser among what works, what takes long before what is soon done."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def mixed(items: list[pytest.Item]) -> list[pytest.Item]:
    """The same tests, those of a module together and in their order: the house's and the others at the top of `tests`, then those of the
    rooms, with the browser's evenly among both, and examples last. While one process waits for a page the others have work to do,
    and in the end only short ones are left."""
    modules: dict[Path, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.path, []).append(item)
    browser = [path for path in modules if path.is_relative_to(HERE / "browser")]
    working = [path for path in modules if path.is_relative_to(HERE) and path not in browser]
    working.sort(key=lambda path: path.parent != HERE)
    examples = [path for path in modules if not path.is_relative_to(HERE)]
    return list(chain.from_iterable(modules[path] for path in [*spread(browser, working), *examples]))


def spread(some: list[Path], among: list[Path]) -> list[Path]:
    """Both lists as one, each in its order, the first one's things at even distances from the very beginning on."""
    places = [(number / max(len(some), 1), 0, path) for number, path in enumerate(some)]
    places += [((number + 1) / (len(among) + 1), 1, path) for number, path in enumerate(among)]
    return [path for *_, path in sorted(places, key=lambda place: place[:2])]
