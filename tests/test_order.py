"""The order of a run: every test once, a module in one piece, and never two browser modules in a row where there is other work."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

from tests.order import HERE, mixed, spread

ROOMS = ("graph", "citations", "explorer")


@dataclass(frozen=True)
class Test:
    __test__ = False
    path: Path
    name: str


def of(path: Path, count: int = 3) -> list[Test]:
    return [Test(path, str(number)) for number in range(count)]


ITEMS = [
    *(test for number in range(9) for test in of(HERE.parent / "src" / f"m{number}.py")),
    *(test for number in range(8) for test in of(HERE / "browser" / f"test_{number}.py")),
    *(test for room in ROOMS for number in range(9) for test in of(HERE / room / f"test_{number}.py")),
    *of(HERE / "test_house.py"),
]
FOUND = mixed(ITEMS)
MODULES = [path for path, _ in groupby(FOUND, key=lambda test: test.path)]


def test_every_test_is_there_once_and_a_module_stays_together_in_its_order():
    assert sorted(FOUND, key=ITEMS.index) == ITEMS
    assert len(MODULES) == len(set(MODULES))
    assert all([test for test in FOUND if test.path == path] == [test for test in ITEMS if test.path == path] for path in MODULES)


def test_what_waits_is_never_twice_in_a_row_and_begins_with_the_run():
    waits = [path.parent == HERE / "browser" for path in MODULES]
    assert waits[0]
    assert not any(map(all, pairwise(waits)))


def test_the_house_goes_first_of_what_works_and_examples_last():
    working = [path for path in MODULES if path.parent != HERE / "browser"]
    assert working[0] == HERE / "test_house.py"
    assert all(path.is_relative_to(HERE.parent / "src") for path in working[-9:])
    assert [path.parent.name for path in working[1:-9]] == [room for room in ROOMS for _ in range(9)]


def test_one_kind_alone_keeps_its_order():
    paths = [Path(f"{number}.py") for number in range(5)]
    assert spread(paths, []) == spread([], paths) == paths
