"""Steps that belong together on one walk: bundles, which are begun at once, and alternatives, of which one is chosen.

Both group what the walk comes to and open nothing. What is due, and which edge is open, the law has said before; here only those of
several alternatives that are no longer due stand aside, once one of them was chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from edgewise.graph.attribution import READING
from edgewise.graph.law import Law
from edgewise.graph.model import Alternative, Bundle, Candidate, Guideline
from edgewise.graph.walking.criteria import Trace
from edgewise.graph.walking.kleene import Truth


@dataclass(frozen=True, slots=True)
class Gathered:
    """A bundle to which the walk has come.

    Attributes:
        bundle: whose steps they are.
        come_to: ids of those to which these facts lead.
        due: ids of those that are due.
    """

    bundle: Bundle
    come_to: tuple[str, ...]
    due: tuple[str, ...]

    @property
    def others(self) -> tuple[str, ...]:
        """Ids of those to which these facts do not lead, or not yet."""
        return tuple(id for id in self.bundle.together if id not in self.come_to)


@dataclass(frozen=True, slots=True)
class Choosing:
    """An alternative to which the walk has come.

    Attributes:
        alternative: whose candidates they are.
        offered: the candidates to which these facts lead, preferred ones first.
        due: ids of those that are due, preferred ones first.
        done: ids of those that are done.
        aside: by id of each that is no longer due, the id of the one that was or is to be chosen instead.
        fitting: ids of those that go before all others because their condition holds.
        ask: ids of observables that could still tell which one goes before the others.
    """

    alternative: Alternative
    offered: tuple[Candidate, ...]
    due: tuple[str, ...]
    done: tuple[str, ...]
    aside: Mapping[str, str]
    fitting: tuple[str, ...]
    ask: tuple[str, ...]

    @property
    def preferred(self) -> tuple[str, ...]:
        """Ids of those offered that go first, several where they are equally good; empty where nothing is said of which to prefer."""
        return self.tiers[0] if self.tiers and _place(self.offered[0], self.fitting) != LAST else ()

    @property
    def tiers(self) -> tuple[tuple[str, ...], ...]:
        """Ids of those offered in order of preference; those between which nothing is preferred stand together."""
        return tuple(tuple(one.step for one in tier) for _, tier in groupby(self.offered, lambda one: _place(one, self.fitting)))

    def candidate(self, step: str) -> Candidate:
        """The candidate of that step; KeyError if it is none that is offered."""
        return {one.step: one for one in self.offered}[step]

    def told(self, guideline: Guideline, step: str) -> str:
        """What is to be said of one of the candidates, in a clause: preferred and why, what goes before it, or that nothing is stated."""
        if step in self.aside:
            return f"{guideline.steps[self.aside[step]].name} {'was chosen instead' if self.aside[step] in self.done else 'goes before it'}"
        if step in self.done:
            return "chosen"
        if not self.alternative.preference:
            return "no preference stated by the source"
        if step in self.preferred:
            return self._first(self.candidate(step))
        first = " or ".join(guideline.steps[id].name for id in self.preferred)
        return f"{first} is preferred" if first else self._open_question(guideline)

    def _first(self, one: Candidate) -> str:
        said = "preferred" if len(self.preferred) == 1 else "equally preferred"
        return f"{said}{f': {one.reason}' if one.reason else ''}{'' if one.stated_by == 'source' else f' ({READING})'}"

    def _open_question(self, guideline: Guideline) -> str:
        """What is said where no candidate goes first, or not yet."""
        asks = " and ".join(guideline.observables[id].label for id in self.ask)
        return f"what is preferred depends on {asks}" if asks else "no preference stated for these facts"


LAST = 1000  # behind every rank that can be written


def gather(guideline: Guideline, reached: Sequence[str], due: Collection[str]) -> tuple[Gathered, ...]:
    """The bundles to which a walk has come, in the guideline's order.

    >>> bundle = Bundle("b", "At once", ("x", "y", "z"))
    >>> guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", bundles={"b": bundle})
    >>> gather(guideline, ("start", "z", "x"), ("x",)) == (Gathered(bundle, ("x", "z"), ("x",)),)
    True
    """
    found = (
        Gathered(one, tuple(id for id in one.together if id in reached), tuple(id for id in one.together if id in due))
        for one in guideline.bundles.values()
    )
    return tuple(one for one in found if one.come_to)


def choices(guideline: Guideline, law: Law[Truth, Trace], reached: Collection[str], due: Collection[str]) -> tuple[Choosing, ...]:
    """The alternatives to which a walk has come, in the guideline's order.

    Args:
        guideline: that is walked.
        law: of its pathway, for these facts.
        reached: ids of the steps come to.
        due: ids of those that are due as long as nothing was chosen.
    """
    offered = ((one, [each for each in one.choose if each.step in reached]) for one in guideline.alternatives.values())
    return tuple(_choosing(law, one, come_to, due) for one, come_to in offered if come_to)


def settle(guideline: Guideline, found: Sequence[Choosing], due: Sequence[str]) -> tuple[list[str], tuple[Choosing, ...]]:
    """What is due without those that stand aside and what only goes along with them, preferred alternatives first; and the choices."""
    aside = {id for one in found for id in one.aside}
    left = [id for id in due if id not in aside and guideline.steps[id].companion_of not in aside]
    settled = tuple(replace(one, due=tuple(id for id in one.due if id in left)) for one in found)
    for one in settled:
        for place, id in zip(sorted(map(left.index, one.due)), one.due, strict=True):
            left[place] = id
    return left, settled


def wanted(found: Collection[Choosing], steps: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """What has to be done of steps that are due: each by itself, and of alternatives one, preferred ones first.

    >>> wanted((), ("x", "y"))
    (('x',), ('y',))
    """
    groups: dict[str, tuple[str, ...]] = {}
    for choice in found:
        among = tuple(id for id in choice.due if id in steps)
        groups |= {id: among for id in among if id not in groups}
    return tuple(dict.fromkeys(groups.get(id, (id,)) for id in steps))


def given_up(found: Collection[Choosing]) -> frozenset[str]:
    """Ids of the steps that were not done, and in the place of which another was chosen."""
    return frozenset(id for one in found for id in one.aside if id not in one.done)


def preferences_asked(found: Collection[Choosing]) -> Iterator[str]:
    """Observables that could still tell which of several alternatives goes before the others."""
    for one in found:
        if len(one.offered) > 1:
            yield from one.ask


def _choosing(law: Law[Truth, Trace], alternative: Alternative, come_to: list[Candidate], due: Collection[str]) -> Choosing:
    seen = {one.step: law.stated(one.when) for one in come_to if one.when is not None}
    fitting = tuple(step for step, trace in seen.items() if trace.truth is Truth.TRUE)
    ask = tuple(dict.fromkeys(id for trace in seen.values() if trace.truth is Truth.UNKNOWN for id in trace.asks()))
    offered = tuple(sorted(come_to, key=lambda one: _place(one, fitting)))
    done = tuple(one.step for one in offered if _is_done(law, one.step))
    aside = dict(_aside([one.step for one in offered], done, fitting))
    left = tuple(one.step for one in offered if one.step in due and one.step not in aside)
    return Choosing(alternative, offered, left, done, aside, fitting, ask)


def _place(candidate: Candidate, fitting: Collection[str]) -> int:
    """Where a candidate stands in the order of preference: first where its condition holds, else by rank, last where it has none."""
    return 0 if candidate.step in fitting else candidate.rank or LAST


def _is_done(law: Law[Truth, Trace], id: str) -> bool:
    """Whether it is known that a step was done; where nothing can be said of that, as of an end of the pathway, it never is."""
    step = law.pathway.steps[id]
    return law.performed(step) is Truth.TRUE and bool(step.yields or law.pathway.finished(step))


def _aside(offered: list[str], done: Collection[str], fitting: Collection[str]) -> Iterator[tuple[str, str]]:
    """Which candidates are no longer due once one is done, and for which other: one whose condition holds goes before what is done."""
    if done:
        chosen = max(offered, key=lambda id: (id in fitting, id in done))
        yield from ((id, chosen) for id in offered if (chosen in done and id not in done) or (chosen in fitting and id not in fitting))
