"""What the Evidence page keeps in the address beside what every page has: entries taken away, statement that is read, view.

``?page=evidence&g=sacroiliac-sclerosis&ref=reference-2+marker-7&statement=s17&show=matrix``
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from edgewise.explorer.shell.location import LONGEST, cut
from edgewise.graph.model import Guideline

VIEWS = {"": "References", "matrix": "Matrix", "edges": "Edges and steps"}
"""Views of the page, by their name in addresses: the list, statements × entries, what stands behind each edge and step."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What is looked at.

    Attributes:
        taken: ids of entries of the reference list, or of markers that point to none, in the order of the list.
        statement: id of the statement that is read; empty for none.
        show: name of the view; empty for the first.
    """

    taken: tuple[str, ...] = ()
    statement: str = ""
    show: str = ""


def own(weighing: Weighing) -> dict[str, str]:
    """Its parameters in an address; what is empty is left out.

    >>> own(Weighing(("r2", "r4"), show="matrix"))
    {'ref': 'r2 r4', 'show': 'matrix'}
    """
    found = {"ref": " ".join(weighing.taken), "statement": weighing.statement, "show": weighing.show}
    return {key: value for key, value in found.items() if value}


def read(params: Mapping[str, str], guideline: Guideline) -> tuple[Weighing, tuple[str, ...]]:
    """What parameters of an address mean in a guideline, and what in them could not be used, in plain words.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> read({"ref": "4 reference-2", "statement": "s99"}, guideline)
    (Weighing(taken=('reference-2', 'reference-4'), statement='', show=''), ("There is no statement 's99' here; none is read.",))
    """
    taken, problems = _taken(params.get("ref", ""), guideline)
    statement, show = params.get("statement", ""), params.get("show", "")
    if statement and statement not in guideline.statements:
        problems.append(f"There is no statement '{cut(statement)}' here; none is read.")
        statement = ""
    if show not in VIEWS:
        problems.append(f"There is no view '{cut(show)}' of the evidence; this is the first one.")
        show = ""
    return Weighing(taken, statement, show), tuple(problems)


def in_order(guideline: Guideline, taken: Iterable[str]) -> tuple[str, ...]:
    """Those of the ids that may be taken away: entries in the order of the list, then markers that point to none."""
    wanted = frozenset(taken)
    return tuple(id for id in _removable(guideline) if id in wanted)


def _removable(guideline: Guideline) -> tuple[str, ...]:
    broken = (marker.id for marker in guideline.markers.values() if marker.entry not in guideline.references)
    return (*guideline.references, *broken)


def _taken(text: str, guideline: Guideline) -> tuple[tuple[str, ...], list[str]]:
    """The entries meant; somebody may also type positions as printed (``ref=2 4``)."""
    if len(text) > LONGEST:
        return (), [f"The references in this address are too long ({len(text):,} characters) and were left out."]
    known, positions = frozenset(_removable(guideline)), _positions(guideline)
    meant = {name: name if name in known else positions.get(name, "") for name in text.split()}
    strangers = [name for name, id in meant.items() if not id]
    return in_order(guideline, meant.values()), [f"There is no reference '{cut(name)}' here; it is not taken away." for name in strangers]


def _positions(guideline: Guideline) -> dict[str, str]:
    """Position as printed → id, where one entry alone stands there."""
    often = Counter(reference.position for reference in guideline.references.values())
    return {str(one.position): one.id for one in guideline.references.values() if often[one.position] == 1}
