"""The files that are looked at again and again: of each the last state that could be used, and why the present one cannot."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from edgewise.explorer.environment import WATCH
from edgewise.graph.loaded import Loaded
from edgewise.ontology.errors import EdgewiseError
from edgewise.ontology.findings import Finding

Version = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class State:
    """A file as it was when it was last looked at.

    Attributes:
        version: by which another one is told; None where there is no file.
        loaded: its last state that could be used; None for none.
        saved: when that was written.
        error: why the present one cannot be used; None where it can.
    """

    version: Version | None
    loaded: Loaded | None
    saved: datetime
    error: EdgewiseError | None = None

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Every fault for which it cannot be used."""
        return getattr(self.error, "findings", ()) if self.error else ()


def are_watched() -> bool:
    """Whether the explorer was told to look at its files again and again."""
    return os.environ.get(WATCH) == "1"


def version(file: Path) -> Version | None:
    """What tells a file from the one that was there before."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


_states: dict[str, State] = {}


def state(file: Path, read: Callable[[], Loaded]) -> State:
    """The state of a file; it is read only where it has changed, and whatever is wrong with it, what could be used before is kept."""
    now, known = version(file), _states.get(str(file))
    if known is None or known.version != now:
        _states[str(file)] = known = _read(now, known, read)
    return known


def _read(now: Version | None, known: State | None, read: Callable[[], Loaded]) -> State:
    saved = datetime.fromtimestamp(now[0] / 1e9) if now else datetime.now()  # told to somebody at this machine
    try:
        return State(now, read(), saved)
    except EdgewiseError as error:
        return State(now, known.loaded if known else None, known.saved if known else saved, error)
