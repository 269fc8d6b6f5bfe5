"""Why a step, why not, and what would have to be so: one answer for any step and any facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from edgewise.graph.answers.diagram import NEVER, TooLarge
from edgewise.graph.attribution import word
from edgewise.graph.explaining.approach import Approach
from edgewise.graph.explaining.headline import State, headline
from edgewise.graph.explaining.least_changes import COMING, Opening, Openings, Search
from edgewise.graph.explaining.next_question import Useful, most_useful
from edgewise.graph.model import AllOf, AnyOf, Comparison, CountOf, Guideline, Not, Scored, Who
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.criteria import Trace, item_lead
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.sets_told import beside_it
from edgewise.graph.walking.walk import SHUT, Standing, Walk, walk
from edgewise.graph.walking.walk import State as EdgeState
from edgewise.ontology.errors import UnknownName

__all__ = ["Part", "State", "WayIn", "Why", "why"]

Outcome = Literal["holds", "fails", "not-yet", "not-known"]
Joint = Literal["", "all", "any", "not", "count", "score"]

_JOINTS: Mapping[type, Joint] = {AllOf: "all", AnyOf: "any", Not: "not", CountOf: "count", Scored: "score"}


@dataclass(frozen=True, slots=True)
class Part:
    """A condition, or a part of one, as these facts leave it.

    Attributes:
        text: the outcome in plain words; of a group its own label, which may be empty.
        outcome: whether it holds; ``not-yet`` where waiting or repeating can still make it hold.
        statements: ids of the passages it rests on.
        markers: the citation markers printed there, each once.
        stated_by: whose word it is; of a group, the modeller's as soon as that of any part is.
        remark: what has to stand beside the passages or in their place; empty where all is the source's word, and of a group without words.
        joint: how the parts of a group are joined; empty for a single test.
        parts: of a group.
    """

    text: str
    outcome: Outcome
    statements: tuple[str, ...]
    markers: tuple[str, ...]
    stated_by: Who = "source"
    remark: str = ""
    joint: Joint = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class WayIn:
    """An edge to the step.

    Attributes:
        edge: its id.
        source: id of the step it leaves from.
        state: as the walk finds it.
        reached: whether the walk has come to `source`.
        why: the reason in plain words; empty for an open edge without a condition.
        condition: part by part; None where the edge has none.
        statements: ids of the passages that justify the edge.
        markers: the citation markers printed there.
        stated_by: ``source``, or ``modeller`` where the edge is an inference.
        whose: whose word it is that the edge stands so for these facts: its own, or that of the conditions which decide it.
    """

    edge: str
    source: str
    state: EdgeState
    reached: bool
    why: str
    condition: Part | None
    statements: tuple[str, ...]
    markers: tuple[str, ...]
    stated_by: Who = "source"
    whose: Who = "source"


@dataclass(frozen=True, slots=True)
class Why:
    """Where a step stands for these facts.

    Attributes:
        step: its id.
        along: id of the step it goes along with and is judged by, where no edge of its own leads to it; else empty.
        state: in a word.
        headline: in a sentence that is read in two seconds.
        remark: what is to be said of a step come to or offered by the modeller's reading, or beyond it; else empty.
        ways: all edges to it, in the guideline's order.
        changes: least sets of changes under which the walk comes to it, nearest first; none for a step it has come to or is offered.
        more: how many further sets there are.
        complete: whether all were looked for.
        unlooked: what was looked for and what was not, in words; empty where all was.
        useful: questions worth asking on the way to it, the most useful first.
    """

    step: str
    along: str
    state: State
    headline: str
    ways: tuple[WayIn, ...]
    changes: tuple[Opening, ...]
    more: int
    complete: bool
    useful: tuple[Useful, ...]
    remark: str = ""
    unlooked: str = ""

    @property
    def possible(self) -> tuple[Opening, ...]:
        """Sets of changes that answers, waiting or repeating can bring."""
        return tuple(one for one in self.changes if one.possible)

    @property
    def amendable(self) -> tuple[Opening, ...]:
        """Sets that take something to be made good that the modeller marks as amendable."""
        return tuple(one for one in self.changes if one.amendable)

    @property
    def settled(self) -> tuple[Opening, ...]:
        """Sets that take another finding than is known; each need says whether it is said that it cannot change."""
        return tuple(one for one in self.changes if not one.possible and not one.amendable)

    @property
    def question(self) -> str:
        """Id of what to ask next on the way to the step; empty where no answer helps."""
        return self.useful[0].observable if self.useful else ""


def why(guideline: Guideline, step: str, facts: Facts, *, walked: Walk | None = None) -> Why:
    """Say why a step is due, or why not, and all that would lead to it.

    Args:
        guideline: as `edgewise.graph.reading.projection` reads it.
        step: id of any step.
        facts: as `edgewise.graph.walking.facts.parse_facts` makes them; what is absent is unknown.
        walked: the walk with these facts, where it is at hand.

    Raises:
        UnknownName: no step of that id.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> why(guideline, "conservative-care", {"radiographs": "sclerosis"}).headline
    'Undecided: one answer is missing – Suspicion of active inflammatory disease: no.'
    >>> why(guideline, "endoscopic-neurectomy", {}).state
    'advised-against'
    """
    if step not in guideline.steps:
        raise UnknownName("step", step, guideline.steps)
    return _Asked(guideline, step, facts, walked or walk(guideline, facts)).why()


class _Asked:
    def __init__(self, guideline: Guideline, step: str, facts: Facts, walked: Walk) -> None:
        self.guideline, self.step, self.facts, self.walked = guideline, step, facts, walked
        main = guideline.steps[step].companion_of
        own = Pathway.of(guideline).into(step)
        self.along = main if main in guideline.steps and not own else ""
        self.judged = self.along or step
        self.ways = [walked.edges[edge.id] for edge in Pathway.of(guideline).into(self.judged)]

    def why(self) -> Why:
        state, found = self.state(), self.openings
        return Why(
            step=self.step,
            along=self.along,
            state=state,
            headline=self._headline(state),
            ways=tuple(_way(self.guideline, choice) for choice in self.ways),
            changes=found.listed,
            more=found.more,
            complete=found.complete,
            useful=self._useful(state),
            remark=self.walked.remark(self.judged),
            unlooked=found.unlooked,
        )

    def state(self) -> State:
        if self.judged in self.walked.path:
            aside = any(self.judged in one.aside for one in self.walked.alternatives)
            return "due" if self.judged in (*self.walked.due, *self.walked.waiting) else "instead" if aside else "passed"
        if self.walked.outside:
            return "outside"
        if any(choice.state == "open" for choice in self.ways):
            return "offered"
        if self.ways and all(choice.transition.role == "excluded" for choice in self.ways):
            return "advised-against"
        if not self.ways or (self.search and self.search.approach.goal == NEVER == self.search.approach.blurred):
            return "nothing-leads"
        return self._ahead()

    def _ahead(self) -> State:
        """Of a step that the walk has not come to, and that some patient may come to."""
        leading = [choice for choice in self.ways if choice.transition.role != "excluded"]
        shut = not self.search.can_still_come() if self.search else all(one.reached and one.state in SHUT for one in leading)
        if shut:
            return "not-named" if self._is_unnamed(leading) else "shut"
        return "undecided" if any(choice.reached and choice.state == "undecided" for choice in leading) else "not-yet"

    def _is_unnamed(self, leading: Sequence[Standing]) -> bool:
        """Whether nothing keeps the walk from it but numbers that the source does not name."""
        if self.openings.listed:
            settled = [need.kind for need in self.openings.listed[0].needs if need.kind not in COMING]
            return bool(settled) and set(settled) == {"not-named"}
        return any(choice.reached and choice.state == "not-named" for choice in leading)

    @cached_property
    def search(self) -> Search | None:
        """None where too many situations would have to be told apart."""
        try:
            return Search(Approach(self.guideline, self.judged, self.facts), self.walked)
        except TooLarge:
            return None

    @cached_property
    def openings(self) -> Openings:
        if self.judged in self.walked.path or any(choice.state == "open" for choice in self.ways):
            return Openings(())
        try:
            return self.search.found if self.search else Openings((), complete=False)
        except TooLarge:
            return Openings((), complete=False)

    def _useful(self, state: State) -> tuple[Useful, ...]:
        if state not in ("not-yet", "undecided"):
            return ()
        return most_useful(self.guideline, self.facts, self.judged, self.walked, self.search)

    def _headline(self, state: State) -> str:
        silent, edged = self.judged in self.walked.silent_at, bool(self.ways)
        if state in ("not-yet", "undecided", "shut", "not-named") and not self.openings.complete and not self.openings.listed:
            return "Not worked out: too many situations would have to be told apart to say what leads here."
        if state == "outside":
            return headline(self.guideline, state, (), against=self.walked.why_outside)
        against = sorted(choice.transition.against for choice in self.ways)[-1:]  # the source's word goes before the modeller's
        beside = beside_it(self.guideline, self.walked, self.judged)
        told = headline(self.guideline, state, self.openings.listed, silent=silent, edged=edged, against="".join(against), beside=beside)
        return f"{told} It goes along with {self.guideline.steps[self.along].name}." if self.along else told


def _way(guideline: Guideline, choice: Standing) -> WayIn:
    edge = choice.transition
    return WayIn(
        edge=edge.id,
        source=edge.source,
        state=choice.state,
        reached=choice.reached,
        why=choice.why,
        condition=_part(guideline, choice.trace) if choice.trace else None,
        statements=edge.justified_by,
        markers=_markers(guideline, edge.justified_by),
        stated_by=edge.stated_by,
        whose=choice.whose,
    )


def _part(guideline: Guideline, trace: Trace) -> Part:
    criterion = trace.criterion
    said = word(criterion)
    single = isinstance(criterion, Comparison) or (isinstance(criterion, Not) and isinstance(criterion.part, Comparison))
    return Part(
        text=trace.text if single or isinstance(criterion, CountOf | Scored) else criterion.label,
        outcome=_outcome(trace),
        statements=criterion.based_on,
        markers=_markers(guideline, criterion.based_on),
        stated_by=said.stated_by,
        remark=said.remark if single or criterion.stated_by else "",
        joint="" if single else _JOINTS.get(type(criterion), ""),
        parts=() if single else tuple(_item(guideline, trace, at) for at in range(len(trace.deciding))),
    )


def _item(guideline: Guideline, trace: Trace, at: int) -> Part:
    """A part of a condition; of a score with its points, unless it is the total that is told."""
    part = _part(guideline, trace.deciding[at])
    told_total = isinstance(trace.criterion, Scored) and trace.deciding[0] is trace.parts[0]
    lead = item_lead(trace.criterion, at)
    return part if told_total else replace(part, text=lead + part.text if part.text else lead.removesuffix(": "))


def _outcome(trace: Trace) -> Outcome:
    if trace.truth is Truth.UNKNOWN:
        return "not-known"
    if trace.truth is Truth.TRUE:
        return "holds"
    return "fails" if trace.later is Truth.FALSE else "not-yet"


def _markers(guideline: Guideline, passages: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_printed(guideline, passages)))


def _printed(guideline: Guideline, passages: Iterable[str]) -> Iterator[str]:
    for id in passages:
        if id in guideline.statements:
            yield from (guideline.markers[citation.marker].printed for citation in guideline.statements[id].citations)
