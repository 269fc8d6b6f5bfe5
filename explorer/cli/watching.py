"""Looking at files again and again: when one has changed and rests, whatever way an editor has of writing it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

EVERY = 0.25
"""Seconds between two looks."""
_GONE = 4
"""Looks after which a file that is not there is gone, and not only being written under another name."""

State = tuple[tuple[str, tuple[int, int, int] | None], ...]


def changes(files: Callable[[], Iterable[Path]], wait: Callable[[float], object] = time.sleep) -> Iterator[None]:
    """Once at the beginning, and then each time when a file is another than before and has rested for one look.

    Editors write a new file and rename it, or empty the old one first; in between nothing is told.

    Args:
        files: which to look at; asked each time.
        wait: for so many seconds.
    """
    told: State | None = None
    before, missing = _state(files()), 0
    while True:
        now = _state(files())
        missing = missing + 1 if told is not None and _lacks(now, told) else 0
        if now == before and now != told and (not missing or missing >= _GONE):
            told = now
            yield
        before = now
        wait(EVERY)


def _state(files: Iterable[Path]) -> State:
    return tuple((str(file), _version(file)) for file in dict.fromkeys(files))


def _version(file: Path) -> tuple[int, int, int] | None:
    """What tells a file from the one that was there before; None where there is none."""
    try:
        found = file.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _lacks(now: State, before: State) -> bool:
    """Whether a file is no longer there."""
    known = dict(now)
    return any(version and not known.get(file) for file, version in before)
