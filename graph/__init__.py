"""Clinical guidelines as graphs: read, checked, walked with what is known of a patient, explained, searched for gaps, written out.

What is listed here is for use from outside and stays as it is; the rooms below may be rebuilt. Nothing is loaded before it is used.

    load         a guideline by id, folder or file, judged and ready for use
    check        everything that is wrong with a file, by line
    parse_facts  plain values about a patient, as typed facts
    doubts       what in such values was hardly meant, as warnings
    walk         where these facts lead, and why
    why          why one step, why not, and every least change that leads there
    vary         one answer swept over its range: where the guideline's answer flips
    find_gaps    what the algorithm leaves open, over all patients
    compare      two guidelines, or two versions: which patients now go elsewhere, and what else changed
    export       the graph as Turtle, JSON-LD, N-Quads or TriG

>>> from edgewise.graph import load, parse_facts, walk, why
>>> guideline = load("sacroiliac-sclerosis").guideline
>>> facts = parse_facts({"radiographs": "sclerosis", "inflammatory-suspicion": "no"}, guideline)
>>> walk(guideline, facts).due
('conservative-care',)
>>> print(why(guideline, "diagnostic-injections", facts).headline)
Not yet: 2 things are missing, first Conservative care so far.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edgewise.graph.comparing.comparison import compare
    from edgewise.graph.explaining.what_if import vary
    from edgewise.graph.explaining.why import why
    from edgewise.graph.gaps.search import find_gaps
    from edgewise.graph.library import check, load
    from edgewise.graph.walking.doubts import doubts
    from edgewise.graph.walking.facts import parse_facts
    from edgewise.graph.walking.walk import walk
    from edgewise.graph.writing.export import export

__all__ = ["check", "compare", "doubts", "export", "find_gaps", "load", "parse_facts", "vary", "walk", "why"]

_ROOMS = {
    "check": "library",
    "compare": "comparing.comparison",
    "doubts": "walking.doubts",
    "export": "writing.export",
    "find_gaps": "gaps.search",
    "load": "library",
    "parse_facts": "walking.facts",
    "vary": "explaining.what_if",
    "walk": "walking.walk",
    "why": "explaining.why",
}


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
