"""How an edge stands for one patient: open, closed, not yet open, not named by the source, or undecided, and why, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from edgewise.graph.law import Law
from edgewise.graph.model import AllOf, AnyOf, Guideline, Transition, Who
from edgewise.graph.walking.criteria import Trace
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.inference import decided_by
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.nearest import FactChange, nearest

State = Literal["open", "not-yet", "closed", "not-named", "undecided"]
SHUT: tuple[State, ...] = ("closed", "not-named")
"""States of edges that neither answers nor waiting can open: ruled out, or with numbers of which the source says nothing."""
NOT_NAMED = "the source names no such number here"


@dataclass(frozen=True, slots=True)
class Standing:
    """An edge as these facts leave it.

    Attributes:
        transition: the edge.
        state: open, not-yet (waiting or repeating can open it), closed, not-named (closed by nothing but numbers outside every range
            that the source names there), or undecided.
        why: the reason in plain words; empty for an open edge without a criterion.
        nearest: the least change that would open it; none where it is not named: no other number is offered as if it were care.
        ask: observables that could still decide it.
        trace: how its criterion came out; None where it has none.
        reached: whether the walk has come to the step it leaves from.
    """

    transition: Transition
    state: State
    why: str = ""
    nearest: tuple[FactChange, ...] = ()
    ask: tuple[str, ...] = ()
    trace: Trace | None = None
    reached: bool = True

    @property
    def idle(self) -> bool:
        """Whether it is an edge that is not to be taken when something holds which, as far as is known, does not."""
        return self.transition.role == "excluded" and self.trace is not None and self.trace.truth is not Truth.TRUE

    @property
    def whose(self) -> Who:
        """Whose word it is that the edge stands so: the modeller's where the edge is, or where the conditions are that decide it."""
        if self.transition.stated_by == "modeller" or self.trace is None:
            return self.transition.stated_by
        return decided_by(self.trace)


@dataclass(frozen=True, slots=True)
class Judging:
    """Judges the edges of a guideline for one patient, wherever the walk has come to."""

    guideline: Guideline
    law: Law[Truth, Trace]
    facts: Facts

    def standing(self, transition: Transition) -> Standing:
        """How an edge would stand if the walk came to where it starts."""
        if transition.role == "excluded":
            return self._advised_against(transition)
        if transition.when is None:
            return Standing(transition, "open")
        trace, state = self.law.judged(transition), self._state(transition)
        if state == "open":
            return Standing(transition, state, trace.text, trace=trace)
        if state == "not-named":
            return Standing(transition, state, f"{unmet(trace)} – {NOT_NAMED}", trace=trace)
        asks = trace.asks() if state != "closed" else ()
        least = () if self._holds_unnamed(transition) else nearest(trace, self.guideline, self.facts)
        return Standing(transition, state, unmet(trace), least, asks, trace)

    def _advised_against(self, transition: Transition) -> Standing:
        """An edge that is not to be taken: always, or when something holds; then it shuts every road to where it leads."""
        if transition.when is None:
            return Standing(transition, "closed", transition.against)
        trace = self.law.stated(transition.when)
        if trace.truth is Truth.TRUE:
            return Standing(transition, "closed", f"{transition.against}: {trace.text}", trace=trace)
        told = "which does not hold" if trace.truth is Truth.FALSE else "of which it is not known whether it holds"
        return Standing(transition, "closed", f"{transition.against} in one case, {told}: {trace.text}", trace=trace)

    def _holds_unnamed(self, transition: Transition) -> bool:
        """Whether a number that the source does not name is among what keeps an edge from being open."""
        return any(self.law.unnamed(*band) is Truth.TRUE for band in self.law.pathway.bands(transition))

    def _state(self, transition: Transition) -> State:
        """As the law says, wherever the walk has come to."""
        met = self.law.met(transition)
        if met is not Truth.FALSE:
            return "open" if met is Truth.TRUE else "undecided"
        if self.law.closed(transition) is not Truth.TRUE:
            return "not-yet"
        return "not-named" if self.law.not_named(transition) is Truth.TRUE else "closed"


def unmet(trace: Trace) -> str:
    """The comparisons that keep a criterion from being true, those known to fail first."""
    ordered = sorted(failing(trace, Truth.TRUE), key=lambda atom: atom.truth is Truth.UNKNOWN)
    return "; ".join(dict.fromkeys(atom.text for atom in ordered))


def failing(trace: Trace, wanted: Truth) -> Iterator[Trace]:
    """Traces told in one phrase; a group with a name is."""
    if trace.truth is wanted:
        return
    if isinstance(trace.criterion, AllOf | AnyOf) and not trace.criterion.label:
        for part in trace.parts:
            yield from failing(part, wanted)
    else:
        yield trace
