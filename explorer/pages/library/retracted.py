"""References that are known to be retracted: how many of each guideline, remembered by its content. Nothing is sent."""

from __future__ import annotations

from edgewise.citations.notices import Known
from edgewise.explorer.shell.known_notices import Answers, answers, known_of
from edgewise.graph.model import Guideline

_REMEMBERED = 4096  # guidelines
_known: dict[tuple[str, Answers], Known] = {}
"""Digest of a guideline, and the answers of registries as they are now → what is known of its references."""


def known_before(digest: str) -> Known | None:
    """What is known of the references of a guideline, if that was found out since registries last answered."""
    return _known.get((digest, answers()))


def find_out(digest: str, guideline: Guideline) -> Known:
    """What is known of the references of a guideline.

    >>> from edgewise.graph.library import load
    >>> find_out("", load("ottawa-ankle").guideline).fallen
    ()
    """
    if len(_known) >= _REMEMBERED:
        _known.clear()
    return _known.setdefault((digest, answers()), known_of(guideline))
