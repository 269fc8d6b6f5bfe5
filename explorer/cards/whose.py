"""The mark of what the source does not state: a sign and words, wherever a condition, an edge or a step of the modeller's shows."""

from __future__ import annotations

from edgewise.explorer.cards.markup import Html, chip
from edgewise.explorer.drawing.palette import STATES
from edgewise.graph.attribution import READING
from edgewise.graph.walking.walk import Standing

SIGN = STATES["inferred"]["sign"]
"""Of what is not stated by the source, as on the drawing and in its legend."""


def marked(remark: str) -> list[Html]:
    """A remark of `edgewise.graph.attribution` as a chip; nothing where all is the source's word.

    >>> marked("modeller's reading")[0].count("◇"), marked("")
    (1, [])
    """
    return [chip(remark, "inferred", sign=SIGN)] if remark else []


def of_edge(choice: Standing) -> list[Html]:
    """The mark of an edge that stands as it does by the modeller's word."""
    return marked(READING if choice.whose == "modeller" else "")


def labelled(name: str, remark: str) -> str:
    """A name for a button or a list, with its remark where it has one; the sign comes first, since what is long may be cut short.

    >>> labelled("Conservative care", "modeller's reading"), labelled("X-ray", "")
    ("◇ Conservative care (modeller's reading)", 'X-ray')
    """
    return f"{SIGN} {name} ({remark})" if remark else name
