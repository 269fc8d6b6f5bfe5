"""Words fit for paper: texts, and runs of text that are set in one style each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from edgewise.explorer.drawing.lettering import clean

Run = tuple[str, str]
Runs = list[Run]
_LONG = re.compile(r"\S{41,}")
_PIECE = 20
_UNIT = re.compile(r"(?<=\d) (?=%)")  # a figure and its unit stay on one line


def written(text: object) -> str:
    r"""A text fit for paper: one line, a word longer than any column may be broken, and no figure parted from its unit.

    >>> written("a\nb"), written("x" * 41).count("\u200b"), written("70 %")
    ('a b', 2, '70\xa0%')
    """
    broken = _LONG.sub(lambda word: "\u200b".join(re.findall(f".{{1,{_PIECE}}}", word[0])), clean(str(text)))
    return _UNIT.sub("\u00a0", broken)


def clean_runs(runs: Iterable[Run]) -> Runs:
    """Runs fit for paper; a space at either end of one is kept, since it parts it from its neighbour."""
    found = []
    for text, style in runs:
        before, after = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
        if text:
            found.append((before + written(text) + after if text.strip() else " ", style))
    return found
