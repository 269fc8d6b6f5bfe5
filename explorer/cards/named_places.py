"""Ids that stand in a remark, told as a reader can follow them: places of passages, markers as printed, names of steps.

Editors write ``(s17, s32)`` since ids are what they work with; whoever reads the remark beside the drawing knows places.
"""

from __future__ import annotations

import re

from edgewise.graph.model import Guideline
from edgewise.graph.pathway import Pathway


def with_places(guideline: Guideline, text: str) -> str:
    """A remark whose ids of this guideline are told as what they stand for; all else stays as it is.

    Only ids that no word of a language looks like are known: without capitals, and with a figure or at least two hyphens.

    >>> from edgewise.graph.library import load
    >>> with_places(load("sacroiliac-sclerosis").guideline, "Two or more (s17, s32), and one or more (s25); S1 is a nerve, s99 nothing.")
    'Two or more (step 2, bullet 1; pitfalls, bullet 1, sentence 1), and one or more (step 4, criterion 1); S1 is a nerve, s99 nothing.'
    """
    names = {id: name for id, name in _names(guideline).items() if id in text}
    if not names:
        return text
    one = rf"(?<![\w-])(?:{'|'.join(re.escape(id) for id in sorted(names, key=len, reverse=True))})(?![\w-])"
    return re.sub(rf"{one}(?:, {one})*", lambda found: "; ".join(names[id] for id in found.group().split(", ")), text)


def _names(guideline: Guideline) -> dict[str, str]:
    """What each telling id is called."""
    found = {id: str(passage.place) for id, passage in Pathway.of(guideline).passages.items()}
    found |= {marker.id: marker.shown for marker in guideline.markers.values()}
    found |= {reference.id: f"entry {reference.position}" for reference in guideline.references.values()}
    found |= {step.id: step.name for step in guideline.steps.values()}
    ends = ((edge, guideline.steps.get(edge.source), guideline.steps.get(edge.target)) for edge in guideline.transitions.values())
    found |= {edge.id: f"{source.name} → {target.name}" for edge, source, target in ends if source and target}
    return {id: name for id, name in found.items() if _telling(id)}


def _telling(id: str) -> bool:
    return id == id.lower() and (any(letter.isdigit() for letter in id) or id.count("-") > 1)
