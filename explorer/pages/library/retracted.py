"""References that are known to be retracted: by an entry's own words, or by what registries answered earlier. Nothing is sent."""

from __future__ import annotations

from pathlib import Path

from edgewise.citations.lookup.kept_answers import kept_answers
from edgewise.explorer.shell.user_files import NoHome, answers_folder
from edgewise.graph.model import Guideline

_REMEMBERED = 4096  # guidelines
_known: dict[tuple[str, str, int], int] = {}
"""Digest of a guideline, folder of the registries' answers and its last change → how many of its references are retracted."""


def known_number(digest: str) -> int | None:
    """How many references of a guideline are retracted, if that was found out since registries last answered."""
    return _known.get((digest, *_answers()))


def number(digest: str, guideline: Guideline) -> int:
    """How many references of a guideline are retracted.

    >>> from edgewise.graph.library import load
    >>> number("", load("ottawa-ankle").guideline)
    0
    """
    if len(_known) >= _REMEMBERED:
        _known.clear()
    key = (digest, *_answers())
    _known[key] = len(retracted(guideline))
    return _known[key]


def retracted(guideline: Guideline) -> frozenset[str]:
    """Ids of the references that were retracted."""
    folder, changed = _answers()
    answers = kept_answers(guideline, Path(folder)) if changed else {}
    own = {id for id, one in guideline.references.items() if one.says_retracted}
    return frozenset(own | {id for id, one in answers.items() if one.is_retracted})


def _answers() -> tuple[str, int]:
    """The folder of the registries' answers, and when one came last; 0 where nobody ever asked."""
    try:
        folder = answers_folder()
        return str(folder), folder.stat().st_mtime_ns
    except (NoHome, OSError):
        return "", 0
