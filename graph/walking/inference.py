"""What of a walk is the modeller's reading: the conditions that decided an edge, the steps to which only such edges led.

A step is *inferred* where every edge by which the walk came to it stands by the modeller's word: the edge is ``statedBy: modeller``, or
what decided it is a condition of the modeller's. Steps to which the source leads from there are not inferred themselves; they lie *beyond*:
the way to them holds a modeller's reading. A step to which the source's word alone leads by another way is neither. A single value that the
modeller inferred (``inferred: [times]``) is marked at its condition and makes no step inferred.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from edgewise.graph.attribution import whose
from edgewise.graph.model import AllOf, Comparison, Transition, Who
from edgewise.graph.walking.criteria import Trace
from edgewise.graph.walking.kleene import Truth


def decided_by(trace: Trace) -> Who:
    """Whose word the conditions are that made a criterion come out as it did: the source's, wherever that is enough.

    >>> from edgewise.graph.model import AnyOf
    >>> parts = tuple(Trace(Comparison("c", "a", based_on=basis), Truth.TRUE, Truth.TRUE, "") for basis in ((), ("s1",)))
    >>> either = AnyOf("g", tuple(part.criterion for part in parts))
    >>> decided_by(Trace(either, Truth.TRUE, Truth.TRUE, "", parts)), decided_by(parts[0])
    ('source', 'modeller')
    """
    criterion = trace.criterion
    if isinstance(criterion, Comparison) or criterion.stated_by:
        return whose(criterion)
    parts = [part for part in trace.parts if part.truth is trace.truth] or trace.parts
    words = [decided_by(part) for part in parts]
    one_is_enough = trace.truth is not Truth.UNKNOWN and isinstance(criterion, AllOf) != (trace.truth is Truth.TRUE)
    return "modeller" if (all if one_is_enough else any)(said == "modeller" for said in words) else "source"


def stated(starts: Iterable[str], ways: Collection[tuple[Transition, Who]]) -> frozenset[str]:
    """The steps to which the source's word alone leads along edges that were taken."""
    found = set(starts)
    while fresh := {way.target for way, said in ways if said == "source" and way.source in found} - found:
        found |= fresh
    return frozenset(found)
