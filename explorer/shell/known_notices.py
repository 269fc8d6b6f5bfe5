"""What is known of the works that a guideline cites, wherever a page shows them: found out anew as soon as answers or the list change."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from edgewise.citations.notices import Known, known
from edgewise.explorer.drawing.picture import marks
from edgewise.explorer.drawing.scene import Mark
from edgewise.explorer.shell.user_files import NoHome, answers_folder
from edgewise.graph.model import Guideline

_REMEMBERED = 64  # guidelines
_KINDS = (".json", ".sqlite")


class Answers(NamedTuple):
    """The folder of the registries' answers and of the kept list, and when one came last; 0 where there is none."""

    folder: str
    changed: int


def answers() -> Answers:
    """Where answers are kept; nothing of them is read.

    >>> answers().changed >= 0
    True
    """
    try:
        folder = answers_folder()
        with os.scandir(folder) as held:
            if any(one.name.endswith(_KINDS) for one in held):
                return Answers(str(folder), folder.stat().st_mtime_ns)
    except (NoHome, OSError):
        pass
    return Answers("", 0)


def known_of(guideline: Guideline) -> Known:
    """What is known of its references; nothing is sent.

    >>> from edgewise.graph.library import load
    >>> dict(known_of(load("ottawa-ankle").guideline).noticed)
    {}
    """
    return _known(_Same(guideline), answers())


def marks_of(guideline: Guideline) -> Mapping[str, Mark]:
    """How the drawing marks steps and edges by it, by id.

    >>> from edgewise.graph.library import load
    >>> marks_of(load("ottawa-ankle").guideline)
    {}
    """
    return _marks(_Same(guideline), answers())


class _Same:
    """A guideline as itself: to compare two of them whole would take longer than to ask again."""

    __slots__ = ("guideline",)

    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.guideline is self.guideline

    def __hash__(self) -> int:
        return id(self.guideline)


@lru_cache(maxsize=_REMEMBERED)
def _known(held: _Same, found: Answers) -> Known:
    return known(held.guideline, Path(found.folder) if found.changed else None)


@lru_cache(maxsize=_REMEMBERED)
def _marks(held: _Same, found: Answers) -> Mapping[str, Mark]:
    return marks(held.guideline, _known(held, found))
